"""What a supporter does on the pages, by the words that they see there."""

import re
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Page, expect

from letters.journey import SECONDS_A_PERSON_NEEDS
from tests.installation import Installation

numbers = count(1)
LATER = "Later: back to all offices"


@dataclass
class Supporter:
    page: Page
    installation: Installation

    def __post_init__(self):
        self.email = f"supporter{next(numbers)}@example.org"

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def go(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def begin(self) -> None:
        """From the front page to the question where they live."""
        self.page.goto("/")
        self.go("Write my letter")

    def find(self, *, street: str, zip: str) -> None:
        self.page.get_by_label("Street address").fill(street)
        self.page.get_by_label("ZIP code").fill(zip)
        self.press("Find my offices")

    @property
    def offices(self) -> list[str]:
        """The names on the cards that are ticked."""
        boxes = self.page.get_by_role("checkbox", checked=True)
        return [
            box.evaluate("box => box.labels[0].querySelector('strong').textContent")
            for box in boxes.all()
        ]

    def write(self, *, own_words: str = "") -> None:
        self.press("Continue to the letter")
        self.page.get_by_label("Your own words (optional)").fill(own_words)
        self.press("Continue")

    def sign(self, *, title: str = "", allowing: str = "", visibility: str = "") -> None:
        if title:
            self.page.get_by_label("Title").select_option(title)
        self.page.get_by_label("First name").fill("Alena")
        self.page.get_by_label("Last name").fill(f"Taylor{next(numbers)}")
        self.page.get_by_role("textbox", name="E-mail").fill(self.email)
        if visibility:
            self.page.get_by_label(visibility).check()
        if allowing:
            self.page.get_by_text("Choose organizations").click()
            self.page.get_by_label(f"{allowing} may have").check()
        # A robot is quicker than the pages believe of a person.
        self.page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
        self.press("Send me the code")
        expect(self.page.get_by_label("Six-digit code")).to_be_visible()

    def confirm(self) -> None:
        self.page.get_by_label("Six-digit code").fill(self.installation.code_for(self.email))
        self.press("Confirm my letter")
        # Those that an office needs are led to it; the receipt is a link away.
        arrived = "What became of your letter|Finish your letter to"
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(arrived))
        if self.page.get_by_role("link", name=LATER).count():
            self.go(LATER)

    def expect_states(self, *, accepted: int = 0, needing_you: int = 0, said_sent: int = 0) -> None:
        """On the receipt, without loading it again."""
        for words, number in {
            "Accepted by the office's gateway": accepted,
            "Needs you": needing_you,
            "You told us that you sent it": said_sent,
        }.items():
            standing = self.page.locator(".standing").get_by_text(words, exact=True)
            expect(standing).to_have_count(number, timeout=20_000)

    def expect_states_after_refreshing(self, *, accepted: int) -> None:
        """Where nothing moves on the page by itself."""
        waiting = self.page.get_by_text("Waiting to be sent").or_(
            self.page.get_by_text("Being sent")
        )
        for _ in range(40):
            if not waiting.count():
                break
            self.page.wait_for_timeout(500)
            self.go("Refresh")
        self.expect_states(accepted=accepted)

    def finish_hand_offs(self, *, offices: int) -> None:
        """One office after the other, from the receipt until none is left."""
        self.page.get_by_role("link", name="Finish: ").first.click()
        for _ in range(offices):
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(
                "Finish your letter to"
            )
            expect(self.page.get_by_label("Message")).not_to_be_empty()
            self.press("I sent it")
