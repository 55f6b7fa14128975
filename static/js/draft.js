// Keeps what is typed into the letter in this browser alone, while its box is ticked: until it is
// unticked, the letter is confirmed, or a week has gone. Without scripts the box is not shown.
const DRAFT = "draft:";
const DRAFT_LIFE = 7 * 24 * 60 * 60 * 1000;

function draftOf(slug) {
  try {
    const draft = JSON.parse(localStorage.getItem(DRAFT + slug));
    return draft && Date.now() - draft.at < DRAFT_LIFE ? draft : null;
  } catch {
    return null;
  }
}

function offerDraft(box) {
  const { slug } = box.dataset;
  const tick = box.querySelector("input");
  const part = (name) => box.querySelector(`[data-part=${name}]`);
  const fields = box.dataset.fields.split(" ").map((id) => document.getElementById(id));
  const [ownWords] = fields;
  // Field → its text, and the text that the page had shown there.
  let kept = {};

  function forget() {
    localStorage.removeItem(DRAFT + slug);
    kept = {};
    tick.checked = false;
    part("told").hidden = true;
  }

  function keep(changed) {
    for (const { id, value, defaultValue } of changed) {
      kept[id] = { text: value, shown: kept[id]?.shown ?? defaultValue };
    }
    try {
      localStorage.setItem(DRAFT + slug, JSON.stringify({ at: Date.now(), kept }));
    } catch {
      forget();
      part("refused").hidden = false;
    }
  }

  function write(field, text) {
    field.value = text;
    // Whatever counts the letters counts these as well.
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function bringBack(draft) {
    kept = draft.kept;
    tick.checked = true;
    // What reached the server is newer, and on the page already.
    if (ownWords.value) return;
    const missing = fields.filter(({ id, value }) => id in kept && kept[id].text !== value);
    // The statement's figures may be others by now: an old one would go out under today's date.
    const fits = (field) => field === ownWords || field.defaultValue === kept[field.id].shown;
    const back = missing.filter(fits);
    back.forEach((field) => write(field, kept[field.id].text));
    part("outdated").hidden = back.length === missing.length;
    part("told").hidden = !missing.length;
    // Not every browser knows Belarusian, whose dates and numbers are written as Russian ones.
    const language = [document.documentElement.lang, "ru"];
    const style = { dateStyle: "short", timeStyle: "short" };
    const when = new Intl.DateTimeFormat(language, style).format(draft.at);
    part("back").textContent = part("back").textContent.replace("{when}", when);
    part("back").hidden = !back.length;
    part("forget").addEventListener("click", () => {
      forget();
      back.forEach((field) => write(field, field.defaultValue));
      tick.focus();
    });
  }

  const draft = draftOf(slug);
  if (draft) bringBack(draft);
  const follow = () => {
    if (!tick.checked) return forget();
    part("refused").hidden = true;
    keep(fields.filter((each) => each === ownWords || each.value !== each.defaultValue));
  };
  tick.addEventListener("change", follow);
  // Ticked before this file had come.
  if (tick.checked && !draft) follow();
  for (const field of fields) {
    field.addEventListener("input", () => tick.checked && keep([field]));
  }
}

try {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(DRAFT))) {
    if (!draftOf(key.slice(DRAFT.length))) localStorage.removeItem(key);
  }
  for (const each of document.querySelectorAll("[data-draft-is-over]")) {
    localStorage.removeItem(DRAFT + each.dataset.draftIsOver);
  }
  document.querySelectorAll("[data-draft]").forEach(offerDraft);
} catch {
  // A browser that lets no page keep anything: nothing is offered.
  document.querySelectorAll("[data-draft]").forEach((box) => { box.hidden = true; });
}
