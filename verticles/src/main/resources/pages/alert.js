"use strict";

// Adds the plot, the choice of bands and the search to an alert's page, which shows everything without scripts too.

/** The light curve, drawn from the rows of its table. */
function lightCurve() {
  const table = document.querySelector(".points tbody");
  if (!table || !window.uPlot) {
    return;
  }
  const number = (cell) => (!cell || cell.textContent === "" ? NaN : Number(cell.textContent));
  const measured = (cells, column) => ({ value: number(cells[column]), error: number(cells[column + 1]) });
  const labels = {
    "difference-flux": "difference flux (nJy)",
    "difference-magnitude": "difference magnitude (AB)",
    "total-flux": "total flux (nJy)",
    "total-magnitude": "total magnitude (AB)",
  };
  const points = Array.from(table.rows, (row) => {
    const c = row.cells;
    return {
      row,
      kind: row.dataset.kind,
      mjd: number(c[0]),
      band: c[2].textContent,
      "difference-flux": measured(c, 3),
      "difference-magnitude": measured(c, 5),
      "total-flux": measured(c, 7),
      "total-magnitude": measured(c, 9),
    };
  }).filter((point) => isFinite(point.mjd));
  const hint = "Point at a measurement for its values, or move between them with ← and →. Drag to zoom, double-click to see all.";
  const plot = document.getElementById("plot");
  const readout = document.getElementById("readout");
  const quantities = document.getElementById("quantity");
  const hiddenBands = new Set();
  let quantity = "difference-flux";
  let shown = [];
  let chosen = null;
  let chart = null;

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (band) => style("--band-" + (/^[ugrizy]$/.test(band) ? band : "other"));
  const error = (point) => (point[quantity].error > 0 ? point[quantity].error : 0);

  // Bands also differ in shape, for people who can't distinguish the colours. Corners on a circle of radius 1; g is that circle.
  const polygon = (corners, turn) => Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners + turn;
    return [1.15 * Math.sin(angle), -1.15 * Math.cos(angle)];
  });
  const shapes = {
    u: polygon(3, Math.PI),
    g: null,
    r: polygon(4, Math.PI / 4),
    i: polygon(4, 0),
    z: polygon(3, 0),
    y: polygon(6, 0),
  };
  const corners = (band) => (band in shapes ? shapes[band] : polygon(5, 0));

  function shape(ctx, x, y, point, size) {
    const places = corners(point.band);
    ctx.beginPath();
    if (places) {
      places.forEach(([dx, dy]) => ctx.lineTo(x + dx * size, y + dy * size));
      ctx.closePath();
    } else {
      ctx.arc(x, y, size, 0, 2 * Math.PI);
    }
  }

  function draw(u) {
    const ctx = u.ctx;
    const ratio = devicePixelRatio;
    const at = (point) => u.valToPos(point.mjd, "x", true);
    const height = (value) => u.valToPos(value, "y", true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    ctx.clip();
    if (quantity.endsWith("flux")) {
      ctx.strokeStyle = style("--line");
      ctx.lineWidth = ratio;
      ctx.beginPath();
      ctx.moveTo(u.bbox.left, height(0));
      ctx.lineTo(u.bbox.left + u.bbox.width, height(0));
      ctx.stroke();
    }
    const ground = style("--sheet");
    // Many detections also have a forced measurement at the same time: draw detections on top.
    const forcedFirst = [...shown.filter((point) => point.kind === "FORCED"), ...shown.filter((point) => point.kind !== "FORCED")];
    for (const point of forcedFirst) {
      const x = at(point);
      const { value } = point[quantity];
      ctx.strokeStyle = ctx.fillStyle = colour(point.band);
      ctx.lineWidth = 1.2 * ratio;
      ctx.globalAlpha = point.kind === "FORCED" ? 0.45 : 0.7;
      ctx.beginPath();
      ctx.moveTo(x, height(value - error(point)));
      ctx.lineTo(x, height(value + error(point)));
      ctx.stroke();
      ctx.globalAlpha = 1;
      shape(ctx, x, height(value), point, (point.kind === "FORCED" ? 3.2 : 4.2) * ratio);
      if (point.kind === "FORCED") {
        ctx.fillStyle = ground;
      }
      ctx.fill();
      ctx.stroke();
    }
    for (const point of shown) {
      if (point.kind === "ALERT" || point === chosen) {
        ctx.strokeStyle = style(point === chosen ? "--accent" : "--text");
        ctx.lineWidth = (point === chosen ? 2.5 : 1.5) * ratio;
        ctx.beginPath();
        ctx.arc(at(point), height(point[quantity].value), 8 * ratio, 0, 2 * Math.PI);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  /** The range of the values shown with their errors, and a margin. */
  function range() {
    let low = Infinity;
    let high = -Infinity;
    for (const point of shown) {
      low = Math.min(low, point[quantity].value - error(point));
      high = Math.max(high, point[quantity].value + error(point));
    }
    const air = (high - low || Math.abs(high) || 1) * 0.06;
    return low <= high ? [low - air, high + air] : [0, 1];
  }

  function times() {
    let low = Infinity;
    let high = -Infinity;
    for (const point of points) {
      low = Math.min(low, point.mjd);
      high = Math.max(high, point.mjd);
    }
    const air = (high - low || 1) * 0.03;
    return [low - air, high + air];
  }

  function choose(point) {
    if (point === chosen) {
      return;
    }
    chosen = point;
    chart.redraw(false);
    announce();
  }

  /** Values as in the table, of the difference or of the total, whichever is shown. */
  function values(cells) {
    const column = quantity.startsWith("total") ? 7 : 3;
    const [flux, fluxError, magnitude, magnitudeError] = cells.slice(column, column + 4);
    const name = quantity.startsWith("total") ? "total" : "difference";
    return `${name} ${flux || "?"} ± ${fluxError || "?"} nJy` + (magnitude ? ` · ${magnitude} ± ${magnitudeError || "?"} mag` : "");
  }

  /** How many points of the chosen bands have no value to show: their flux is unknown, or too low for a magnitude. */
  function missing() {
    const chosenBands = points.filter((point) => !hiddenBands.has(point.band));
    const count = chosenBands.length - shown.length;
    return count === 0 ? "" : `${count} of ${chosenBands.length} points can't be shown: ${
      quantity.endsWith("magnitude") ? "no magnitude, since their flux isn't above zero or isn't known" : "their flux isn't known"}.`;
  }

  function announce() {
    readout.classList.toggle("quiet", !chosen);
    document.getElementById("not-shown").textContent = missing();
    if (!chosen) {
      readout.textContent = shown.length > 0 ? hint : "Nothing to plot: no point has such a value.";
      return;
    }
    const cells = Array.from(chosen.row.cells, (c) => c.textContent);
    readout.textContent = `${cells[1]} TAI · MJD ${cells[0]} · ${cells[2] || "no band"} · ${values(cells)} · ${cells[cells.length - 1]}`;
  }

  /** The point under the pointer, if any. */
  function nearest(u) {
    const { left, top } = u.cursor;
    if (left === undefined || left < 0) {
      return;
    }
    let best = null;
    let closest = 30 * 30;
    for (const point of shown) {
      const dx = u.valToPos(point.mjd, "x") - left;
      const dy = u.valToPos(point[quantity].value, "y") - top;
      if (dx * dx + dy * dy < closest) {
        closest = dx * dx + dy * dy;
        best = point;
      }
    }
    choose(best);
  }

  function build() {
    if (chart) {
      chart.destroy();
    }
    shown = points.filter((point) => isFinite(point[quantity].value) && !hiddenBands.has(point.band));
    chosen = shown.includes(chosen) ? chosen : null;
    announce();
    const axis = {
      stroke: style("--quiet"),
      grid: { stroke: style("--line"), width: 1 },
      ticks: { stroke: style("--line"), width: 1 },
      font: "12px " + getComputedStyle(document.body).fontFamily,
      labelFont: "12px " + getComputedStyle(document.body).fontFamily,
      labelSize: 20,
      labelGap: 2,
      gap: 4,
    };
    chart = new uPlot(
      {
        width: plot.clientWidth,
        height: plot.clientWidth < 600 ? 260 : 340,
        legend: { show: false },
        cursor: { points: { show: false }, x: false, y: false, drag: { x: true, y: true, uni: 20 } },
        scales: {
          x: { time: false, range: (u, low, high) => (u.zoomed ? [low, high] : times()) },
          y: { dir: quantity.endsWith("magnitude") ? -1 : 1, range: (u, low, high) => (u.zoomed ? [low, high] : range()) },
        },
        axes: [
          { ...axis, label: "MJD (TAI)", size: 28, values: (u, ticks) => ticks.map((tick) => String(+tick.toFixed(4))) },
          { ...axis, label: labels[quantity], size: 64 },
        ],
        series: [{}, { paths: () => null, points: { show: false } }],
        hooks: {
          draw: [draw],
          setCursor: [nearest],
          setSelect: [(u) => { u.zoomed = true; }],
        },
      },
      [points.map((point) => point.mjd), points.map((point) => (isFinite(point[quantity].value) ? point[quantity].value : null))],
      plot,
    );
    chart.over.addEventListener("dblclick", build);
  }

  function legend() {
    const box = document.getElementById("legend");
    const order = "ugrizy";
    const bands = Array.from(new Set(points.map((point) => point.band)));
    bands.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    for (const band of bands) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "checkbox";
      input.checked = true;
      input.addEventListener("change", () => {
        hiddenBands[input.checked ? "delete" : "add"](band);
        build();
      });
      label.append(input, bandMark(band), band || "no band");
      box.append(label);
    }
    const has = (kind) => points.some((point) => point.kind === kind);
    const forms = [["full", "detection", true], ["hollow", "forced", has("FORCED")], ["ring", "this alert", has("ALERT")]];
    for (const [form, words] of forms.filter(([, , there]) => there)) {
      const item = document.createElement("span");
      item.className = "shape";
      item.append(mark(form), words);
      box.append(item);
    }
    box.hidden = false;
  }

  function sign(name, attributes) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 14 14");
    svg.setAttribute("aria-hidden", "true");
    const form = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) {
      form.setAttribute(key, value);
    }
    svg.append(form);
    return svg;
  }

  /** A band's symbol, as the plot draws it. */
  function bandMark(band) {
    const places = corners(band);
    const svg = places
      ? sign("polygon", { points: places.map(([x, y]) => `${7 + 5 * x},${7 + 5 * y}`).join(" ") })
      : sign("circle", { cx: 7, cy: 7, r: 5 });
    svg.style.fill = `var(--band-${/^[ugrizy]$/.test(band) ? band : "other"})`;
    return svg;
  }

  /** What filled, hollow and ringed symbols mean. */
  function mark(form) {
    const svg = sign("circle", { cx: 7, cy: 7, r: form === "ring" ? 6 : 4.5 });
    svg.style.fill = form === "full" ? "var(--quiet)" : "none";
    svg.style.stroke = form === "full" ? "none" : "var(--quiet)";
    svg.style.strokeWidth = "1.5";
    return svg;
  }

  quantities.addEventListener("change", (event) => {
    quantity = event.target.value;
    build();
  });
  plot.addEventListener("mouseleave", () => choose(null));
  plot.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && shown.length > 0) {
      event.preventDefault();
      const from = chosen ? shown.indexOf(chosen) : step > 0 ? -1 : shown.length;
      choose(shown[Math.min(shown.length - 1, Math.max(0, from + step))]);
    }
  });
  readout.hidden = false;
  if (points.length === 0) {
    readout.textContent = "Nothing to plot: no measurement has a time.";
    return;
  }
  quantities.hidden = plot.hidden = false;
  legend();
  build();
  let width = plot.clientWidth;
  new ResizeObserver(() => {
    if (plot.clientWidth !== width) {
      width = plot.clientWidth;
      build();
    }
  }).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", build);
}

/** Changes the stretch without reloading the page. */
function stretches() {
  const links = document.querySelectorAll("#stretches a");
  const images = document.querySelectorAll(".images img");
  for (const image of images) {
    const loaded = () => { image.alt = image.dataset.alt; };
    if (image.complete && image.naturalWidth > 0) {
      loaded();
    } else {
      image.addEventListener("load", loaded);
    }
  }
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      event.preventDefault();
      for (const image of document.querySelectorAll(".images img[data-stretched]")) {
        image.src = image.src.replace(/stretch=[a-z]+/, "stretch=" + link.dataset.stretch);
      }
      links.forEach((other) => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      history.replaceState(null, "", link.href);
    });
  }
}

/** Filters the record's fields by the words typed. */
function recordFilter() {
  const typed = document.getElementById("search-field");
  const onlyValues = document.getElementById("only-values");
  const found = document.getElementById("found");
  const all = found.textContent;
  const groups = Array.from(document.querySelectorAll("#fields tbody"), (body) => ({
    body,
    rows: Array.from(body.rows).slice(1).map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
  function filter() {
    const words = typed.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { body, rows } of groups) {
      let any = false;
      for (const { row, text } of rows) {
        const match = words.every((word) => text.includes(word)) && !(onlyValues.checked && row.classList.contains("missing"));
        row.hidden = !match;
        any ||= match;
        count += match ? 1 : 0;
      }
      body.hidden = !any;
    }
    found.textContent = words.length > 0 || onlyValues.checked ? `${count} of ${all}` : all;
  }
  typed.addEventListener("input", filter);
  onlyValues.addEventListener("change", filter);
  document.getElementById("filter").hidden = false;
  filter();
}

stretches();
recordFilter();
lightCurve();
