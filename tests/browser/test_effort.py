"""What a letter asks of somebody whose browser fills in the rest: screens, and fields to type."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_rehearsal_journey import AUSTIN, CHEYENNE

SCREENS, FIELDS = 3, 8
# All that is empty and must not stay so, or that an office asks for.
TO_BE_FILLED = """
() => [...document.querySelectorAll("main input, main select, main textarea")]
  .filter(each => each.checkVisibility() && !each.closest(".aside-field"))
  .filter(each => !["hidden", "checkbox", "radio"].includes(each.type) && !each.value)
  .filter(each => each.required || each.name === "phone")
  .map(each => [each.name, each.autocomplete])
"""
BY_THE_BROWSER = {
    "street": "address-line1",
    "zip": "postal-code",
    "prefix_title": "honorific-prefix",
    "first_name": "given-name",
    "last_name": "family-name",
    "email": "email",
    "phone": "tel-national",
    "code": "one-time-code",
}


@pytest.mark.parametrize("address", [CHEYENNE, AUSTIN])
def test_three_screens_and_eight_fields_lead_to_the_confirmation(supporter, address):
    page, steps, fields = supporter.page, set(), {}

    def look_at(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        steps.update(page.locator(".step").all_inner_texts())
        fields.update(page.evaluate(TO_BE_FILLED))

    supporter.begin()
    look_at("Where do you live?")
    supporter.find(**address)
    look_at("Your offices")
    supporter.press("Continue to the letter")
    look_at("Your letter")
    supporter.press("Continue")
    look_at("Who are you?")
    supporter.sign(title="Ms.")
    look_at("Your code")
    expect(page.get_by_role("button", name="Confirm my letter")).to_be_visible()
    assert len(steps) == SCREENS
    assert len(fields) <= FIELDS
    assert fields == {name: BY_THE_BROWSER[name] for name in fields}


def test_digits_come_with_the_keys_for_digits(supporter):
    page = supporter.page
    supporter.begin()
    expect(page.get_by_label("ZIP code")).to_have_attribute("inputmode", "numeric")
    supporter.find(**CHEYENNE)
    supporter.write()
    expect(page.get_by_role("textbox", name="E-mail")).to_have_attribute("type", "email")
    supporter.sign(title="Ms.")
    expect(page.get_by_label("Six-digit code")).to_have_attribute("inputmode", "numeric")
