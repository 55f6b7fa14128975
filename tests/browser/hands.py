"""What a supporter does to a page, by selectors that hold in every language."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

# One in the page's own content: the header and the footer have others.
PRIMARY = "main .btn-primary"
# More stops than any page has.
MANY = 150

# Where the keyboard is: whether that can be seen, and how far down.
STOP = """
() => {
  const here = document.activeElement;
  const { left, top, bottom, width } = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  // The middle of what is in the window.
  const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const seen = document.elementFromPoint(left + width / 2, middle);
  const isThere = here.contains(seen) || seen?.closest("label")?.control === here;
  const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {
    html: here.outerHTML.slice(0, 120),
    troubles: [
      ...(isThere ? [] : ["out of sight"]),
      ...(isOutlined ? [] : ["no focus to be seen"]),
    ],
    top: top + scrollY,
    begins: here.matches(".skip-link, body"),
  };
}
"""
IS_HERE = """
(wanted) => {
  const here = document.activeElement;
  return here === wanted || (wanted.type === "radio" && here.name === wanted.name);
}
"""


@dataclass
class Mouse:
    page: Page

    def press(self, selector: str) -> None:
        """What leads to another page, or to the same one anew."""
        with self.page.expect_event("load"):
            self._press(selector)

    def open(self, selector: str) -> None:
        """What only unfolds."""
        self._press(selector)

    def write(self, selector: str, text: str) -> None:
        self.page.locator(selector).fill(text)

    def tick(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def choose(self, selector: str, value: str) -> None:
        self.page.locator(selector).select_option(value)

    def _press(self, selector: str) -> None:
        self.page.locator(selector).first.click()


@dataclass
class Keyboard(Mouse):
    """Nothing but keys, and eyes on where they are."""

    troubles: list[str] = field(default_factory=list)

    def write(self, selector: str, text: str) -> None:
        self._go_to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, selector: str) -> None:
        wanted = self._go_to(selector)
        for _ in range(MANY):
            if wanted.evaluate("(each) => each === document.activeElement"):
                break
            # Within a group of radio buttons.
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked() or wanted.get_attribute("type") == "checkbox":
            self.page.keyboard.press("Space")

    def choose(self, selector: str, value: str) -> None:
        self._go_to(selector)
        self.page.keyboard.type(value)

    def _press(self, selector: str) -> None:
        self._go_to(selector)
        self.page.keyboard.press("Enter")

    def _go_to(self, selector: str):
        """By the Tab key from where it is, round the page if need be; AssertionError: never."""
        wanted = self.page.locator(selector).first.element_handle()
        before = 0.0
        for _ in range(MANY):
            if self.page.evaluate(IS_HERE, wanted):
                return wanted
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(STOP)
            # The same row may start a bit higher.
            if stop["top"] < before - 24 and not stop["begins"]:
                self.troubles.append(f"goes back up: {stop['html']}")
            if not stop["begins"]:
                self.troubles += [f"{trouble}: {stop['html']}" for trouble in stop["troubles"]]
            before = stop["top"]
        raise AssertionError(f"no key leads to {selector}; the last stop was {stop['html']}")
