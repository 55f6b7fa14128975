"""The same page makes the plain engine and Chromium send the same bytes."""

import re

import pytest
from playwright.sync_api import sync_playwright

from tests.faults.servers import Act, running
from tests.letters.channels.webform.forms import CHARSETS, FORMS
from tests.letters.channels.webform.office import (
    OFFICE,
    THANKS,
    Asked,
    Office,
    click,
    make_plan,
    page,
    plain_run,
    write,
)
from tests.machine import CHROMIUM

pytestmark = pytest.mark.browser
LETTER = "Dear Senator,\n\nplain & simple: 100%;\tyours ~*!'()"
BOUNDARY = re.compile(rb"(boundary=|--)-{4}\w+")


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def by_browser(browser, site: Office) -> Asked:
    with browser.new_context(proxy={"server": site.proxy}) as context:
        tab = context.new_page()
        tab.goto(f"{OFFICE}/form?here=1")
        tab.fill("[name=message]", LETTER)
        tab.eval_on_selector("#send", "button => button.click()")
        tab.wait_for_selector("h1")
    return last(site)


def last(site: Office) -> Asked:
    """Leaving out the pictures that only a browser wants."""
    return [each for each in site.asked if each.path != "/favicon.ico"][-1]


def by_plain(site: Office) -> Asked:
    plain_run(site, make_plan(write(value=LETTER), click(), url=f"{OFFICE}/form?here=1"))
    return last(site)


def told(asked: Asked) -> tuple:
    kind = BOUNDARY.sub(b"--", asked.header("Content-Type").encode())
    origin = asked.header("Origin"), asked.header("Referer")
    return asked.method, asked.url, *origin, kind, BOUNDARY.sub(b"--", asked.body)


def assert_both_send_the_same(browser, form: Act) -> None:
    thanks = dict.fromkeys(("POST /form", "/taken", "/deep/er/taken"), page(THANKS))
    with running(Office({"GET /form": form} | thanks)) as site:
        assert told(by_plain(site)) == told(by_browser(browser, site))


@pytest.mark.parametrize("fact", FORMS)
def test_both_send_the_same_fields(chromium, fact):
    assert_both_send_the_same(chromium, page(FORMS[fact]))


@pytest.mark.parametrize("fact", CHARSETS)
def test_both_send_them_in_the_same_character_set(chromium, fact):
    kind, body = CHARSETS[fact]

    assert_both_send_the_same(chromium, page(body, kind=kind))
