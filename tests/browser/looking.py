"""What is looked for on every screen: each look returns sentences, none of them if all is well."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, TimeoutError

from tests.browser.window import PHONE

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NARROWEST = {"width": 320, "height": 800}
PATIENCE = 2_000
# Half a desk's screen, as many have it beside another window.
TABLET = {"width": 768, "height": 1024}

# Before anything is painted. What moves because of a press, a key or a new size is not counted.
TELL_OF_SHIFTS = """
window.shifts = [];
window.shiftObserver = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const moved = entry.sources.map(({ node }) => (node?.parentElement || node)?.outerHTML);
    window.shifts.push(`moved by ${entry.value.toFixed(4)}: ${String(moved[0]).slice(0, 120)}`);
  }
});
window.shiftObserver.observe({ type: "layout-shift", buffered: true });
"""
# What has moved because of the looks themselves: the next one may come to the same page.
FORGET_SHIFTS = """
async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  window.shiftObserver.takeRecords();
  window.shifts.length = 0;
}
"""
INLINE = """
() => [...document.querySelectorAll("*")]
  .filter((each) => each.matches("style, script:not([src]), [style]:not([style=''])") ||
    each.getAttributeNames().some((name) => name.startsWith("on")))
  .map((each) => `inline script or style: ${each.outerHTML.slice(0, 120)}`)
"""
# Links inside a sentence are as high as their line: WCAG excepts them. What a browser draws as a
# box is hit by its label.
TOO_LOW = """
() => [...document.querySelectorAll("a, button, summary, select, textarea, input, label")]
  .filter((each) => each.checkVisibility() && !each.closest(".aside-field, .skip-link"))
  .filter((each) => !["checkbox", "radio", "hidden"].includes(each.type))
  .filter((each) => each.localName !== "label" ||
    ["checkbox", "radio"].includes(each.control?.type))
  .filter((each) => each.localName !== "a" ||
    each.parentElement.innerText.trim() === each.innerText.trim())
  .filter((each) => each.getBoundingClientRect().height < 43.9)
  .map((each) => `too low for a thumb: ${each.outerHTML.slice(0, 120)}`)
"""
# On a phone everything stands under what is read before it; the same row may start a bit higher.
OUT_OF_ORDER = """
() => {
  const told = [];
  let lowest = -Infinity;
  for (const each of document.querySelectorAll("main :is(h1, h2, h3, p, li, label, a, button)")) {
    if (!each.checkVisibility() || each.closest(".aside-field")) continue;
    const top = each.getBoundingClientRect().top;
    if (top < lowest - 24) told.push(`read later, stands higher: ${each.outerHTML.slice(0, 120)}`);
    lowest = top;
  }
  return told;
}
"""
# A name may be in English anywhere; three small words in a row are a sentence.
ENGLISH_UNMARKED = r"""
() => {
  const language = (node) => node.closest("[lang]")?.lang;
  const english = /(?:\b[a-z]{2,}[ ,]+){3}/;
  const told = [];
  if (document.documentElement.lang === "en") return told;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (english.test(data) && language(parentElement) !== "en") told.push(data.trim());
  }
  for (const field of document.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (english.test(field.value) && language(field) !== "en") told.push(field.outerHTML);
  }
  return told.map((text) => `English that is not marked: ${text.slice(0, 120)}`);
}
"""
ERRORS_UNTOLD = """
() => {
  const told = [];
  const summary = document.querySelector(".error-summary");
  if (!summary) return told;
  for (const link of summary.querySelectorAll("a[href^='#']")) {
    const field = document.querySelector(link.hash);
    if (!field) told.push(`leads nowhere: ${link.outerHTML}`);
    else if (field.tabIndex < 0 && !field.hasAttribute("tabindex")) told.push(link.outerHTML);
  }
  for (const field of document.querySelectorAll(".is-invalid")) {
    const ids = (field.getAttribute("aria-describedby") || "").split(" ");
    const words = ids.map((id) => document.getElementById(id)?.innerText || "").join(" ");
    const said = [...summary.querySelectorAll("a")].some((a) => words.includes(a.innerText));
    if (!said) told.push(`does not say what is wrong with it: ${field.outerHTML}`);
  }
  return told;
}
"""
SIDEWAYS = """
() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > clientWidth)
    .map((each) => each.outerHTML.slice(0, 120));
  return [`sideways scroll, ${scrollWidth} > ${clientWidth}: ${wide.pop()}`];
}
"""
HEADER_OVERLAPS = """
() => {
  const [name, languages] = document.querySelectorAll(".site-header :is(a, .languages)");
  if (!languages) return [];
  const words = document.createRange();
  words.selectNodeContents(name);
  const [one, other] = [words, languages].map((each) => each.getBoundingClientRect());
  const beside = one.right <= other.left + 1 || one.bottom <= other.top + 1;
  return beside ? [] : ["the name in the header lies over the languages"];
}
"""
CUT_OFF = """
() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility() && !each.matches("input, textarea, select"))
  .filter((each) => !each.closest(".aside-field, .visually-hidden, .skip-link"))
  .filter((each) => getComputedStyle(each).overflow !== "visible" || each.matches(".btn"))
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => `cut off: ${each.outerHTML.slice(0, 120)}`)
"""
VIOLATIONS = """
(options) => axe.run(options).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))
"""


def look(page: Page) -> list[str]:
    """Everything at once, so that a screen is come to only once; the page is left as it was."""
    page.set_viewport_size(PHONE)
    told = page.evaluate("window.shifts") + _unfocused(page)
    for question in (INLINE, TOO_LOW, OUT_OF_ORDER, ENGLISH_UNMARKED, ERRORS_UNTOLD):
        told += page.evaluate(question)
    page.evaluate(AXE_SCRIPT)
    told += _violations(page, *STANDARD)
    page.emulate_media(color_scheme="dark")
    told += [f"dark: {each}" for each in _violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROWEST)
    told += [f"at 320 px: {each}" for each in page.evaluate(SIDEWAYS) + page.evaluate(CUT_OFF)]
    told += [f"at 200 %: {each}" for each in _with_text_twice_as_large(page)]
    page.set_viewport_size(PHONE)
    page.evaluate(FORGET_SHIFTS)
    return told


def _unfocused(page: Page) -> list[str]:
    """Whoever has just been refused reads first why; until they go on to a field."""
    if not page.locator(".error-summary").count():
        return []
    try:
        page.locator("main :focus").wait_for(state="attached", timeout=PATIENCE)
    except TimeoutError:
        return ["the error summary has no focus"]
    return []


def _violations(page: Page, *rules: str) -> list[str]:
    return page.evaluate(VIOLATIONS, {"runOnly": rules, "resultTypes": ["violations"]})


def _with_text_twice_as_large(page: Page) -> list[str]:
    page.set_viewport_size(TABLET)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    told = page.evaluate(SIDEWAYS) + page.evaluate(CUT_OFF)
    page.set_viewport_size(PHONE)
    told += page.evaluate(SIDEWAYS) + page.evaluate(HEADER_OVERLAPS)
    page.evaluate("document.documentElement.removeAttribute('style')")
    return told
