"""What is typed into the letter survives a closed tab, on the supporter's device and wish alone."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_rehearsal_journey import CHEYENNE

WORDS = "My cousin is in prison in Hrodna."
OWN, STATEMENT = "Your own words (optional)", "The organizations' statement"
BOX = "Keep my words on this device, in case this page closes"
BACK = re.compile(r"Your words from \d+/\d+/\d+, .+ are back\.")
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"
EIGHT_DAYS_OLDER = """
const draft = JSON.parse(localStorage.getItem("draft:may-21"));
draft.at -= 8 * 24 * 60 * 60 * 1000;
localStorage.setItem("draft:may-21", JSON.stringify(draft));
"""
# As a browser that was told to let no page keep anything.
KEEP_NOTHING = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""


def open_letter(supporter) -> Page:
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.press("Continue to the letter")
    expect(supporter.page.get_by_role("heading", level=1)).to_have_text("Your letter")
    return supporter.page


def come_back(supporter):
    """The tab was closed, and the session is over; the same browser walks to the letter anew."""
    context = supporter.page.context
    supporter.page.close()
    context.clear_cookies()
    again = replace(supporter, page=context.new_page())
    open_letter(again)
    return again


@pytest.fixture
def letter(supporter) -> Page:
    return open_letter(supporter)


def test_words_survive_a_closed_tab_where_the_box_says_so(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)

    page = come_back(supporter).page

    expect(page.get_by_label(OWN)).to_have_value(WORDS)
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.get_by_label(BOX)).to_be_checked()
    # Whatever counts letters has counted them.
    expect(page.get_by_text(f"{len(WORDS)} of ").first).to_be_visible()


def test_words_that_stand_there_already_are_kept_as_the_box_is_ticked(supporter, letter):
    letter.get_by_label(OWN).fill(WORDS)
    letter.get_by_label(BOX).check()

    expect(come_back(supporter).page.get_by_label(OWN)).to_have_value(WORDS)


def test_nothing_is_kept_unless_the_box_is_ticked(supporter, letter):
    letter.get_by_label(OWN).fill(WORDS)
    assert letter.evaluate(KEPT) == []

    page = come_back(supporter).page

    expect(page.get_by_label(BOX)).not_to_be_checked()
    expect(page.get_by_label(OWN)).to_have_value("")
    expect(page.get_by_text(BACK)).to_be_hidden()


def test_unticking_forgets(letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)

    letter.get_by_label(BOX).uncheck()

    assert letter.evaluate(KEPT) == []
    letter.get_by_label(OWN).fill("Other words.")
    assert letter.evaluate(KEPT) == []


def test_what_came_back_can_be_forgotten(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)
    page = come_back(supporter).page

    page.get_by_role("button", name="Forget them").click()

    expect(page.get_by_label(OWN)).to_have_value("")
    expect(page.get_by_text(BACK)).to_be_hidden()
    expect(page.get_by_label(BOX)).not_to_be_checked()
    assert page.evaluate(KEPT) == []


def test_a_statement_of_the_same_figures_comes_back(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_text("read or change it").click()
    letter.get_by_label(STATEMENT).fill("Please speak up for all of them.")

    page = come_back(supporter).page

    expect(page.get_by_label(STATEMENT)).to_have_value("Please speak up for all of them.")


def test_a_statement_of_older_figures_stays_away_and_the_words_come_back(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)
    letter.get_by_text("read or change it").click()
    letter.get_by_label(STATEMENT).fill("They wait for 830 days.")
    letter.evaluate(
        "localStorage['draft:may-21'] ="
        " localStorage['draft:may-21'].replace(/(\"shown\":\")(?=[^\"])/g, '$1An older one. ')"
    )

    page = come_back(supporter).page

    expect(page.get_by_label(OWN)).to_have_value(WORDS)
    expect(page.get_by_label(STATEMENT)).not_to_have_value("They wait for 830 days.")
    expect(page.get_by_text("do not come back: its figures are others")).to_be_visible()


def test_what_reached_the_server_is_not_written_over(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)
    supporter.press("Continue")
    expect(letter.get_by_role("heading", level=1)).to_have_text("Who are you?")
    letter.evaluate(
        "localStorage['draft:may-21'] = localStorage['draft:may-21'].replace('Hrodna', 'Minsk')"
    )

    supporter.press("Back to the letter")

    expect(letter.get_by_label(OWN)).to_have_value(WORDS)
    expect(letter.get_by_text(BACK)).to_be_hidden()


def test_a_confirmed_letter_leaves_nothing_behind(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)
    supporter.press("Continue")
    supporter.sign(title="Ms.")
    assert letter.evaluate(KEPT) == ["draft:may-21"]

    supporter.confirm()

    assert letter.evaluate(KEPT) == []


def test_after_a_week_nothing_comes_back(supporter, letter):
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)
    letter.evaluate(EIGHT_DAYS_OLDER)

    page = come_back(supporter).page

    expect(page.get_by_label(OWN)).to_have_value("")
    assert page.evaluate(KEPT) == []


def test_a_browser_that_keeps_nothing_says_so(supporter):
    supporter.page.add_init_script(KEEP_NOTHING)
    page = open_letter(supporter)

    page.get_by_text(BOX).click()

    expect(page.get_by_text("This browser does not let us keep them.")).to_be_visible()
    expect(page.get_by_label(BOX)).not_to_be_checked()


def test_without_javascript_nothing_is_offered(supporter_without_javascript):
    page = open_letter(supporter_without_javascript)

    expect(page.get_by_label(BOX)).to_be_hidden()


def test_a_letter_says_nothing_of_the_box(supporter, letter):
    """What the device keeps never leaves it."""
    letter.get_by_label(BOX).check()
    letter.get_by_label(OWN).fill(WORDS)
    with letter.expect_request(lambda asked: asked.method == "POST") as posted:
        supporter.press("Continue")
    names = {part.partition("=")[0] for part in posted.value.post_data.split("&")}
    assert "own_words" in names
    assert not [name for name in names if "draft" in name]
