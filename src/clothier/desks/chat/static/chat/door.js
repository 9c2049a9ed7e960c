/* The chat in a frame on another site: browsers keep cookies of strangers away, so the frame's own store remembers the
   conversation. Where even that is refused it lives as long as the page does, and says so. */
const KEY = "clothier-chat";
const { fresh, known } = document.body.dataset;

function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept && known !== "no") return kept;
    localStorage.setItem(KEY, fresh);
    return fresh;
  } catch {
    return `${fresh}&forgets=1`;
  }
}

location.replace(remembered());
