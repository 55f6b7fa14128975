// Asks for the states again while something is on its way. Without this file: the Refresh link, or
// the browser's own.
const box = document.getElementById("states");
const told = document.getElementById("told");
const PAUSE = Number(box.dataset.pause ?? 2500);
// After ten minutes of looking, the link will do.
const LAST_LOOK = Date.now() + 10 * 60 * 1000;

function isChanging() {
  return box.querySelector("[data-changing]").dataset.changing === "yes";
}

function standingsIn(part) {
  return [...part.querySelectorAll("[data-standing]")].map((each) => each.dataset.standing);
}

// Where a link or a button leads is what it is: the part that is replaced has it again.
function aim(control) {
  return control.getAttribute("href") ?? control.form?.getAttribute("action");
}

function replaceWith(fresh) {
  const before = standingsIn(box);
  const news = standingsIn(fresh).filter((each) => !before.includes(each));
  const held = box.contains(document.activeElement) && aim(document.activeElement);
  box.replaceChildren(fresh);
  if (held) {
    const again = [...box.querySelectorAll("a, button")].find((each) => aim(each) === held);
    // Where it is gone, the next press of Tab goes on from here.
    (again ?? box).focus({ preventScroll: true });
  }
  if (news.length) told.textContent = news.join(" ");
}

async function look() {
  try {
    // A page that leads elsewhere is not the part that is looked for.
    const options = { credentials: "same-origin", redirect: "manual" };
    const answer = await fetch(box.dataset.poll, options);
    // The database is out for a moment: look again.
    if (answer.status === 503) return lookLater();
    if (!answer.ok) return;
    const { content } = Object.assign(document.createElement("template"), {
      innerHTML: await answer.text(),
    });
    if (content.textContent.trim() !== box.textContent.trim()) replaceWith(content);
  } catch {
    // No network for a moment: look again.
  }
  lookLater();
}

function lookLater() {
  if (isChanging() && Date.now() < LAST_LOOK) setTimeout(look, PAUSE);
}

lookLater();
