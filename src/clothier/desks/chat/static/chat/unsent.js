/* What the customer has said and the shop does not have yet stands below what it has, and says how it is with it.
   And what others say is told to whoever listens instead of reading, once, and not the whole conversation again. */
const MOST = 9;
const LARGEST = 20 * 1024 * 1024;
const place = document.getElementById("unsent");
const told = document.getElementById("told");
const write = () => document.getElementById("write");

function word(name) {
  return document.querySelector(`meta[name="word:${name}"]`)?.content ?? "";
}

function standing(post) {
  if (post.refused) return post.refused;
  if (post.held === 429) return word("slow");
  return "held" in post || !navigator.onLine ? word("unsent") : word("sending");
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function text(post) {
  return post.fields.filter(([name, value]) => name === "text" && value).map(([, value]) => value).join("\n");
}

function bubble(post) {
  const row = element("li", "said__one said__one--mine said__one--unsent", "");
  const files = post.fields.filter(([, value]) => typeof value !== "string").map(([, file]) => file.name);
  row.dataset.post = post.id;
  if (text(post)) row.append(element("span", "said__text", text(post)));
  for (const name of files) row.append(element("span", "chip", name));
  row.append(element("span", "said__foot", standing(post)));
  if (post.refused) row.append(again(post));
  return row;
}

/* The words return to the field, to be put otherwise; what is already written there stays before them. */
function again(post) {
  const button = element("button", "button button--small", word("rewrite"));
  button.type = "button";
  button.addEventListener("click", () => {
    const field = write().elements.namedItem("text");
    field.value = [field.value, text(post)].filter(Boolean).join("\n");
    field.focus();
    document.body.dispatchEvent(new CustomEvent("outbox:drop", { detail: post.id }));
  });
  return button;
}

/* What has arrived stays until the conversation is drawn with it: nothing blinks. */
let drawn = [];
function draw(posts) {
  const waiting = new Set(posts.map((post) => String(post.id)));
  const arrived = [...place.children].filter((row) => !waiting.has(row.dataset.post));
  for (const row of arrived) row.lastChild.textContent = "";
  place.replaceChildren(...arrived, ...posts.map(bubble));
  const said = posts.map(standing).join();
  if (posts.length > drawn.length) place.lastChild.scrollIntoView({ block: "end" });
  if (said !== drawn.join() && posts.some((post) => post.refused || "held" in post || !navigator.onLine)) told.textContent = standing(posts.at(-1));
  drawn = posts.map(standing);
}

document.body.addEventListener("outbox:posts", (event) => draw(event.detail));
for (const change of ["online", "offline"]) window.addEventListener(change, () => document.body.dispatchEvent(new CustomEvent("outbox:ask")));
document.body.dispatchEvent(new CustomEvent("outbox:ask"));

function last() {
  return Number([...document.querySelectorAll("#messages [data-said]")].at(-1)?.dataset.said ?? 0);
}

let heard = last();
document.addEventListener("htmx:afterSettle", () => {
  const waiting = new Set(drawn.length ? [...place.children].slice(-drawn.length) : []);
  for (const row of [...place.children]) if (!waiting.has(row)) row.remove();
  const fresh = [...document.querySelectorAll("#messages .said__one--theirs[data-said], #messages .said__one--system[data-said]")].filter((row) => Number(row.dataset.said) > heard);
  heard = Math.max(heard, last());
  if (fresh.length) told.textContent = fresh.map((row) => [...row.querySelectorAll(".said__from, .said__text")].map((part) => part.textContent).join("：")).join("\n");
});

/* Before anything is sent: nothing empty, no more files than are taken, none too large. */
window.addEventListener("submit", (event) => {
  const field = event.target.querySelector("[data-sends]");
  if (!field || field.value.trim() || event.target.elements.namedItem("files").files.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  field.focus();
}, { capture: true });

document.addEventListener("change", (event) => {
  if (event.target.name !== "files") return;
  const files = [...event.target.files];
  const wrong = files.length > MOST ? word("many") : files.some((file) => file.size > LARGEST) ? word("large") : "";
  if (!wrong) return;
  event.target.value = "";
  event.target.form.querySelector("[data-files]").textContent = wrong;
});
