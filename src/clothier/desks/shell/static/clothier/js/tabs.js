/* On a phone the strip of tabs is wider than the page: the one that is open comes into sight. */
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
