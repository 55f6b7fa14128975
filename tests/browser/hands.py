"""What a supporter does to a page, by selectors that hold in every language."""

from dataclasses import dataclass

from playwright.sync_api import Page

# One in the page's own content: the header and the footer have others.
PRIMARY = "main .btn-primary"


@dataclass
class Mouse:
    page: Page

    def press(self, selector: str) -> None:
        """What leads to another page, or to the same one anew."""
        self.page.evaluate("window.isLeft = true")
        self._press(selector)
        self.page.wait_for_function("!window.isLeft")
        self.page.wait_for_load_state()

    def open(self, selector: str) -> None:
        """What only unfolds."""
        self._press(selector)

    def _press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def write(self, selector: str, text: str) -> None:
        self.page.locator(selector).fill(text)

    def tick(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def choose(self, selector: str, value: str) -> None:
        self.page.locator(selector).select_option(value)
