/* A screen in a shop: it goes back to its first page when nobody touches it, and has keys big enough for a finger. */
const home = document.querySelector("[data-kiosk-home]")?.dataset.kioskHome;
const IDLE = 60_000;
const FRESH = 300_000;
let timer = null;

function rest() {
  clearTimeout(timer);
  timer = setTimeout(() => location.replace(home), location.pathname === home ? FRESH : IDLE);
}

if (home) {
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, rest, { passive: true });
  rest();
  /* Nobody goes back to what the person before was looking at. */
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace(home); });
}

const keys = document.querySelector("[data-pad-keys]");
const field = document.querySelector("[data-pad]");
if (keys && field) {
  keys.hidden = false;
  field.inputMode = "none";
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    field.value = key === "back" ? field.value.slice(0, -1) : (field.value + key).slice(0, field.maxLength);
  });
}
