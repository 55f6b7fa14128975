// Puts a prompt's sentence where the cursor stands, and marks its first blank, to be written over.
// Without this file the button asks the server, which puts the sentence at the end.
const BLANK = /_{3,}/;

function insert(sentence, field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const before = value.slice(0, start);
  const after = value.slice(end);
  const text = (/\S$/.test(before) ? " " : "") + sentence + (/^\S/.test(after) ? " " : "");
  field.setRangeText(text, start, end, "end");
  const blank = BLANK.exec(text);
  field.focus();
  if (blank) field.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const button of document.querySelectorAll("[data-insert]")) {
  const field = document.getElementById(button.dataset.into);
  // As long as nobody has been in it, the cursor of a browser stands before the text.
  let touched = document.activeElement === field || field.value !== field.defaultValue;
  field.addEventListener("focus", () => { touched = true; });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (!touched) field.setSelectionRange(field.value.length, field.value.length);
    insert(button.dataset.insert, field);
  });
}
