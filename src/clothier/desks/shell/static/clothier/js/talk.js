/* A conversation on the page: the newest message in sight, a key that sends, and a word to the others that somebody
   is writing. Used by the agent's inbox and by the customer's chat. */
const NEAR = 120;
const SAY_AGAIN = 4000;
let told = 0;

function flow() {
  return document.querySelector("[data-flow]");
}

/* On a phone the whole page scrolls, at a desk the pane. */
function scroller() {
  const pane = flow();
  return pane && pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible" ? pane : document.scrollingElement;
}

function atEnd() {
  const place = scroller();
  return place.scrollHeight - place.scrollTop - place.clientHeight < NEAR;
}

function toEnd() {
  const place = scroller();
  if (flow()) place.scrollTop = place.scrollHeight;
}

/* Whoever reads what was said an hour ago is not pulled away by what is said now; whoever just wrote is. */
let follow = true;
document.addEventListener("htmx:beforeSwap", (event) => {
  const own = Boolean(event.detail.requestConfig?.elt?.closest?.("[data-talk]"));
  follow = own || atEnd();
});
document.addEventListener("htmx:afterSettle", () => { if (follow) toEnd(); });
/* A picture is as high as it is only once it is there. */
document.addEventListener("load", (event) => { if (follow && event.target.closest?.("[data-flow]")) toEnd(); }, { capture: true });

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-sends]");
  if (!field || event.key !== "Enter" || event.isComposing) return;
  const sends = event.ctrlKey || event.metaKey || (field.dataset.sends === "enter" && !event.shiftKey);
  if (!sends) return;
  event.preventDefault();
  if (field.value.trim() || field.form.querySelector('[type="file"]')?.files.length) field.form.requestSubmit();
});

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

document.addEventListener("input", (event) => {
  const address = event.target.closest?.("[data-typing]")?.dataset.typing;
  if (!address || !event.target.value || Date.now() - told < SAY_AGAIN) return;
  told = Date.now();
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ writing: "1" }) }).catch(() => {});
});

/* What waits in the outbox is said; the field is free for the next sentence. */
document.body.addEventListener("outbox:queued", () => {
  const field = document.querySelector("[data-talk] [data-sends]");
  if (!field) return;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  const place = event.target.matches?.('[data-talk] [type="file"]') && event.target.form.querySelector("[data-files]");
  if (place) place.textContent = [...event.target.files].map((file) => file.name).join("、");
});

toEnd();
