// The rehearsal offices' script-built forms: as the real ones they come after the page.
const place = document.querySelector("[data-form]");

function built([tag, attributes, inside]) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside.map((each) => (typeof each === "string" ? each : built(each))));
  return element;
}

async function show() {
  const answer = await fetch(place.dataset.form, { credentials: "same-origin" });
  if (!answer.ok) return;
  const form = built(await answer.json());
  place.replaceWith(form);
}

async function send(form, button) {
  const data = new FormData(form, button);
  data.append("action", "elementor_pro_forms_send_form");
  const answer = await fetch(location.href, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  const { accepted, content } = await answer.json();
  document.querySelectorAll(".office-faults").forEach((each) => each.remove());
  if (accepted) form.reset();
  form.before(built(content));
  form.previousElementSibling.scrollIntoView();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sent-by-script]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

if (place) show();
