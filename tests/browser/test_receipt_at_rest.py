"""A receipt and a letter that nobody touches: nothing moves, and paper has the letter alone."""

import io
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.looking import TELL_OF_SHIFTS
from tests.browser.staging import stage_accepted, stage_waiting
from tests.browser.test_rehearsal_journey import CHEYENNE


@pytest.fixture
def receipt(supporter):
    """The page of somebody who reads Belarusian, whose words are the longest."""
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.write(own_words="I ask you to speak up.")
    supporter.sign(title="Ms.")
    supporter.confirm()
    supporter.expect_states(accepted=3)
    supporter.page.locator(".languages [value=be]").click()
    expect(supporter.page.locator("html")).to_have_attribute("lang", "be")
    return supporter.page


def test_a_receipt_does_not_move_while_its_letters_leave(receipt, installation):
    token = urlsplit(receipt.url).path.strip("/").split("/")[-1]
    receipt.add_init_script(TELL_OF_SHIFTS)
    stage_waiting(installation, token)
    receipt.reload()
    before = receipt.locator("#states").inner_text()
    stage_accepted(installation, token)
    receipt.locator("[data-changing=no]").wait_for(state="attached")
    assert receipt.locator("#states").inner_text() != before
    assert not receipt.evaluate("window.shifts")


def test_what_is_printed_is_the_letter_alone_each_office_on_a_page_of_its_own(receipt):
    receipt.locator("main a[href$='/text/']").click()
    receipt.wait_for_url("**/text/")
    offices = receipt.locator(".panel summary strong").all_inner_texts()
    # On such a sheet all three would have room together.
    pages = PdfReader(io.BytesIO(receipt.pdf(format="A2"))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert len(texts) == len(offices) == 3
    for text, office in zip(texts, offices, strict=True):
        assert text.startswith(f"{office} Dear ")
    receipt.emulate_media(media="print")
    for left_out in (".site-header", ".site-footer", ".rehearsal", ".btn"):
        assert not receipt.locator(left_out).first.is_visible()
