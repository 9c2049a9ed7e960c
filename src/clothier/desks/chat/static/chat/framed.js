/* Inside the frame: it can fold itself away, and says how much came while it was folded. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-closes-frame]")) parent.postMessage({ clothier: "close" }, "*");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage({ clothier: "close" }, "*");
});

let seen = document.querySelectorAll(".said__one--theirs").length;
document.addEventListener("htmx:afterSettle", () => {
  const now = document.querySelectorAll(".said__one--theirs").length;
  if (now > seen) parent.postMessage({ clothier: "new", n: now - seen }, "*");
  seen = now;
});
