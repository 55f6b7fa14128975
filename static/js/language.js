// Another language keeps what is typed: the page's own form carries the choice along.
const form = document.querySelector("form[data-keeps]");

for (const button of document.querySelectorAll(".languages button")) {
  if (!form) break;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    for (const [name, value] of new FormData(button.form, button)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  });
}
