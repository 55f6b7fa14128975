// Counts each text while it is written. The server counts again, and its word holds.
// Not every browser knows Belarusian, whose numbers are written as Russian ones.
const number = new Intl.NumberFormat([document.documentElement.lang, "ru"]);

function lengthOf(text, asForm) {
  // Code points, as our server counts them; an office's form counts as browsers do, and a line
  // break is two characters there.
  return asForm ? text.length + text.split("\n").length - 1 : [...text].length;
}

for (const counter of document.querySelectorAll("[data-counts]")) {
  const fields = counter.dataset.counts.split(" ").map((id) => document.getElementById(id));
  const limit = Number(counter.dataset.limit);
  const asForm = counter.dataset.countsAs === "form";

  const count = () => {
    const length = fields.reduce((sum, field) => sum + lengthOf(field.value, asForm), 0);
    counter.textContent = counter.dataset.words
      .replace("{count}", number.format(length))
      .replace("{limit}", number.format(limit));
    counter.classList.toggle("counter-over", length > limit);
    // A screen reader that told every letter could not be listened to.
    counter.setAttribute("aria-live", length > limit ? "polite" : "off");
  };

  fields.forEach((field) => field.addEventListener("input", count));
  count();
}

document.querySelectorAll("[data-without-script]").forEach((each) => { each.hidden = true; });
