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

/* Letters for a screen without a keyboard: a finger on the search brings them; a tablet may ask for its own. */
const letters = document.querySelector("[data-letters]");
const search = letters && document.getElementById(letters.dataset.letters);
if (search && matchMedia("(any-pointer: coarse)").matches) {
  search.inputMode = "none";
  search.addEventListener("pointerdown", () => { if (search.inputMode === "none") letters.hidden = false; });
  letters.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    if (key === "system") {
      letters.hidden = true;
      search.inputMode = "text";
      search.blur();
    } else {
      search.value = key === "back" ? search.value.slice(0, -1) : search.value + key;
    }
    search.focus();
  });
}
