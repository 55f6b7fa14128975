"""The whole journey, from the front page to the counts, against the rehearsal Congress."""

import csv

import pytest
from playwright.sync_api import expect

CHEYENNE = {"street": "2020 Carey Ave", "zip": "82001"}
AUSTIN = {"street": "1100 Congress Ave", "zip": "78701"}
CHICAGO = {"street": "2001 N Clark St", "zip": "60614"}
BAZA = "Belarusian American Association (BAZA)"
CAMPAIGN = "May 21: for the political prisoners of Belarus"


def tiles(organizer) -> dict[str, str]:
    """Label → number, on the page of send counts."""
    organizer.goto("/admin/desk/counts/may-21/")
    numbers = {}
    for tile in organizer.locator(".desk-tiles li").all():
        number = tile.locator("strong").inner_text()
        numbers[tile.inner_text().removeprefix(number).strip()] = number
    return numbers


def test_three_offices_accept_a_letter_from_cheyenne(supporter):
    supporter.begin()
    supporter.find(**CHEYENNE)
    assert len(supporter.offices) == 3
    supporter.write(own_words="My grandmother lives in Hrodna, and I worry about her.")
    supporter.sign(title="Ms.")
    supporter.confirm()
    supporter.expect_states(accepted=3)


def test_what_was_accepted_is_counted_at_the_desk(supporter, organizer):
    before = tiles(organizer)
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.write()
    supporter.sign(title="Mr.")
    supporter.confirm()
    supporter.expect_states(accepted=3)
    after = tiles(organizer)
    assert int(after["accepted"]) - int(before["accepted"]) == 3


def test_an_organization_that_was_ticked_gets_the_name_and_another_does_not(
    supporter, organizer, tmp_path
):
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.write()
    supporter.sign(title="Ms.", allowing=BAZA)
    supporter.confirm()
    organizer.goto("/organizations/")
    exports = {}
    for name in (BAZA, "Belarusians in Chicago"):
        organizer.goto("/organizations/")
        section = organizer.locator("section").filter(has_text=name)
        section.get_by_role("link", name=CAMPAIGN).click()
        organizer.get_by_label("What do you need the list for?").fill("A test")
        with organizer.expect_download() as download:
            organizer.get_by_role("button", name="Download the list (CSV)").click()
        path = tmp_path / name
        download.value.save_as(path)
        exports[name] = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    emails = {name: {row["email"] for row in rows} for name, rows in exports.items()}
    assert supporter.email in emails[BAZA]
    assert supporter.email not in emails["Belarusians in Chicago"]


def test_texas_senators_who_are_not_listed_need_the_supporter(supporter):
    supporter.begin()
    supporter.find(**AUSTIN)
    assert len(supporter.offices) == 3
    supporter.write()
    supporter.sign(title="Ms.")
    supporter.confirm()
    supporter.expect_states(accepted=1, needing_you=2)
    supporter.finish_hand_offs(offices=2)
    supporter.expect_states(accepted=1, said_sent=2)


def test_a_split_zip_without_a_network_offers_candidates(supporter):
    supporter.begin()
    supporter.find(**CHICAGO)
    expect(supporter.page.get_by_role("radio")).to_have_count(4)
    supporter.page.get_by_label("I don't know").check()
    supporter.press("Continue")
    assert len(supporter.offices) == 2


def test_a_candidate_that_is_chosen_joins_the_senators(supporter):
    supporter.begin()
    supporter.find(**CHICAGO)
    supporter.page.get_by_role("radio").first.check()
    supporter.press("Continue")
    assert len(supporter.offices) == 3


def test_the_whole_journey_works_without_javascript(supporter_without_javascript):
    supporter = supporter_without_javascript
    supporter.begin()
    supporter.find(**CHEYENNE)
    supporter.write(own_words="I ask you to speak up.")
    supporter.sign(title="Ms.", allowing=BAZA)
    supporter.confirm()
    supporter.expect_states_after_refreshing(accepted=3)


def test_the_address_is_found_with_the_keyboard_alone(supporter):
    page = supporter.page
    supporter.begin()
    page.get_by_label("Street address").focus()
    for text in CHEYENNE.values():
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your offices")


@pytest.mark.parametrize("path", ["", "find/", "privacy/", "contact/", "abroad/"])
def test_a_page_fits_a_phone_and_asks_nobody_else(open_page, path):
    """What is refused is looked at as the window closes."""
    page = open_page()
    page.goto(f"/may-21/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def go_on_and_back(page, *, after: str, then: str) -> None:
    """From a page with an error, on to the next one, and back by the browser's button."""
    expect(page.get_by_role("heading", level=1)).to_have_text(then)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(after)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(then)


def test_the_back_button_leads_back_also_after_errors(supporter):
    """A page that answered a POST would be the browser's own error here (ERR_CACHE_MISS)."""
    page = supporter.page
    supporter.begin()
    supporter.find(street="2020 Carey Ave", zip="8200")
    expect(page.get_by_text("A ZIP code has five digits").first).to_be_visible()
    supporter.find(**CHEYENNE)
    go_on_and_back(page, after="Where do you live?", then="Your offices")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    supporter.press("Continue to the letter")
    expect(page.get_by_text("Tick at least one office").first).to_be_visible()
    page.get_by_role("checkbox").first.check()
    supporter.write(own_words="Hi")
    expect(page.get_by_text("six characters").first).to_be_visible()
    page.get_by_label("Your own words (optional)").fill("My cousin is in prison.")
    supporter.press("Continue")
    go_on_and_back(page, after="Your letter", then="Who are you?")
    supporter.press("Send me the code")
    expect(page.get_by_text("Write your first name.").first).to_be_visible()
    supporter.sign(title="Ms.")
    page.get_by_label("Six-digit code").fill("12")
    supporter.press("Confirm my letter")
    expect(page.get_by_text("The code has six digits").first).to_be_visible()
    supporter.confirm()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What became of your letter")


def test_who_does_not_know_can_still_choose_from_the_receipt(supporter):
    supporter.begin()
    supporter.find(**CHICAGO)
    supporter.page.get_by_label("I don't know").check()
    supporter.press("Continue")
    supporter.write()
    supporter.sign(title="Ms.")
    supporter.confirm()
    expect(supporter.page.get_by_text("We are still looking")).to_be_visible()
    supporter.go("Choose your representative yourself")
    supporter.page.get_by_role("radio").first.check()
    supporter.press("My letter goes there")
    supporter.expect_states(accepted=1, needing_you=2)
    expect(supporter.page.get_by_text("We are still looking")).to_have_count(0)
