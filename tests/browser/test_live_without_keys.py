"""The first day of a live campaign, on which no gateway has given a key yet."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

CHEYENNE = {"street": "2020 Carey Ave", "zip": "82001"}


@pytest.fixture(scope="module")
def variables():
    return {"DELIVERY_MODE": "live"}


def act_on_all(page: Page, path: str, action: str) -> None:
    """Ticks every row of an admin list and runs an action on them."""
    page.goto(path)
    page.get_by_label("Select all objects on this page for an action").check()
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()


def open_the_campaign(organizer: Page) -> None:
    act_on_all(organizer, "/admin/campaign/fact/", "Mark as reviewed")
    expect(organizer.get_by_text("facts are reviewed")).to_be_visible()
    act_on_all(
        organizer, "/admin/representatives/snapshot/?kind=roster", "Take responsibility for its age"
    )
    organizer.goto("/admin/campaign/campaign/")
    organizer.get_by_role("link", name="May 21").first.click()
    # Django's admin labels the pair of them, not each.
    organizer.locator("#id_closes_at_0").fill(f"{timezone.now() + timedelta(days=365):%Y-%m-%d}")
    organizer.locator("#id_closes_at_1").fill("12:00:00")
    organizer.get_by_role("button", name="Save", exact=True).click()
    act_on_all(organizer, "/admin/campaign/campaign/", "Open live")
    expect(organizer.get_by_text("is live.")).to_be_visible()


def answer_for_the_offices(page: Page) -> None:
    """An official form of ours, whatever address is asked for: nothing reaches an office."""
    form = "<!doctype html><label>Message <textarea rows=20></textarea></label>"
    page.context.route(
        re.compile(r"^https://[^/]*\.gov/"),
        lambda route: route.fulfill(body=form, content_type="text/html"),
    )


def finish_in_the_form(page: Page) -> None:
    """Two taps outside the form: one that copies and opens it, one that says it was sent."""
    office, message = page.url, page.get_by_label("Message").input_value()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Copy the message and open the").click()
    field = opened.value.get_by_label("Message")
    field.press("ControlOrMeta+v")
    assert field.input_value() == message
    assert "Ніна Škłoŭ\n\nin Hrodna" in message
    opened.value.close()
    page.get_by_role("button", name="I sent it", exact=True).click()
    expect(page).not_to_have_url(office)


def test_a_campaign_opens_live_and_a_supporter_finishes_every_letter(organizer, supporter):
    supporter.page.goto("/")
    expect(supporter.page.get_by_role("link", name="Write my letter")).to_have_count(0)
    open_the_campaign(organizer)
    supporter.begin()
    expect(supporter.page.get_by_text("nothing reaches Congress")).to_have_count(0)
    supporter.find(**CHEYENNE)
    supporter.write(own_words="I worry about Ніна Škłoŭ\n\nin Hrodna.")
    supporter.press("Continue anyway")
    supporter.sign()
    supporter.confirm()
    supporter.expect_states(needing_you=3)
    answer_for_the_offices(supporter.page)
    supporter.page.get_by_role("link", name="Finish: ").first.click()
    for _office in range(3):
        finish_in_the_form(supporter.page)
    supporter.expect_states(said_sent=3)
    organizer.goto("/admin/desk/counts/may-21/")
    tile = organizer.locator(".desk-tiles li").filter(has_text="self-reported")
    expect(tile.locator("strong")).to_have_text("3")
    accepted = organizer.locator(".desk-tiles li").filter(has_text="accepted")
    expect(accepted.locator("strong")).to_have_text("0")
