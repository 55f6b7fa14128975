// Says while somebody types what the server will say of the letter: letters/likeness.py has the
// same rule, in the same order, and its word holds.
const SHINGLE = 3;
const PASSAGE = 4;
const FEW = 4;
const PERSONAL = 20;
const PERSONAL_IF_HALF = 10;

function wordsOf(text) {
  const plain = text.normalize("NFC").toLowerCase().replace(/['’ʼ]/g, "");
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function shinglesOf(text) {
  return text.split(/_{3,}/).flatMap((piece) => {
    const words = wordsOf(piece);
    return words.slice(SHINGLE - 1).map((_, start) => words.slice(start, start + SHINGLE).join(" "));
  });
}

function isNew(words, shingles) {
  const fresh = words.map(() => true);
  for (let start = 0; start + SHINGLE <= words.length; start += 1) {
    if (shingles.has(words.slice(start, start + SHINGLE).join(" "))) {
      fresh.fill(false, start, start + SHINGLE);
    }
  }
  return fresh;
}

// How many new words stand in a row, each time that some do.
function runsOf(fresh) {
  return fresh.map(Number).join("").split("0").map((run) => run.length).filter(Boolean);
}

function likeness(texts, shingles) {
  let [total, changed, own] = [0, 0, 0];
  for (const text of texts) {
    const words = wordsOf(text);
    const runs = runsOf(isNew(words, shingles));
    total += words.length;
    changed += runs.reduce((sum, run) => sum + run, 0);
    own += runs.filter((run) => run >= PASSAGE).reduce((sum, run) => sum + run, 0);
  }
  if (own >= PERSONAL || (own >= PERSONAL_IF_HALF && 2 * own >= total)) return "personal";
  return changed >= FEW ? "edited" : "form";
}

for (const meter of document.querySelectorAll("[data-meter]")) {
  const fields = meter.dataset.meter.split(" ").map((id) => document.getElementById(id));
  const known = document.getElementById(meter.dataset.texts).content.querySelectorAll("p");
  const shingles = new Set([...known].flatMap((each) => shinglesOf(each.textContent)));

  const measure = () => {
    const found = likeness(fields.map((field) => field.value), shingles);
    if (meter.dataset.likeness === found) return;
    meter.dataset.likeness = found;
    for (const words of meter.querySelectorAll("[data-says]")) {
      words.hidden = words.dataset.says !== found;
    }
  };

  fields.forEach((field) => field.addEventListener("input", measure));
  measure();
}
