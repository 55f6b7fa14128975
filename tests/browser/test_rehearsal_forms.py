"""The rehearsal offices' forms on a phone: built or sent by a script, on pages, with a captcha."""

import pytest
from playwright.sync_api import Page, expect

# CreativEngine, built by a script; Elementor, sent by one; two pages; a captcha; Gravity Forms.
BUILT, SENT, TWO_PAGES, CAPTCHA, SERVED = "S001181", "C001056", "W000779", "B001305", "W000437"
# Of the character set windows-1252.
OLD = "B001261"
THANKS = {
    BUILT: "Thank you for contacting",
    SENT: "Your Message Has Been Received and Will be Read",
    TWO_PAGES: "Thank you for contacting my office.",
    CAPTCHA: "LATEST NEWS",
    SERVED: "Thank you for contacting us",
}
TYPED = {
    "First Name": "Ніна",
    "Last Name": "Škłoŭ",
    "Street Address": "2020 Carey Ave",
    "City": "Cheyenne",
    "ZIP Code": "82001",
    "Phone Number": "307-555-0123",
    "Email Address": "alena@example.org",
    "Subject": "Prisoners",
    "Message": "Please speak up.\n\nThey are waiting.",
    "State": "Wyoming",
}


def fill_in(page: Page) -> None:
    page.wait_for_selector("form")
    for label, text in TYPED.items():
        for field in page.get_by_label(label, exact=False).all():
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(index=3)
            else:
                field.fill(text)
    for menu in page.locator("select").all():
        menu.select_option(index=3)


def write_to(page: Page, bioguide: str) -> None:
    page.goto(f"/rehearsal/forms/{bioguide}/")
    if bioguide == TWO_PAGES:
        page.get_by_role("button", name="Next").click()
    fill_in(page)
    if bioguide == CAPTCHA:
        page.get_by_label("I am not a robot").check()
    page.get_by_role("button").click()


@pytest.mark.parametrize("bioguide", THANKS)
def test_a_person_writes_on_a_phone(open_page, bioguide):
    page = open_page()

    write_to(page, bioguide)

    expect(page.locator(".office-thanks")).to_contain_text(THANKS[bioguide])
    expect(page.get_by_text("Rehearsal: this is no office of Congress.")).to_be_visible()


def test_a_person_must_tick_the_captcha(open_page):
    page = open_page()
    page.goto(f"/rehearsal/forms/{CAPTCHA}/")
    fill_in(page)

    page.get_by_role("button").click()

    # The browser itself asks for the tick.
    expect(page.locator("form")).to_be_visible()
    expect(page.locator(".office-thanks")).to_have_count(0)


def test_a_script_is_told_what_was_wrong(open_page):
    page = open_page()
    page.goto(f"/rehearsal/forms/{SENT}/")
    fill_in(page)
    page.get_by_label("Phone Number").fill("000-000-0000")

    page.get_by_role("button").click()

    expect(page.locator(".office-faults")).to_contain_text("It is no phone number.")
    expect(page.locator(".office-thanks")).to_have_count(0)


def test_a_browser_replaces_letters_on_an_old_page_and_the_office_minds(open_page):
    page = open_page()

    write_to(page, OLD)

    expect(page.locator(".office-faults")).to_contain_text("First Name")
    expect(page.get_by_label("First Name")).to_have_value("&#1053;&#1110;&#1085;&#1072;")


def test_an_organizer_sees_what_came_field_by_field(open_page, organizer):
    write_to(open_page(), SERVED)

    organizer.goto("/admin/letters/arrival/?receiver__exact=webform&status__exact=200")
    organizer.locator("#result_list tbody th a").first.click()

    row = organizer.locator(".field-text tr").filter(has_text="First Name")
    expect(row).to_contain_text("Ніна")
    expect(row).to_contain_text("right")
