/* Ticks promise rings and bars between two looks at the server. The server's clock counts, not the phone's:
   a page says what time it was when it was made, and only the time passed since is measured here. */
const arrived = new WeakMap();

function pad(number) {
  return String(number).padStart(2, "0");
}

function compact(left) {
  const sign = left < 0 ? "+" : "";
  const seconds = left < 0 ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  if (sign && seconds >= 600 && seconds < 3600) return `${sign}${Math.floor(seconds / 60)}${document.body.dataset.minute}`;
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
  if (seconds < 172_800) return `${sign}${Math.floor(seconds / 3600)}${document.body.dataset.hour}`;
  return `${sign}${Math.floor(seconds / 86_400)}${document.body.dataset.day}`;
}

function stateOf(left, margin) {
  if (left <= 0) return "broken";
  return left <= margin ? "breaking" : "running";
}

function tick(element) {
  const { due, serverNow, margin } = element.dataset;
  if (!arrived.has(element)) arrived.set(element, { at: performance.now(), share: shareOf(element) });
  const { at, share } = arrived.get(element);
  const atFirst = Number(due) - Number(serverNow);
  const left = atFirst - (performance.now() - at);
  const state = stateOf(left, Number(margin));
  if (element.dataset.state !== state) element.dataset.state = state;
  const part = Math.max(0, atFirst > 0 ? share * (left / atFirst) : 0);
  if (element.matches("[data-ring]")) element.style.setProperty("--left", part.toFixed(4));
  else element.style.setProperty("--part", (1 - part).toFixed(4));
  write(element, compact(left));
}

function shareOf(element) {
  const left = Number.parseFloat(element.style.getPropertyValue("--left"));
  return Number.isNaN(left) ? 1 - Number.parseFloat(element.style.getPropertyValue("--part")) : left;
}

function write(element, text) {
  const place = element.querySelector(".ring__text, .bar__label b");
  if (place && place.textContent !== text) place.textContent = text;
}

function beat() {
  if (!document.hidden) document.querySelectorAll("[data-ring], [data-bar]").forEach(tick);
}

setInterval(beat, 1000);
document.addEventListener("visibilitychange", beat);
document.addEventListener("htmx:load", beat);
beat();
