// Hands a field's text to the phone's own menu. Without it, or where there is none: copy it.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break;
  const field = document.getElementById(button.dataset.share);
  button.hidden = false;
  // Closing the menu again is no error.
  button.addEventListener("click", () => navigator.share({ text: field.value }).catch(() => {}));
}
