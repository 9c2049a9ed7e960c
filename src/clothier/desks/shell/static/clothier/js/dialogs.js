/* Any button with data-opens="id" opens that dialog; a click beside it, Escape or its form closes it. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
    return;
  }
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

/* A dialog whose form came back without an error has done its work; one that only fetched what it shows stays. */
document.addEventListener("htmx:afterRequest", (event) => {
  const dialog = event.target.closest?.("dialog[open]");
  if (dialog && event.target.closest("form") && event.detail.successful && !dialog.querySelector("[aria-invalid]")) dialog.close();
});
