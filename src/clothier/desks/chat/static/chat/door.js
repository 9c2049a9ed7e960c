/* The chat in a frame on another site: browsers keep cookies of strangers away, so the frame's own store remembers the
   conversation. Where even that is refused, each visit begins anew. */
const KEY = "clothier-chat";
const { fresh, known } = document.body.dataset;

function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept && known !== "no") return kept;
    localStorage.setItem(KEY, fresh);
  } catch { /* Storage is forbidden here. */ }
  return fresh;
}

location.replace(remembered());
