"""Back, Refresh, a double click and a second tab on every screen: nothing lost, nothing doubled."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from letters.journey import SECONDS_A_PERSON_NEEDS
from tests.browser.test_rehearsal_journey import AUSTIN, CHEYENNE

COUNT = """
import json
from campaign.encryption import email_hash
from letters.models import Delivery, Letter, Notice
letters = Letter.objects.filter(signatory__email_hash=email_hash("{email}"))
codes = Notice.objects.filter(letter__in=letters, kind="code")
deliveries = Delivery.objects.filter(letter__in=letters)
print(json.dumps([letters.count(), deliveries.count(), codes.count()]))
"""
ONE_LETTER = {"letters": 1, "deliveries": 3, "codes": 1}
WORDS = "My cousin is in prison in Hrodna."
OWN = "Your own words (optional)"


def written(supporter) -> dict[str, int]:
    script = COUNT.format(email=supporter.email)
    said = supporter.installation.manage("shell", "--no-imports", "-c", script)
    return dict(zip(ONE_LETTER, json.loads(said.splitlines()[-1]), strict=True))


def heading(page: Page):
    return page.get_by_role("heading", level=1)


@pytest.fixture
def answered_posts(supporter) -> list[int]:
    """Every POST's status. A page that answers one is what a browser asks to send again."""
    answers = []
    supporter.page.on(
        "response", lambda seen: seen.request.method == "POST" and answers.append(seen.status)
    )
    return answers


def refresh(page: Page) -> None:
    """The same screen, without a word of an error."""
    before = heading(page).inner_text()
    page.reload()
    expect(heading(page)).to_have_text(before)
    expect(page.get_by_role("alert")).to_have_count(0)


def there_and_back(page: Page) -> None:
    """The browser's own buttons: back one page, and forward again."""
    before = heading(page).inner_text()
    page.go_back()
    expect(heading(page)).not_to_have_text(before)
    page.reload()
    page.go_forward()
    expect(heading(page)).to_have_text(before)


def test_every_screen_can_be_refreshed_and_left_by_the_back_button(supporter, answered_posts):
    page = supporter.page
    supporter.begin()
    refresh(page)
    there_and_back(page)
    supporter.find(**AUSTIN)
    expect(heading(page)).to_have_text("Your offices")
    refresh(page)
    there_and_back(page)
    page.get_by_role("checkbox").last.uncheck()
    supporter.press("Continue to the letter")
    expect(heading(page)).to_have_text("Your letter")
    refresh(page)
    there_and_back(page)
    page.get_by_label(OWN).fill(WORDS)
    supporter.press("See what each office will receive")
    expect(page.get_by_text(WORDS).first).to_be_visible()
    refresh(page)
    there_and_back(page)
    supporter.go("Continue")
    expect(heading(page)).to_have_text("Who are you?")
    refresh(page)
    there_and_back(page)
    supporter.sign(title="Ms.")
    refresh(page)
    page.go_back()
    expect(heading(page)).to_have_text("Your code")
    page.go_forward()
    supporter.go("Wrong e-mail? Change it")
    refresh(page)
    there_and_back(page)
    supporter.go("Back")
    supporter.confirm()
    refresh(page)
    page.go_back()
    page.go_back()
    expect(heading(page)).to_have_text(re.compile("What became of|Finish your letter to"))
    assert set(answered_posts) == {302}
    assert written(supporter) == {"letters": 1, "deliveries": 2, "codes": 1}


def test_whoever_walks_back_finds_everything_as_it_was_left(supporter):
    page = supporter.page
    supporter.begin()
    supporter.find(**CHEYENNE)
    page.get_by_role("checkbox").last.uncheck()
    supporter.write(own_words=WORDS)
    page.get_by_label("First name").fill("Alena")
    page.get_by_label("My initials and state").check()

    supporter.press("Back to the letter")
    expect(page.get_by_label(OWN)).to_have_value(WORDS)
    supporter.press("Back to the offices")
    assert len(supporter.offices) == 2
    supporter.go("Change my address")
    expect(page.get_by_label("Street address")).to_have_value(CHEYENNE["street"])
    expect(page.get_by_label("ZIP code")).to_have_value(CHEYENNE["zip"])
    supporter.press("Find my offices")
    supporter.press("Continue to the letter")
    expect(page.get_by_label(OWN)).to_have_value(WORDS)
    supporter.press("Continue")
    expect(page.get_by_label("First name")).to_have_value("Alena")
    expect(page.get_by_label("My initials and state")).to_be_checked()


def double_click(page: Page, name: str, *, then: str) -> None:
    page.get_by_role("button", name=name, exact=True).dblclick()
    expect(heading(page)).to_have_text(re.compile(then))
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_double_click_on_every_button_does_what_one_click_does(supporter):
    page = supporter.page
    supporter.begin()
    page.get_by_label("Street address").fill(AUSTIN["street"])
    page.get_by_label("ZIP code").fill(AUSTIN["zip"])
    double_click(page, "Find my offices", then="Your offices")
    double_click(page, "Continue to the letter", then="Your letter")
    double_click(page, "Back to the offices", then="Your offices")
    double_click(page, "Continue to the letter", then="Your letter")
    double_click(page, "Continue", then="Who are you?")
    double_click(page, "Back to the letter", then="Your letter")
    double_click(page, "Continue", then="Who are you?")
    page.get_by_label("Title").select_option("Ms.")
    page.get_by_label("First name").fill("Alena")
    page.get_by_label("Last name").fill("Taylor")
    page.get_by_role("textbox", name="E-mail").fill(supporter.email)
    page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
    double_click(page, "Send me the code", then="Your code")
    assert written(supporter) == ONE_LETTER
    double_click(page, "Send a new code", then="Your code")
    codes = written(supporter)["codes"]
    assert codes <= 2
    supporter.installation.wait_for(
        lambda: sum(supporter.email in mail for mail in supporter.installation.mails()) == codes
    )
    page.get_by_label("Six-digit code").fill(supporter.installation.code_for(supporter.email))
    double_click(page, "Confirm my letter", then="Finish your letter to")
    first = heading(page).inner_text()
    double_click(page, "I sent it", then="Finish your letter to")
    expect(heading(page)).not_to_have_text(first)
    double_click(page, "I sent it", then="What became of your letter")
    supporter.expect_states(accepted=1, said_sent=2)


def test_a_second_tab_writes_no_second_letter(supporter):
    page = supporter.page
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.press("Continue to the letter")
    tab = replace(supporter, page=page.context.new_page())
    tab.email = supporter.email
    tab.page.goto(page.url)
    tab.page.get_by_label(OWN).fill(WORDS)
    tab.press("Continue")
    late = page.context.new_page()
    late.goto(tab.page.url)
    tab.sign(title="Ms.")

    # The two tabs that were left behind.
    supporter.press("Continue")
    expect(heading(page)).to_have_text("Your code")
    late.get_by_label("First name").fill("Somebody")
    late.get_by_role("button", name="Send me the code").click()
    expect(heading(late)).to_have_text("Your code")
    tab.confirm()
    page.reload()
    expect(heading(page)).to_have_text("What became of your letter")
    assert written(supporter) == ONE_LETTER


def test_behind_a_closed_receipt_the_back_button_shows_nothing(supporter):
    page = supporter.page
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.write(own_words=WORDS)
    supporter.sign(title="Ms.")
    supporter.confirm()
    supporter.expect_states(accepted=3)
    supporter.go("Read what was sent")
    expect(page.get_by_text(WORDS).first).to_be_visible()
    supporter.go("Back")

    supporter.press("Close this page on this device")

    expect(page.get_by_role("status").first).to_have_text("This page is closed on this device.")
    for _ in range(5):
        page.go_back()
        expect(page.get_by_text(re.compile(f"{WORDS}|Taylor|{supporter.email}"))).to_have_count(0)
        expect(page.get_by_role("link", name="Read what was sent")).to_have_count(0)
