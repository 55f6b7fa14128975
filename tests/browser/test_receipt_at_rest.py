"""A receipt and a letter that nobody touches: nothing moves, and paper has the letter alone."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.looking import TELL_OF_SHIFTS
from tests.browser.staging import stage_accepted, stage_waiting
from tests.browser.walk import Walk

LETTER = {"format": "Letter", "print_background": False}


@pytest.fixture
def walk(open_page, installation):
    """As far as the receipt; the window tells what moves from then on."""
    page = open_page()
    page.add_init_script(TELL_OF_SHIFTS)
    walk = Walk(page=page, installation=installation, language="be")
    walk.choose_language()
    for name in walk.journey():
        if name == "receipt":
            break
    return walk


def test_a_receipt_does_not_move_while_it_is_looked_at_and_its_letters_leave(walk):
    stage_waiting(walk.installation, walk.token)
    walk.page.goto(walk.receipt)
    walk.page.locator(".offices").scroll_into_view_if_needed()
    before = walk.page.locator("#states").inner_text()
    stage_accepted(walk.installation, walk.token)
    walk.page.locator("[data-changing=no]").wait_for(state="attached")
    assert walk.page.locator("#states").inner_text() != before
    assert not walk.page.evaluate("window.shifts")


def test_what_is_printed_is_the_letter_alone_each_office_on_a_page_of_its_own(walk):
    walk.page.goto(f"{walk.receipt}text/")
    offices = walk.page.locator(".panel summary strong").all_inner_texts()
    pages = PdfReader(io.BytesIO(walk.page.pdf(**LETTER))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    firsts = [text for text in texts if text.startswith(tuple(offices))]
    assert len(firsts) == len(offices) == 3
    assert all("Dear " in text for text in firsts)
    assert not any(walk.page.locator("h1").inner_text() in text for text in texts)
    walk.page.emulate_media(media="print")
    for left_out in (".site-header", ".site-footer", ".rehearsal", ".btn"):
        assert not walk.page.locator(left_out).first.is_visible()
