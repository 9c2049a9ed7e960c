/* Arrow keys walk through the hits while the cursor stays in the search box; Enter opens the chosen one. */
const input = document.getElementById("customer-search");
const hits = () => [...document.querySelectorAll("[data-hits] > a")];
let chosen = -1;

function choose(index) {
  const all = hits();
  chosen = Math.max(-1, Math.min(index, all.length - 1));
  all.forEach((hit, i) => hit.toggleAttribute("data-chosen", i === chosen));
  all[chosen]?.scrollIntoView({ block: "nearest" });
}

input?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if (event.key === "Enter" && hits().length && (chosen >= 0 || hits().length === 1)) hits()[Math.max(chosen, 0)].click();
  else return;
  event.preventDefault();
});
document.body.addEventListener("htmx:afterSwap", () => { chosen = -1; });
if (input && !input.value) input.focus();
