"""The Chromium that tests and screenshots look through."""

from playwright.sync_api import Browser, Playwright

from tests.machine import CHROMIUM

PHONE = {"width": 360, "height": 800}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
