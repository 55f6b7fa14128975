// Counts the letter while it is written. The server counts again, and its word holds.
const counter = document.querySelector("[data-counts]");
const fields = counter.dataset.counts.split(" ").map((id) => document.getElementById(id));
const limit = Number(counter.dataset.limit);
const number = new Intl.NumberFormat(document.documentElement.lang);

// Code points, as the server counts them; a form's own count is stricter, and a line break is two.
const lengthOf = counter.dataset.countsLike === "form"
  ? (text) => text.length + text.split("\n").length - 1
  : (text) => [...text].length;

function count() {
  const length = fields.reduce((sum, field) => sum + lengthOf(field.value), 0);
  counter.textContent = counter.dataset.words
    .replace("{count}", number.format(length))
    .replace("{limit}", number.format(limit));
  counter.classList.toggle("counter-over", length > limit);
}

document.querySelectorAll("[data-without-script]").forEach((each) => { each.hidden = true; });
fields.forEach((field) => field.addEventListener("input", count));
count();
