/* The inbox: advice while somebody writes, saved replies after a slash, and keys for whoever answers all day. */
const REST = 220;
let timer = null;
let asking = null;

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

function composer() {
  return document.getElementById("composer");
}

function text() {
  return document.getElementById("reply");
}

/* --- the guard: what is underlined lies behind the field, letter for letter --- */

function underline(hits) {
  const { value } = text();
  const parts = [];
  let done = 0;
  for (const hit of hits) {
    if (hit.start < done) continue;
    const mark = document.createElement("mark");
    mark.dataset.severity = hit.severity;
    mark.textContent = value.slice(hit.start, hit.end);
    parts.push(value.slice(done, hit.start), mark);
    done = hit.end;
  }
  parts.push(`${value.slice(done)}\n`);
  composer().querySelector("[data-marks]").replaceChildren(...parts);
}

async function ask() {
  const form = composer();
  const { value } = text();
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams({ text: value, kind: new FormData(form).get("kind"), complaint: form.dataset.complaint ?? "" });
  const options = { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true" }, body, signal: asking.signal };
  const answer = await fetch(form.dataset.guard, options).catch(() => null);
  if (!answer?.ok || text()?.value !== value) return;
  const said = await answer.json();
  underline(said.hits);
  form.querySelector("[data-hits-list]").innerHTML = said.list;
  for (const step of form.querySelectorAll("[data-step]")) step.toggleAttribute("data-met", said.met.includes(step.dataset.step));
}

function keep() {
  const form = composer();
  sessionStorage.setItem(`draft:${form.dataset.thread}`, text().value);
}

function written() {
  clearTimeout(timer);
  underline([]);
  keep();
  offer();
  timer = setTimeout(ask, REST);
}

function replace(start, end, words) {
  const field = text();
  field.focus();
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/* --- saved replies: a slash at the start of a line or after a space opens them, what follows narrows them --- */

let offered = [];
let chosen = 0;

function asked() {
  const field = text();
  const found = /(?:^|\s)\/([^\s/]*)$/u.exec(field.value.slice(0, field.selectionEnd));
  return found && { start: field.selectionEnd - found[1].length - 1, end: field.selectionEnd, word: found[1] };
}

async function offer(all = false) {
  const place = composer().querySelector("[data-offers]");
  const wanted = all ? { word: "" } : asked();
  if (!wanted) {
    place.hidden = true;
    return;
  }
  const answer = await fetch(`${composer().dataset.saved}?${new URLSearchParams({ q: wanted.word })}`).catch(() => null);
  if (!answer?.ok) return;
  place.innerHTML = await answer.text();
  place.hidden = false;
  offered = [...place.querySelectorAll("[data-text]")];
  mark(0);
}

function mark(place) {
  chosen = Math.max(0, Math.min(place, offered.length - 1));
  offered.forEach((one, index) => one.setAttribute("aria-selected", String(index === chosen)));
  offered[chosen]?.scrollIntoView({ block: "nearest" });
}

function take(one) {
  const place = asked() ?? { start: text().selectionStart, end: text().selectionEnd };
  composer().querySelector("[data-offers]").hidden = true;
  replace(place.start, place.end, one.dataset.text);
}

/* --- answers of the library: taken with one tap, and the library is told which --- */

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-proposes]");
  if (!form || !composer()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const field = text();
  replace(field.selectionStart, field.selectionEnd, form.querySelector("[data-text]").dataset.text);
  const options = { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true" }, body: new URLSearchParams(new FormData(form)) };
  fetch(form.action, options).catch(() => {});
}, { capture: true });

/* --- what was clicked, typed and pressed --- */

document.addEventListener("input", (event) => { if (event.target === text()) written(); });
document.addEventListener("scroll", (event) => {
  if (event.target === text()) composer().querySelector("[data-marks]").scrollTop = event.target.scrollTop;
}, { capture: true });
document.addEventListener("change", (event) => { if (event.target.name === "kind" && event.target.form === composer()) ask(); });

document.addEventListener("click", (event) => {
  const better = event.target.closest("[data-better]");
  if (better) replace(Number(better.dataset.start), Number(better.dataset.end), better.dataset.better);
  const saved = event.target.closest("[data-offers] [data-text]");
  if (saved) take(saved);
  if (event.target.closest("[data-saves]")) {
    event.preventDefault();
    offer(true);
  } else if (!event.target.closest("[data-offers]") && composer()) {
    composer().querySelector("[data-offers]").hidden = true;
  }
});

const MOVES = { ArrowDown: 1, ArrowUp: -1 };

function choosing(event) {
  const place = composer()?.querySelector("[data-offers]");
  if (!place || place.hidden || event.isComposing) return false;
  if (event.key === "Escape") place.hidden = true;
  else if (event.key in MOVES) mark(chosen + MOVES[event.key]);
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && offered[chosen]) take(offered[chosen]);
  else return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  return true;
}

const SAYS = { r: "reply", n: "note" };

document.addEventListener("keydown", (event) => {
  if (choosing(event) || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key in SAYS && composer()) {
    event.preventDefault();
    composer().querySelector(`[name="kind"][value="${SAYS[event.key]}"]`).checked = true;
    text().focus();
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("search").focus();
  }
}, { capture: true });

/* A draft waits for its conversation while somebody looks into another. */
function restore() {
  const form = composer();
  if (!form || form.dataset.restored) return;
  form.dataset.restored = "yes";
  const draft = sessionStorage.getItem(`draft:${form.dataset.thread}`);
  if (draft && !text().value) text().value = draft;
  if (text().value) ask();
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig?.elt === composer() && event.detail.xhr.status === 200) sessionStorage.removeItem(`draft:${composer().dataset.thread}`);
});
document.addEventListener("submit", (event) => {
  if (event.target === composer() && !event.target.hasAttribute("hx-post")) sessionStorage.removeItem(`draft:${composer().dataset.thread}`);
});
document.addEventListener("htmx:afterSettle", restore);
restore();

/* Colleagues see that somebody is here, as long as the page is looked at. */
const HERE = 20_000;
async function here() {
  const place = document.querySelector("[data-presence]");
  if (!place || document.hidden) return;
  const answer = await fetch(place.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) place.innerHTML = await answer.text();
}
setInterval(here, HERE);
document.addEventListener("visibilitychange", here);
here();
