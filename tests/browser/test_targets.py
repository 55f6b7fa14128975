"""What a thumb has to hit: nothing that stands alone is lower than 44 pixels."""

from tests.browser.test_rehearsal_journey import AUSTIN

# Links inside a sentence are as high as their line: WCAG excepts them. What a browser draws as a
# box is hit by its label.
TOO_LOW = """
() => [...document.querySelectorAll("a, button, summary, select, textarea, input, label")]
  .filter(each => each.checkVisibility() && !each.closest(".aside-field, .skip-link"))
  .filter(each => !["checkbox", "radio", "hidden"].includes(each.type))
  .filter(each => each.localName !== "label" || ["checkbox", "radio"].includes(each.control?.type))
  .filter(each => each.localName !== "a" ||
    each.parentElement.innerText.trim() === each.innerText.trim())
  .filter(each => each.getBoundingClientRect().height < 44)
  .map(each => `${each.innerText || each.name} ${each.getBoundingClientRect().height}`)
"""


def test_everything_that_stands_alone_can_be_hit_with_a_thumb(supporter):
    page, low = supporter.page, {}

    def look() -> None:
        if found := page.evaluate(TOO_LOW):
            low[page.url] = found

    supporter.begin()
    look()
    supporter.find(**AUSTIN)
    look()
    supporter.go("My address is in another state")
    look()
    supporter.go("Back to the offices that were found")
    supporter.press("Continue to the letter")
    look()
    supporter.press("See what each office will receive")
    look()
    supporter.go("Continue")
    page.get_by_text("Choose organizations").click()
    look()
    page.get_by_text("Choose organizations").click()
    supporter.sign(title="Ms.")
    look()
    supporter.confirm()
    look()
    page.get_by_role("link", name="Finish: ").first.click()
    look()
    assert not low
