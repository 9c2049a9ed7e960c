/* Draws Vega-Lite declarations where they stand, in the page's own colours. The library is large, so it is fetched
   only by pages that have a chart; its interpreter evaluates expressions, so the policy against eval holds. */
const bundle = document.querySelector('meta[name="chart-bundle"]')?.content;

function colour(name, place) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function look(place) {
  const [ink, ink2, ink3, line, accent, good, warn, info] =
    ["ink", "ink-2", "ink-3", "line", "accent", "good", "warn", "info"].map((name) => colour(name, place));
  const font = getComputedStyle(place).fontFamily;
  return {
    background: "transparent",
    font,
    view: { stroke: null },
    axis: { labelColor: ink2, titleColor: ink3, titleFontWeight: 400, domainColor: line, tickColor: line, gridColor: line, labelFontSize: 12, titleFontSize: 12, gridDash: [2, 3] },
    legend: { labelColor: ink2, titleColor: ink3, labelFontSize: 12, orient: "top", symbolType: "circle", title: null },
    title: { color: ink, font, fontSize: 14, anchor: "start" },
    range: { category: [ink, accent, good, warn, info, ink3], ramp: [line, ink], heatmap: [line, ink] },
    bar: { color: ink2, cornerRadiusEnd: 3 },
    line: { color: ink, strokeWidth: 2, strokeCap: "round" },
    area: { color: ink, opacity: 0.14, line: { color: ink } },
    point: { color: ink, filled: true },
    rule: { color: ink3 },
    text: { color: ink2 },
  };
}

async function draw(figure) {
  await import(bundle);
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true }, config: look(figure) };
  await window.vegaEmbed(figure.querySelector(".chart__canvas"), { width: "container", ...spec }, options);
  figure.dataset.drawn = "yes";
}

function drawAll() {
  if (bundle) document.querySelectorAll("[data-chart]:not([data-drawn])").forEach(draw);
}

function redraw() {
  for (const figure of document.querySelectorAll("[data-drawn]")) delete figure.dataset.drawn;
  drawAll();
}

drawAll();
document.addEventListener("htmx:load", drawAll);
document.addEventListener("theme", redraw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
