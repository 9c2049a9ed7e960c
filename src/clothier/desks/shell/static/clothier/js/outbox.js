/* Forms marked data-outbox="what it is" survive the loss of the network. Each carries an idempotency key and the
   time it was pressed; when it cannot be sent it waits in the queue and is sent later, in order. The server knows
   the key, so a post that did arrive before the connection broke is not done twice. A form that is also marked
   data-outbox-first goes by way of the queue always: what is said in a chat keeps its order, and is said once. */
import * as queue from "./queue.js";
import { say } from "./toasts.js";
import { word } from "./words.js";

const user = document.body.dataset.user ?? "";
const RETRY = 20_000;
/* Which button was pressed: its name and value are part of what was said. */
const pressed = new WeakMap();
const GATEWAY = new Set([502, 503, 504]);

function stamp(form) {
  const key = form.elements.namedItem("key");
  const at = form.elements.namedItem("occurred_at");
  if (!key || !at) return;
  if (form.dataset.sentKey === key.value || !key.value) key.value = crypto.randomUUID();
  form.dataset.sentKey = key.value;
  at.value = new Date().toISOString();
}

function isFirst(form) {
  return "outboxFirst" in form.dataset;
}

async function keep(form) {
  const said = [...new FormData(form, pressed.get(form))];
  const fields = said.filter(([name, value]) => name !== "csrfmiddlewaretoken" && (typeof value === "string" || value.size));
  const url = form.getAttribute("hx-post") || form.getAttribute("action") || location.pathname;
  await queue.add({ url, label: form.dataset.outbox, fields, user, at: Date.now(), first: isFirst(form), refused: "" });
  form.dataset.queued = "yes";
  delete form.dataset.busy;
  form.closest("[data-outbox-subject]")?.setAttribute("data-queued", "yes");
  document.body.dispatchEvent(new CustomEvent("outbox:queued", { detail: form }));
  await show();
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

function send(post) {
  /* What our clock shows as we send: the server reckons how long ago the post was pressed, and needs no true clock. */
  const headers = { "X-CSRFToken": token(), "HX-Request": "true", "X-Outbox": new Date().toISOString() };
  const files = post.fields.some(([, value]) => typeof value !== "string");
  const body = files ? new FormData() : new URLSearchParams();
  for (const [name, value] of post.fields) body.append(name, value);
  return fetch(post.url, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(files ? 120_000 : 15_000) });
}

function reason(response) {
  try {
    return JSON.parse(response.headers.get("HX-Trigger") ?? "{}").toast?.text ?? "";
  } catch {
    return "";
  }
}

/* true: done with it; false: stop here and try again later. */
async function settle(post) {
  const response = await send(post).catch(() => null);
  if (!response || response.status >= 500 || response.status === 401 || response.status === 403 || response.status === 429) {
    await queue.put({ ...post, held: response?.status ?? 0 });
    return false;
  }
  if (response.ok || response.type === "opaqueredirect") {
    await queue.remove(post.id);
    return true;
  }
  const refused = reason(response) || word("refused");
  await queue.put({ ...post, refused });
  if (!post.first) say(`${post.label}：${refused}`, "bad");
  return true;
}

async function flush() {
  let sent = 0;
  let late = 0;
  for (let post = await next(); post && (await settle(post)); post = await next()) {
    sent += 1;
    late += post.first ? 0 : 1;
  }
  if (late) say(word("synced", { n: late }));
  if (sent) {
    document.body.dispatchEvent(new CustomEvent("outbox:synced"));
    document.body.dispatchEvent(new CustomEvent("live:visit"));
  }
  await show();
}

async function next() {
  return (await queue.all(user)).find((post) => !post.refused);
}

/* One tab at a time empties the queue. Where there is no storage there are no locks either, and no other tab. */
let alone = Promise.resolve();
function sync(options = { ifAvailable: true }) {
  return navigator.locks.request("clothier-outbox", options, (lock) => lock && flush()).catch((error) => {
    if (error.name !== "SecurityError") throw error;
    alone = alone.then(flush, flush);
    return alone;
  });
}

/* What goes by way of the queue is not left to the next round, whoever empties it at the moment. */
async function first(form) {
  form.dataset.keeping = "yes";
  await keep(form).finally(() => { delete form.dataset.keeping; });
  if (navigator.onLine) await sync({});
}

async function show() {
  const posts = await queue.all(user);
  document.body.dispatchEvent(new CustomEvent("outbox:posts", { detail: posts }));
  const chip = document.getElementById("outbox");
  if (!chip) return;
  const refused = posts.filter((post) => post.refused).length;
  chip.hidden = posts.length === 0;
  chip.querySelector("[data-text]").textContent = refused ? word("refused-count", { n: refused }) : word("queued", { n: posts.length });
  list(posts);
}

function list(posts) {
  const place = document.getElementById("outbox-list");
  place?.replaceChildren(...posts.map((post) => {
    const row = document.createElement("li");
    row.className = "split";
    const what = document.createElement("span");
    const time = new Date(post.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    what.textContent = `${time} ${post.label}${post.refused ? `：${post.refused}` : ""}`;
    row.append(what);
    if (post.refused) {
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "button button--small";
      drop.textContent = word("discard");
      drop.addEventListener("click", async () => { await queue.remove(post.id); await show(); });
      row.append(drop);
    }
    return row;
  }));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-outbox]")) return;
  const goesFirst = isFirst(form) && user && "indexedDB" in window;
  /* A finger that trembles presses twice; a choice is made once, and a sentence is written again before it is said. */
  if (goesFirst && (form.dataset.keeping || (form.dataset.queued && !form.querySelector("[data-sends]")))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  stamp(form);
  pressed.set(form, event.submitter);
  if (navigator.onLine && !goesFirst) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!goesFirst) keep(form);
  else first(form).catch(() => { delete form.dataset.outboxFirst; form.requestSubmit(); });
}, { capture: true });

function failed(event) {
  const form = event.detail.elt?.closest?.("form[data-outbox]");
  if (form) keep(form);
}
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:responseError", (event) => { if (GATEWAY.has(event.detail.xhr.status)) failed(event); });

function online() {
  document.documentElement.toggleAttribute("data-offline", !navigator.onLine);
  if (navigator.onLine && user) sync();
}

document.body.addEventListener("outbox:synced", show);
/* A page that draws what waits in its own way asks for it, and gives up what its reader takes back. */
document.body.addEventListener("outbox:ask", show);
document.body.addEventListener("outbox:drop", async (event) => { await queue.remove(event.detail); await show(); });
window.addEventListener("online", online);
window.addEventListener("offline", online);
if (user && "indexedDB" in window) {
  online();
  show();
  setInterval(() => { if (navigator.onLine && !document.hidden) sync(); }, RETRY);
}
