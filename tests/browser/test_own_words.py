"""The letter's screen on a phone: prompts, the meter and the warning, with and without scripts."""

import pytest
from playwright.sync_api import expect

from letters.likeness import likeness
from tests.browser.looking import TOO_LOW
from tests.browser.test_rehearsal_journey import CHEYENNE
from tests.letters.test_likeness import SENTENCES

OWN_WORDS = "Your own words (optional)"
MATTERS = "Why it matters to me"
SHOWN = ".meter p:not([hidden]) strong"


def at_letter(supporter):
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.press("Continue to the letter")
    return supporter.page


def unfold(page, words: str) -> None:
    page.locator("summary").get_by_text(words).click()


def prompt(page, label: str):
    return page.get_by_role("button", name=label)


def marked(page) -> str:
    return page.evaluate(
        """() => {
        const field = document.activeElement;
        return field.value.slice(field.selectionStart, field.selectionEnd);
        }"""
    )


def test_a_prompt_stands_at_the_cursor_with_its_blank_marked(supporter):
    page = at_letter(supporter)
    field = page.get_by_label(OWN_WORDS)
    field.fill("I live here. Thank you.")
    field.evaluate("field => field.setSelectionRange(12, 12)")
    unfold(page, "Sentences to begin with")
    prompt(page, MATTERS).click()

    expect(field).to_have_value(
        "I live here. This matters to me because ___. Thank you.",
    )
    assert marked(page) == "___"
    page.keyboard.type("I vote")
    expect(field).to_have_value("I live here. This matters to me because I vote. Thank you.")


def test_a_cursor_that_was_set_before_the_script_came_is_where_a_prompt_goes(supporter):
    held_back = []
    supporter.page.route("**/prompts*.js", lambda route: held_back.append(route))
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.page.get_by_role("button", name="Continue to the letter").click(no_wait_after=True)
    page, field = supporter.page, supporter.page.get_by_label(OWN_WORDS)
    field.fill("I live here. Thank you.")
    field.evaluate("field => { field.setSelectionRange(12, 12); field.blur(); }")
    held_back[0].continue_()
    page.wait_for_load_state("load")
    unfold(page, "Sentences to begin with")
    prompt(page, MATTERS).click()

    expect(field).to_have_value("I live here. This matters to me because ___. Thank you.")


def test_a_prompt_follows_what_was_written_before_the_page_was_shown(supporter):
    page = at_letter(supporter)
    page.get_by_label(OWN_WORDS).fill("I live here.")
    supporter.press("Back to the offices")
    supporter.press("Continue to the letter")
    unfold(page, "Sentences to begin with")
    prompt(page, MATTERS).click()

    expect(page.get_by_label(OWN_WORDS)).to_have_value(
        "I live here. This matters to me because ___."
    )


def test_a_blank_that_is_left_is_told_and_the_page_stays(supporter):
    page = at_letter(supporter)
    unfold(page, "Sentences to begin with")
    prompt(page, MATTERS).click()
    supporter.press("Continue")

    expect(page.get_by_text("Put words of your own where ___ stands").first).to_be_visible()


def test_enter_in_the_subject_takes_no_prompt(supporter):
    page = at_letter(supporter)
    page.get_by_label("Subject").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")


def test_without_javascript_prompts_meter_and_warning_work(supporter_without_javascript):
    supporter = supporter_without_javascript
    page = at_letter(supporter)
    expect(page.locator(SHOWN)).to_have_text("Form letter.")
    unfold(page, "Sentences to begin with")
    prompt(page, MATTERS).click()
    field = page.get_by_label(OWN_WORDS)
    expect(field).to_have_value("This matters to me because ___.")
    field.fill(f"{SENTENCES} My friend Andrei Ivanou is in prison.")
    supporter.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Andrei Ivanou")
    expect(page.locator(SHOWN)).to_have_text("Personal.")
    assert not page.evaluate(TOO_LOW)
    supporter.press("Continue anyway")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")


def test_everything_unfolded_can_be_hit_with_a_thumb_and_does_not_scroll_sideways(supporter):
    page = at_letter(supporter)
    unfold(page, "Sentences to begin with")
    unfold(page, "The organizations' statement")

    assert not page.evaluate(TOO_LOW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


TEXTS = [
    "",
    "Thank you.",
    "one two three",
    "one two three four",
    "My aunt is in prison in Hrodna.",
    "I live in Laramie, where I work as a nurse.",
    "Women are subject to deprivation, humiliation, and cruelty specifically targeting them.",
    " ".join(f"word{number}" for number in range(19)),
    " ".join(f"word{number}" for number in range(20)),
    "Мне важна, што ты тут: не маўчы, калі ласка, дзядзька Ян, бо мы чакаем цябе дома ўсе разам.",
    "Don’t don't “STOP”: Škłoŭ’s ½ 1,171 ①② e\u0301te\u0301 İstanbul ΣΑΣ 🕊️ a_b  c\n\nd-e " * 2,
    SENTENCES,
]


@pytest.mark.parametrize("emptied", [False, True])
def test_the_page_and_the_server_measure_alike(supporter, emptied):
    page = at_letter(supporter)
    unfold(page, "The organizations' statement")
    if emptied:
        page.get_by_label("The organizations' statement", exact=True).fill("")
    known = page.evaluate(
        """() => [...document.getElementById("campaign-texts").content.querySelectorAll("p")]
        .map(each => each.textContent)"""
    )
    statement = page.get_by_label("The organizations' statement", exact=True).input_value()

    measured = {}
    for text in TEXTS:
        page.get_by_label(OWN_WORDS).fill(text)
        measured[text] = page.locator(".meter").get_attribute("data-likeness")

    assert measured == {text: likeness((text, statement), known=known) for text in TEXTS}
    assert len(set(measured.values())) == 3


def test_an_error_has_the_focus_also_after_a_button_that_led_to_a_part_of_the_page(supporter):
    page = at_letter(supporter)
    page.get_by_label("Subject").fill("")
    supporter.press("Continue")
    supporter.press("Put the organizations' statement and subject back")
    expect(page.get_by_label("Subject")).not_to_have_value("")

    page.get_by_label(OWN_WORDS).fill("Hi")
    supporter.press("Continue")

    expect(page.locator(".error-summary")).to_be_focused()
