/* A conversation on the page: the newest message in sight, a key that sends, and a word to the others that somebody
   is writing. Used by the agent's inbox and by the customer's chat. */
import * as queue from "./queue.js";
import { word } from "./words.js";

const user = document.body.dataset.user ?? "";
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

/* --- what waits in the outbox stands below what was said, until it is said or taken back --- */

function form() {
  return document.querySelector("[data-talk][data-outbox]");
}

function empty(field) {
  if (!field) return;
  field.value = "";
  field.dispatchEvent(new Event(field.type === "file" ? "change" : "input", { bubbles: true }));
}

/* The field is free for the next sentence. Its key stays: the next submit makes a new one because this one was used. */
document.body.addEventListener("outbox:queued", async (event) => {
  if (!form() || event.detail !== form()) return;
  empty(form().querySelector("[data-sends]"));
  empty(form().querySelector('[type="file"]'));
  await unsent();
  toEnd();
});

function waiting(post) {
  const bubble = document.createElement("li");
  bubble.className = `bubble bubble--${post.fields.some(([name, value]) => name === "kind" && value === "note") ? "note" : "ours"} bubble--unsent`;
  const text = document.createElement("div");
  text.className = "bubble__text";
  text.textContent = post.fields.filter(([name, value]) => name === "text" || typeof value !== "string").map(([, value]) => value.name ?? value).filter(Boolean).join("\n");
  const foot = document.createElement("span");
  foot.className = "bubble__foot";
  foot.textContent = post.refused || word("unsent");
  bubble.append(text, foot);
  if (post.refused) foot.append(rewrite(post));
  return bubble;
}

function rewrite(post) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = word("rewrite");
  button.addEventListener("click", async () => {
    const field = form().querySelector("[data-sends]");
    field.value = post.fields.find(([name]) => name === "text")?.[1] ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    await queue.remove(post.id);
    document.body.dispatchEvent(new CustomEvent("outbox:synced"));
  });
  return button;
}

async function unsent() {
  const list = flow()?.querySelector(".bubbles");
  if (!form() || !list || !user || !("indexedDB" in window)) return;
  const address = form().getAttribute("action");
  const posts = (await queue.all(user)).filter((post) => post.url === address);
  for (const bubble of list.querySelectorAll(".bubble--unsent")) bubble.remove();
  list.append(...posts.map(waiting));
}
document.addEventListener("htmx:afterSettle", unsent);
document.body.addEventListener("outbox:synced", async () => {
  await unsent();
  if (form()?.dataset.thread) document.body.dispatchEvent(new CustomEvent(`live:chat-${form().dataset.thread}`));
});

document.addEventListener("change", (event) => {
  const place = event.target.matches?.('[data-talk] [type="file"]') && event.target.form.querySelector("[data-files]");
  if (place) place.textContent = [...event.target.files].map((file) => file.name).join("、");
});

unsent().then(toEnd);
