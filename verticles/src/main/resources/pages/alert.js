"use strict";

// Makes the page of an alert livelier; without it everything is there, but nothing moves.

/** The light curve, drawn from the rows of its table. */
function lightCurve() {
  const table = document.querySelector(".points tbody");
  if (!table || !window.uPlot) {
    return;
  }
  const number = (cell) => (cell.textContent === "" ? NaN : Number(cell.textContent));
  const points = Array.from(table.rows, (row) => {
    const c = row.cells;
    return {
      row,
      kind: row.dataset.kind,
      mjd: number(c[0]),
      band: c[2].textContent,
      flux: { value: number(c[3]), error: number(c[4]) },
      magnitude: { value: number(c[5]), error: number(c[6]) },
    };
  }).filter((point) => isFinite(point.mjd));
  const hint = "Point at a measurement for its values, or go from one to the next with ← and →. Drag to zoom, double-click to see all.";
  const plot = document.getElementById("plot");
  const readout = document.getElementById("readout");
  const quantities = document.getElementById("quantity");
  const hiddenBands = new Set();
  let quantity = "flux";
  let shown = [];
  let chosen = null;
  let chart = null;

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (band) => style("--band-" + (/^[ugrizy]$/.test(band) ? band : "other"));
  const error = (point) => (point[quantity].error > 0 ? point[quantity].error : 0);

  function shape(ctx, x, y, point, size) {
    ctx.beginPath();
    if (point.kind === "FORCED") {
      ctx.rect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
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
    if (quantity === "flux") {
      ctx.strokeStyle = style("--line");
      ctx.lineWidth = ratio;
      ctx.beginPath();
      ctx.moveTo(u.bbox.left, height(0));
      ctx.lineTo(u.bbox.left + u.bbox.width, height(0));
      ctx.stroke();
    }
    const ground = style("--sheet");
    // Many detections were measured again at the object's place: they lie on top.
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

  /** The range of what is shown with its errors, and some air. */
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
    tell();
  }

  function tell() {
    readout.classList.toggle("quiet", !chosen);
    if (!chosen) {
      readout.textContent = shown.length > 0 ? hint : "Nothing to plot: no point has such a value.";
      return;
    }
    const [mjd, date, band, flux, fluxError, magnitude, magnitudeError, what] = Array.from(chosen.row.cells, (c) => c.textContent);
    readout.textContent =
      `${date} TAI · MJD ${mjd} · ${band || "no band"} · ${flux} ± ${fluxError || "?"} nJy` +
      (magnitude ? ` · ${magnitude} ± ${magnitudeError || "?"} mag` : "") +
      ` · ${what}`;
  }

  /** The point under the pointer, or none. */
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
    tell();
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
          y: { dir: quantity === "magnitude" ? -1 : 1, range: (u, low, high) => (u.zoomed ? [low, high] : range()) },
        },
        axes: [
          { ...axis, label: "MJD (TAI)", size: 28, values: (u, ticks) => ticks.map((tick) => String(+tick.toFixed(4))) },
          { ...axis, label: quantity === "flux" ? "difference flux (nJy)" : "AB magnitude", size: 64 },
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
      label.append(input, mark("circle", /^[ugrizy]$/.test(band) ? band : "other"), band || "no band");
      box.append(label);
    }
    const has = (kind) => points.some((point) => point.kind === kind);
    const forms = [["circle", "detection", true], ["square", "forced", has("FORCED")], ["ring", "this alert", has("ALERT")]];
    for (const [form, words] of forms.filter(([, , there]) => there)) {
      const item = document.createElement("span");
      item.className = "shape";
      item.append(mark(form, null), words);
      box.append(item);
    }
    box.hidden = false;
  }

  /** A sign of the legend, as the plot draws it. */
  function mark(form, band) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 14 14");
    svg.setAttribute("aria-hidden", "true");
    const sign = document.createElementNS("http://www.w3.org/2000/svg", form === "square" ? "rect" : "circle");
    const places = form === "square" ? { x: 3.5, y: 3.5, width: 7, height: 7 } : { cx: 7, cy: 7, r: form === "ring" ? 6 : 4.5 };
    for (const [name, value] of Object.entries(places)) {
      sign.setAttribute(name, value);
    }
    sign.style.fill = form === "circle" ? (band ? `var(--band-${band})` : "var(--quiet)") : "none";
    sign.style.stroke = form === "circle" ? "none" : "var(--quiet)";
    sign.style.strokeWidth = "1.5";
    svg.append(sign);
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

/** Another stretch without loading the page again. */
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
      for (const image of images) {
        image.src = image.src.replace(/stretch=[a-z]+/, "stretch=" + link.dataset.stretch);
      }
      links.forEach((other) => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      history.replaceState(null, "", link.href);
    });
  }
}

/** Finds fields of the record by what is typed. */
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
