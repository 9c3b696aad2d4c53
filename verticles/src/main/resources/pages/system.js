"use strict";
// Keeps the page up to date: writes each state that the server sends into the elements that name a part of it.
(() => {
  const whole = new Intl.NumberFormat("en-US", {maximumFractionDigits: 0});
  const tenths = new Intl.NumberFormat("en-US", {minimumFractionDigits: 1, maximumFractionDigits: 1});
  const write = {
    count: value => whole.format(value),
    rate: value => value > 0 && value < 10 ? tenths.format(value) : whole.format(value),
    duration: value => tenths.format(value) + " s",
    seconds: value => whole.format(value) + " s",
    text: value => value,
  };
  const live = document.getElementById("live");
  const countdown = document.getElementById("countdown");
  const since = document.getElementById("since");
  let last = null;
  let clockAhead = 0;
  // Without the server it is unknown whether the next visit starts.
  let connected = true;

  const part = (state, path) => path.split(".").reduce((value, key) => value == null ? null : value[key], state);
  const some = value => value != null && (Array.isArray(value) ? value.length > 0 : value > 0);
  // The parts that a row names are those of its own item, not of the whole state.
  const each = (root, name, act) => root.querySelectorAll(`[data-${name}]${root === document ? ":not(tr *)" : ""}`)
      .forEach(element => act(element, element.getAttribute(`data-${name}`)));
  const set = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const attribute = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };

  function fill(root, state) {
    each(root, "value", (element, path) => {
      const value = part(state, path);
      set(element, value == null ? "–" : write[element.dataset.as](value));
    });
    each(root, "mark", (element, path) => attribute(element, "data-is", part(state, path)));
    each(root, "curve", (element, path) => draw(element, part(state, path)));
  }

  function draw(curve, values) {
    const top = Math.max(1, ...values.map(value => value ?? 0));
    let line = "", area = "", begun = null;
    values.forEach((value, x) => {
      if (value == null) {
        if (begun != null) area += `V20H${begun}Z`;
        begun = null;
        return;
      }
      const at = `${x} ${(19 - 18 * value / top).toFixed(2)}`;
      line += (begun == null ? "M" : "L") + at;
      area += begun == null ? `M${x} 20L${at}` : `L${at}`;
      begun ??= x;
      if (x === values.length - 1) area += `V20H${begun}Z`;
    });
    attribute(curve.querySelector(".line"), "d", line);
    attribute(curve.querySelector(".area"), "d", area);
  }

  // One child for each item, made from the template.
  function rows(parent, template, items, show) {
    while (parent.children.length > items.length) parent.lastElementChild.remove();
    while (parent.children.length < items.length) parent.append(template.content.firstElementChild.cloneNode(true));
    items.forEach((item, i) => show(parent.children[i], item));
  }

  function showAlert(item, id) {
    item.querySelector(".id").textContent = id;
    attribute(item.querySelector("a"), "href", `/alerts/${id}`);
    for (const name of ["science", "difference"]) {
      attribute(item.querySelector(`.${name}`), "src", `/v1/alerts/${id}/cutouts/${name}?format=png&size=144`);
    }
  }

  function show(state) {
    fill(document, state);
    each(document, "when", (element, condition) => {
      const [path, words] = condition.split("=");
      element.hidden = !words.split("|").includes(part(state, path));
    });
    each(document, "there", (element, path) => { element.hidden = part(state, path) == null; });
    each(document, "not-there", (element, path) => { element.hidden = part(state, path) != null; });
    each(document, "some", (element, path) => { element.hidden = !some(part(state, path)); });
    each(document, "none", (element, path) => { element.hidden = some(part(state, path)); });
    each(document, "alarm", (element, path) => attribute(element, "data-is", some(part(state, path)) ? "some" : "none"));
    rows(document.getElementById("group-rows"), document.getElementById("group-row"), state.groups, fill);
    rows(document.getElementById("latest-alerts"), document.getElementById("latest-alert"), state.latest ?? [], showAlert);
    last = state;
    clockAhead = state.time - Date.now();
    tick();
  }

  function tick() {
    if (!connected) {
      set(countdown, "–");
      since.value = 0;
      return;
    }
    if (last?.visit.next == null) return;
    const interval = last.visit.intervalSeconds;
    const left = (last.visit.next - clockAhead - Date.now()) / 1000;
    // Just before a visit starts, the one after it is already planned.
    const now = left < 0 || left > interval && left < interval + 1.5;
    set(countdown, now ? "now" : whole.format(Math.ceil(left)) + " s");
    attribute(since, "max", String(interval));
    since.value = now ? interval : interval - left;
  }

  let source = null;

  function listen() {
    source = new EventSource("/v1/events");
    source.onmessage = event => {
      connected = true;
      show(JSON.parse(event.data));
      set(live, "Live");
      attribute(live, "data-is", "live");
    };
    source.onerror = () => {
      connected = false;
      tick();
      set(live, "Not connected: these figures are old");
      attribute(live, "data-is", "lost");
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(relisten, 10000);
      }
    };
  }

  function relisten() {
    source?.close();
    source = null;
    if (!document.hidden) listen();
  }

  // A hidden page doesn't need events.
  document.addEventListener("visibilitychange", relisten);
  setInterval(tick, 250);
  relisten();
})();
