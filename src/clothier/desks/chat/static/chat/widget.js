/* <script src="https://…/chat/widget.js" async></script> on any site the shop allows: a button that opens the chat.
   data-label, data-side (left or right) and data-lang are optional. It touches nothing of the page around it. */
(() => {
  const own = document.currentScript;
  const { origin } = new URL(own.src);
  const english = (own.dataset.lang ?? document.documentElement.lang ?? "").toLowerCase().startsWith("en");
  const label = own.dataset.label ?? (english ? "Chat with us" : "在线客服");
  const side = own.dataset.side === "left" ? "left" : "right";

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const look = new CSSStyleSheet();
  look.replaceSync(`
    :host { all: initial; }
    button { position: fixed; inset-block-end: 20px; ${side}: 20px; z-index: 2147483000; display: flex; gap: 8px; align-items: center; min-height: 52px; padding: 0 20px; border: 0; border-radius: 26px; background: #1f1b16; color: #f6f2e9; font: 600 16px/1.2 system-ui, sans-serif; cursor: pointer; box-shadow: 0 6px 24px rgb(0 0 0 / 0.28); }
    button:focus-visible { outline: 3px solid #8fbcff; outline-offset: 2px; }
    svg { inline-size: 22px; block-size: 22px; fill: none; stroke: currentColor; stroke-width: 1.7; }
    b { min-inline-size: 20px; padding: 2px 6px; border-radius: 10px; background: #b0311b; color: #fffaf5; font-size: 12px; text-align: center; }
    [hidden] { display: none !important; }
    iframe { position: fixed; z-index: 2147483001; inset-block-end: 20px; ${side}: 20px; inline-size: min(400px, calc(100vw - 40px)); block-size: min(640px, calc(100dvh - 40px)); border: 0; border-radius: 16px; background: #f6f2e9; box-shadow: 0 12px 48px rgb(0 0 0 / 0.32); color-scheme: normal; }
    @media (max-width: 30rem) { iframe { inset: 0; inline-size: 100vw; block-size: 100dvh; border-radius: 0; } }`);
  root.adoptedStyleSheets = [look];
  /* Built piece by piece: a strict site takes no markup from a string. */
  const drawing = (name, facts, ...parts) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value);
    made.append(...parts);
    return made;
  };
  const button = document.createElement("button");
  const words = document.createElement("span");
  const count = document.createElement("b");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  words.textContent = label;
  count.hidden = true;
  button.append(drawing("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, drawing("path", { d: "M4 4.5h16v12h-9.5L6 20v-3.5H4Z" }), drawing("path", { d: "M8 9h8M8 12.5h5" })), words, count);
  root.append(button);
  let frame = null;
  let waiting = 0;

  function show(open) {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = label;
      frame.allow = "clipboard-write";
      frame.src = `${origin}/chat/frame/${english ? "?language=en" : ""}`;
      root.append(frame);
    }
    frame.hidden = !open;
    button.hidden = open;
    button.setAttribute("aria-expanded", String(open));
    if (open) tell(0);
    (open ? frame : button).focus();
  }

  function tell(n) {
    waiting = n;
    count.hidden = !n;
    count.textContent = n;
  }

  button.addEventListener("click", () => show(true));
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame?.contentWindow) return;
    if (event.data?.clothier === "close") show(false);
    if (event.data?.clothier === "new" && frame.hidden) tell(waiting + event.data.n);
  });
  if (document.body) document.body.append(host);
  else addEventListener("DOMContentLoaded", () => document.body.append(host));
})();
