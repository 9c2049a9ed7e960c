/* A thin line at the top while something loads, buttons that cannot be pressed twice, and rows that are links. */
import { say } from "./toasts.js";
import { word } from "./words.js";

const line = document.getElementById("loading");
let running = 0;

function show(step) {
  running = Math.max(0, running + step);
  if (line) line.toggleAttribute("data-on", running > 0);
}

/* What the live feed asks for comes unasked, so it stays invisible. */
export function quiet(event) {
  const type = event.detail.requestConfig.triggeringEvent?.type ?? "";
  return type.startsWith("live:");
}

document.addEventListener("htmx:beforeRequest", (event) => { if (!quiet(event)) show(1); });
document.addEventListener("htmx:afterRequest", (event) => { if (!quiet(event)) show(-1); });

function complain(event) {
  const said = event.detail.xhr?.getResponseHeader?.("HX-Trigger");
  if (said || quiet(event) || event.detail.elt?.closest?.("form[data-outbox]")) return;
  say(word("failed"), "bad");
}
document.addEventListener("htmx:sendError", complain);
document.addEventListener("htmx:timeout", complain);
document.addEventListener("htmx:responseError", complain);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = "yes";
  show(1);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) delete form.dataset.busy;
  running = 0;
  show(0);
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input, label, select")) location.assign(row.dataset.href);
});

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  document.querySelector(`[data-keys="${CSS.escape(event.key)}"]`)?.click();
});
