"""A phone-sized window in a real Chromium, in front of the product as a stranger starts it."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, sync_playwright

from tests.browser.supporter import Supporter
from tests.browser.window import PHONE, launch
from tests.installation import Installation

PATIENCE = 20_000
# What a person on a phone would notice, told like any other error of the page.
TELL_OF_SIDEWAYS_SCROLL = """
addEventListener("load", () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (innerWidth <= 360 && scrollWidth > clientWidth) {
    console.error(`sideways scroll: ${scrollWidth} > ${clientWidth}`);
  }
});
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    """Closed with its module: Playwright's loop must not run under the tests that follow."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def variables() -> dict[str, str]:
    """What a module's installation is started with; nothing, unless the module says so."""
    return {}


@pytest.fixture(scope="module")
def installation(tmp_path_factory, variables):
    folder = tmp_path_factory.mktemp("installation") / "var"
    one = Installation(folder=folder, variables=variables).start()
    yield one
    one.stop()


@pytest.fixture
def open_page(chromium, installation):
    """Opens windows, and at the end refuses the test if a page did what no page of ours may do."""
    contexts, troubles = [], []

    def open_one(*, missing: tuple[str, ...] = (), **options):
        """Addresses in `missing` are asked for although they are not there."""
        context = chromium.new_context(
            base_url=installation.url, viewport=PHONE, locale="en-US", **options
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL_OF_SIDEWAYS_SCROLL)
        page = context.new_page()
        own_host = urlsplit(installation.url).netloc
        page.on("console", lambda said: troubles.extend(_said(said, missing)))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: troubles.extend(_foreign(asked.url, own_host)))
        page.on(
            "response",
            lambda answer: (
                answer.status >= 400
                and not answer.url.endswith(missing)
                and troubles.append(f"{answer.status} {answer.url}")
            ),
        )
        contexts.append(context)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not troubles


@pytest.fixture
def supporter(open_page, installation):
    return Supporter(page=open_page(), installation=installation)


@pytest.fixture
def supporter_without_javascript(open_page, installation):
    return Supporter(page=open_page(java_script_enabled=False), installation=installation)


@pytest.fixture
def organizer(open_page, installation):
    """A page on which the organizer has logged in, on a desk's screen."""
    page = open_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    username, password = installation.login
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    return page


def _said(said: ConsoleMessage, missing: tuple[str, ...]) -> list[str]:
    expected = said.location["url"].endswith(missing)
    return [said.text] if said.type == "error" and not expected else []


def _foreign(url: str, own_host: str) -> list[str]:
    parts = urlsplit(url)
    own = parts.scheme in {"data", "blob", "about"} or parts.netloc == own_host
    return [] if own else [f"asked another host: {parts.netloc}"]
