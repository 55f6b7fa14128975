"""`make screens`: a picture of every screen and state, at three widths and in the dark.

python -m tests.browser.screens be ru en      the languages; var/screens/<language>/<width>/
"""

import shutil
import sys
import tempfile
from itertools import chain, count
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

from tests.environment import ROOT, set_up_environment

set_up_environment()
django.setup()

from tests.browser.staging import stage_campaigns  # noqa: E402
from tests.browser.walk import Walk, desk_screens, organization_screens  # noqa: E402
from tests.browser.window import launch  # noqa: E402
from tests.installation import Installation  # noqa: E402

FOLDER = ROOT / "var" / "screens"
LANGUAGES = ("be", "ru", "en")
HEIGHT = 800
# Folder → width and colours.
LOOKS = {
    "360": (360, "light"),
    "768": (768, "light"),
    "1280": (1280, "light"),
    "360-dark": (360, "dark"),
}


def main(languages: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="letters-screens-") as folder, sync_playwright() as it:
        installation = Installation(folder=Path(folder) / "var").start()
        browser = launch(it)
        try:
            stage_campaigns(installation)
            for language in languages:
                page = browser.new_page(base_url=installation.url, locale="en-US")
                photograph(page, installation, language)
        finally:
            browser.close()
            installation.stop()


def photograph(page: Page, installation: Installation, language: str) -> None:
    shutil.rmtree(FOLDER / language, ignore_errors=True)
    screens = Walk(page=page, installation=installation, language=language).screens()
    if language == "en":
        screens = chain(screens, organization_screens(page, installation), desk_screens(page))
    for number, name in zip(count(1), screens):
        for look, (width, colours) in LOOKS.items():
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=colours)
            picture = FOLDER / language / look / f"{number:02}-{name}.png"
            page.screenshot(path=picture, full_page=True, animations="disabled")
        print(f"{language} {number:02} {name}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(LANGUAGES))
