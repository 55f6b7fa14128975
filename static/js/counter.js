// Counts the letter while it is written. The server counts again, and its word holds.
const counter = document.querySelector("[data-counts]");
const fields = counter.dataset.counts.split(" ").map((id) => document.getElementById(id));
const limit = Number(counter.dataset.limit);
const number = new Intl.NumberFormat(document.documentElement.lang);

function count() {
  // Code points, as the server counts them.
  const length = fields.reduce((sum, field) => sum + [...field.value].length, 0);
  counter.textContent = counter.dataset.words
    .replace("{count}", number.format(length))
    .replace("{limit}", number.format(limit));
  counter.classList.toggle("counter-over", length > limit);
}

fields.forEach((field) => field.addEventListener("input", count));
count();
