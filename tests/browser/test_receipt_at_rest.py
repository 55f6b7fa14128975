"""What somebody waits at, and a letter at rest: nothing moves, and paper has the letter alone."""

import io
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.looking import TELL_OF_SHIFTS
from tests.browser.staging import stage_accepted, stage_code, stage_each, stage_waiting
from tests.browser.test_rehearsal_journey import CHEYENNE

KEEP_WHAT_IS_SAID = """
() => {
  window.said = [];
  const line = document.getElementById("told");
  const keep = () => window.said.push(line.textContent);
  new MutationObserver(keep).observe(line, { childList: true, characterData: true });
}
"""


def token_of(page: Page) -> str:
    return urlsplit(page.url).path.strip("/").split("/")[-1]


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
    token = token_of(receipt)
    receipt.add_init_script(TELL_OF_SHIFTS)
    stage_waiting(installation, token)
    receipt.reload()
    before = receipt.locator("#states").inner_text()
    stage_accepted(installation, token)
    receipt.locator("[data-changing=no]").wait_for(state="attached")
    assert receipt.locator("#states").inner_text() != before
    assert not receipt.evaluate("window.shifts")


@pytest.fixture(params=["be", "ru", "en"])
def at_code(supporter, installation, request):
    """Somebody at the code, who has begun to type; it is still on its way to them."""
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.write(own_words="I ask you to speak up.")
    supporter.sign(title="Ms.")
    installation.code_for(supporter.email)
    stage_code(installation, supporter.email, "leaves")
    page = supporter.page
    page.locator(f".languages [value={request.param}]").click()
    expect(page.locator("html")).to_have_attribute("lang", request.param)
    page.add_init_script(TELL_OF_SHIFTS)
    page.reload()
    page.locator("[data-changing=yes]").wait_for(state="attached")
    page.locator("[name=code]").press_sequentially("12")
    return supporter


def test_who_waits_for_a_code_is_told_when_it_was_mailed_and_nothing_moves(at_code, installation):
    page, before = at_code.page, at_code.page.locator("#states").inner_text()
    stage_code(installation, at_code.email, "mailed")
    page.locator("[data-changing=no]").wait_for(state="attached")
    assert page.locator("#states").inner_text() != before
    assert not page.evaluate("window.shifts")


def test_who_waits_for_a_code_is_told_of_a_refusal_and_may_type_on(at_code, installation):
    stage_code(installation, at_code.email, "refused")
    at_code.page.get_by_role("alert").wait_for()
    expect(at_code.page.locator("[name=code]")).to_be_focused()
    expect(at_code.page.locator("[name=code]")).to_have_value("12")


@pytest.fixture
def telling(receipt, installation):
    """The same, with one office on its way; what it says aloud is kept in `window.said`."""

    def stage(*states):
        stage_each(installation, token_of(receipt), *states)

    stage("waiting", "self_reported", "needs_supporter")
    receipt.reload()
    receipt.evaluate(KEEP_WHAT_IS_SAID)
    return stage


def test_only_what_has_changed_is_read_out_and_once(receipt, telling):
    telling("accepted", "self_reported", "needs_supporter")
    receipt.locator("[data-changing=no]").wait_for(state="attached")

    office = receipt.locator(".office").first
    name, standing = office.locator("h3").inner_text(), office.locator(".standing").inner_text()
    assert receipt.evaluate("window.said") == [f"{name}: {standing}."]
    assert receipt.locator(":is([aria-live], [role=status]) .office").count() == 0


def test_the_keyboard_stays_where_it_was_while_the_states_change(receipt, telling):
    undo = receipt.locator(".office button")
    undo.focus()
    telling("accepted", "self_reported", "needs_supporter")
    receipt.locator("[data-changing=no]").wait_for(state="attached")

    expect(undo).to_be_focused()


def test_the_keyboard_stays_with_the_states_where_its_own_link_is_gone(receipt, telling):
    receipt.locator(".panel-you a").focus()
    telling("accepted", "self_reported", "handed_over")
    receipt.locator("[data-changing=no]").wait_for(state="attached")

    expect(receipt.locator("#states")).to_be_focused()


def test_what_is_printed_is_the_letter_alone_each_office_on_a_page_of_its_own(receipt):
    receipt.locator("main a[href$='/text/']").click()
    receipt.wait_for_url("**/text/")
    offices = receipt.locator(".panel summary strong").all_inner_texts()
    # On such a sheet all three would have room together.
    pages = PdfReader(io.BytesIO(receipt.pdf(format="A2"))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert len(texts) == len(offices) == 3
    for text, office in zip(texts, offices, strict=True):
        assert text.startswith(office)
        assert " Dear " in text
    receipt.emulate_media(media="print")
    for left_out in (".site-header", ".site-footer", ".rehearsal", ".btn"):
        assert not receipt.locator(left_out).first.is_visible()
