// Asks for the states again while something is on its way. Without this file: the Refresh link.
const box = document.getElementById("states");
const PAUSE = 2500;
// After ten minutes of looking, the link will do.
const LAST_LOOK = Date.now() + 10 * 60 * 1000;

function isChanging() {
  return box.querySelector("[data-changing]").dataset.changing === "yes";
}

async function look() {
  try {
    const answer = await fetch(box.dataset.poll, { credentials: "same-origin" });
    // The database is out for a moment: look again.
    if (answer.status === 503) return lookLater();
    if (!answer.ok) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    if (fresh.content.textContent !== box.textContent) {
      box.replaceChildren(fresh.content);
    }
  } catch {
    // No network for a moment: look again.
  }
  lookLater();
}

function lookLater() {
  if (isChanging() && Date.now() < LAST_LOOK) setTimeout(look, PAUSE);
}

lookLater();
