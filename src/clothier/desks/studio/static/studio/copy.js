/* A button that copies what its field shows. Without script it is not there, and the field can be selected by hand. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const label = button.querySelector("span");
  button.hidden = false;
  if (field.matches(".secret")) field.select();
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // pages served without TLS have no clipboard of their own
    }
    label.textContent = button.dataset.copied;
  });
}
