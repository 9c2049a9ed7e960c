/* The member code, made on the phone every half minute, with or without a network (loyalty/rules/codes.py reads it). */
import { svg } from "./qr.js";

const OFFSET = "member-clock";

/* The phone's clock may be wrong: how much, the shop told the last time there was a network. */
function now() {
  return Date.now() / 1000 + Number(localStorage.getItem(OFFSET) ?? 0);
}

async function setClock(address) {
  try {
    const asked = Date.now();
    const { now: theirs } = await (await fetch(address, { cache: "no-store" })).json();
    localStorage.setItem(OFFSET, theirs - (asked + Date.now()) / 2000);
  } catch { /* Without a network the last known difference holds. */ }
}

export async function digitsAt(secret, number, second, seconds = 30) {
  const bytes = (text) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const made = await crypto.subtle.sign("HMAC", key, bytes(`${number}:${Math.floor(second / seconds)}`));
  const tag = new DataView(made).getBigUint64(0) % 100000000n;
  return `29${String(number).padStart(10, "0")}${String(tag).padStart(8, "0")}`;
}

async function draw(box) {
  const { secret, number, seconds } = box.dataset;
  const digits = await digitsAt(secret, number, now(), Number(seconds));
  if (box.dataset.shown === digits) return;
  box.dataset.shown = digits;
  box.querySelector("[data-square]").replaceChildren(svg(digits));
  box.querySelector("[data-digits]").textContent = digits.match(/.{4}/g).join(" ");
}

async function tick(box) {
  const seconds = Number(box.dataset.seconds);
  box.querySelector("[data-left]").style.setProperty("--part", 1 - (now() % seconds) / seconds);
  await draw(box);
}

for (const box of document.querySelectorAll("[data-code]")) {
  tick(box);
  setClock(box.dataset.clock).then(() => tick(box));
  setInterval(tick, 1000, box);
}
