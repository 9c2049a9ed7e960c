/* Toasts leave by themselves, unless they offer a way back that somebody is about to take. */
const STAY = 6000;
const STAY_WITH_UNDO = 10_000;

function start(toast) {
  toast.dataset.toast = "started";
  const stay = toast.querySelector("form") ? STAY_WITH_UNDO : STAY;
  let timer = setTimeout(() => toast.remove(), stay);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => { timer = setTimeout(() => toast.remove(), STAY); });
}

function startAll() {
  document.querySelectorAll('[data-toast=""]').forEach(start);
}

export function say(text, tone = "") {
  const toast = document.createElement("div");
  toast.className = tone ? `toast toast--${tone}` : "toast";
  toast.dataset.toast = "";
  toast.setAttribute("role", tone === "bad" ? "alert" : "status");
  const words = document.createElement("span");
  words.className = "toast__text";
  words.textContent = text;
  toast.append(words);
  document.getElementById("toasts")?.append(toast);
  start(toast);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-closes-toast]")) event.target.closest("[data-toast]").remove();
});
document.addEventListener("toast", (event) => say(event.detail.text, event.detail.tone));
document.addEventListener("htmx:load", startAll);
startAll();
