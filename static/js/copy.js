// Puts a field's text on the clipboard, exactly as it is. Without this file the buttons stay
// hidden, the link only opens its page, and the field can be selected by hand.

// At once, within the tap: a tab that opens takes the focus, and with it the newer clipboard.
function copyNow(field) {
  const before = document.activeElement;
  const fill = (event) => {
    event.clipboardData.setData("text/plain", field.value);
    event.preventDefault();
  };
  field.focus({ preventScroll: true });
  field.select();
  document.addEventListener("copy", fill);
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  before?.focus({ preventScroll: true });
  return copied;
}

async function copy(field) {
  return copyNow(field) || navigator.clipboard.writeText(field.value);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.innerHTML;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  if (field.readOnly) field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    await copy(field);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.innerHTML = label; }, 2500);
  });
}

for (const link of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(link.dataset.copies);
  const told = document.getElementById(link.dataset.tells);
  link.textContent = link.dataset.label;
  link.addEventListener("click", () => {
    copy(field).then(
      () => { told.textContent = told.dataset.done; },
      () => { told.textContent = told.dataset.failed; },
    );
  });
}
