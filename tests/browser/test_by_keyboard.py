"""The whole journey by the keys alone, and what a page does while nobody touches it."""

import re

from playwright.sync_api import expect

from tests.browser.hands import Keyboard
from tests.browser.walk import Walk


def test_the_whole_journey_is_walked_with_the_keyboard_alone(open_page, installation):
    # Nothing glides: where the keyboard is can be seen at once.
    page = open_page(reduced_motion="reduce")
    walk = Walk(page=page, installation=installation, language="be")
    keyboard = walk.hands = Keyboard(page)
    walk.choose_language()
    names = list(walk.journey())
    assert "receipt-erased" in names
    assert not keyboard.troubles, "\n".join(dict.fromkeys(keyboard.troubles))


def test_the_keyboard_skips_to_the_content(open_page):
    page = open_page()
    page.goto("/may-21/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main .btn-primary")).to_be_focused()


def test_an_error_leads_to_its_field(open_page):
    for options in ({}, {"java_script_enabled": False}):
        page = open_page(**options)
        page.goto("/may-21/find/")
        page.locator("main .btn-primary").press("Enter")
        expect(page.locator(".error-summary")).to_be_focused()
        expect(page).to_have_title(re.compile("^Error: "))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#id_street")).to_be_focused()
