/* The live feed. A fragment that says hx-trigger="live:visit from:body" is asked for again when visits change; one that
   says live:chat-7 when that chat alone does, and then at once: somebody waits for the answer before their eyes; and
   one that says live:chat.moved when more happened to a chat than that something was said in it.
   The browser reconnects and resumes after the last event by itself; a page that was in the background, or a feed
   that stays away, refreshes everything instead, so nobody looks at an old number thinking it is new. */
import { quiet } from "./requests.js";

const address = document.body.dataset.live;
const GATHER = 300;
const REST_AFTER = 30_000;
const POLL = 15_000;
const RETRY = 3_000;
/* What changes the line of its own chat, and neither who has which chat nor how many there are. */
const SAID = new Set(["chat.customer_wrote", "chat.reply_sent", "chat.notice_sent"]);
const heard = new Set();
const timers = new Map();
const again = new Set();
const newest = new Map();
let source = null;
let poll = null;
let rest = null;

function wanted() {
  const words = new Set();
  for (const element of document.querySelectorAll('[hx-trigger*="live:"]')) {
    for (const [, name] of element.getAttribute("hx-trigger").matchAll(/live:([a-z_]+(?:\.moved|-\d+)?)/g)) words.add(name);
  }
  return words;
}

function concerns(message) {
  const store = document.querySelector("[data-live-store]")?.dataset.liveStore;
  return !store || message.store === null || String(message.store) === store;
}

/* Events come in bursts: the first starts a pause, and whatever happens in it is one refresh. */
function tell(name) {
  if (timers.has(name)) return;
  timers.set(name, setTimeout(() => {
    timers.delete(name);
    say(name);
  }, GATHER));
}

/* The first is told at once, and what follows in the pause is one refresh at its end. */
function tellAtOnce(name) {
  if (timers.has(name)) {
    again.add(name);
    return;
  }
  say(name);
  timers.set(name, setTimeout(() => {
    timers.delete(name);
    if (again.delete(name)) tellAtOnce(name);
  }, GATHER));
}

/* Up to which entry of the log it tells; what came by another way than the log is always news. */
function say(name) {
  const upto = newest.get(name) ?? Infinity;
  newest.delete(name);
  document.body.dispatchEvent(new CustomEvent(`live:${name}`, { detail: { upto } }));
}

function remember(name, upto = Infinity) {
  newest.set(name, Math.max(newest.get(name) ?? 0, upto));
}

function tellAll() {
  for (const name of wanted()) {
    remember(name);
    tell(name);
  }
}

function tellAgain({ type, detail }) {
  const name = type.slice("live:".length);
  remember(name, detail.upto);
  tell(name);
}

/* Somebody's own tap is answered first: a form that is redrawn away while its request runs would lose the answer,
   and with it the words and the way back. What the feed wanted to show waits for it, and is not asked for where the
   answer shows it already (`data-upto`, the entry of the log that it was read at). */
const taps = new Set();
document.addEventListener("htmx:beforeRequest", (event) => {
  const caused = event.detail.requestConfig.triggeringEvent;
  if (!quiet(event)) taps.add(event.detail.xhr);
  else if (taps.size) {
    event.preventDefault();
    tellAgain(caused);
  } else if (Number(event.target.dataset.upto) >= caused.detail.upto) event.preventDefault();
  /* And what comes back to a place that a tap's answer has drawn away is nobody's any more. */
  else event.target.addEventListener("htmx:beforeOnLoad", (back) => { if (!back.target.isConnected) back.preventDefault(); }, { once: true });
});
document.addEventListener("htmx:afterRequest", (event) => taps.delete(event.detail.xhr));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!taps.size || !quiet(event)) return;
  event.detail.shouldSwap = false;
  tellAgain(event.detail.requestConfig.triggeringEvent);
});

/* A network that says it is back may need another moment: what could not be fetched is asked for again. */
document.addEventListener("htmx:sendError", (event) => {
  if (quiet(event)) setTimeout(tellAgain, RETRY, event.detail.requestConfig.triggeringEvent);
});

function listen() {
  for (const name of wanted()) {
    const [word] = name.split(/[.-]/);
    if (!source || heard.has(word)) continue;
    heard.add(word);
    source.addEventListener(word, (event) => hear(word, JSON.parse(event.data)));
  }
}

function hear(word, message) {
  if (!concerns(message)) return;
  const asked = wanted();
  const alone = `${word}-${message.subject.split(":")[1]}`;
  const names = [alone, word, SAID.has(message.type) ? "" : `${word}.moved`].filter((name) => asked.has(name));
  for (const name of names) {
    remember(name, message.id);
    (name === alone ? tellAtOnce : tell)(name);
  }
}

function state(now) {
  document.documentElement.dataset.liveState = now;
}

function open() {
  if (source || !wanted().size) return;
  source = new EventSource(address);
  heard.clear();
  /* What happened between the page's rendering and this moment was told to nobody here: ask once. */
  source.addEventListener("resync", tellAll);
  source.addEventListener("open", () => { state("on"); clearInterval(poll); poll = null; tellAll(); });
  source.addEventListener("error", () => {
    state("off");
    poll ??= setInterval(tellAll, POLL);
    if (source?.readyState === EventSource.CLOSED) { close(); setTimeout(open, POLL); }
  });
  listen();
}

function close() {
  source?.close();
  source = null;
}

function attend() {
  clearTimeout(rest);
  if (document.hidden) {
    rest = setTimeout(close, REST_AFTER);
  } else if (!source) {
    open();
    tellAll();
  }
}

if (address) {
  open();
  document.addEventListener("htmx:load", () => { open(); listen(); });
  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => { if (event.persisted) attend(); });
  window.addEventListener("online", tellAll);
}
