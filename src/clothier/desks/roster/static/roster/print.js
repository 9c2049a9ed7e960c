/* One button; without script the browser's own print command does the same. */
document.getElementById("print").addEventListener("click", () => window.print());
