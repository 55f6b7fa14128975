"""Every screen and state of the product, one after the other: the one list of them.

Each walk yields the name of what the page shows now; whoever walks looks, and goes on. Nothing here
depends on the language of the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from letters.journey import SECONDS_A_PERSON_NEEDS
from tests.browser.hands import PRIMARY, Mouse
from tests.browser.staging import NOT_YET, OVER, stage_code, stage_outages, stage_troubles
from tests.installation import Installation

# A ZIP code of several districts, and one whose senators take part in no gateway.
CHICAGO = {"street": "2001 N Clark St", "zip": "60614"}
AUSTIN = {"street": "1100 Congress Ave", "zip": "78701"}
# They name somebody who can be found.
DANGEROUS_WORDS = "My friend Andrei Ivanou is in prison in Hrodna, and I worry about him."
# On the letter's screen a hidden one catches the Enter key.
CONTINUE = "main .buttons .btn-primary"
numbers = count(1)


@dataclass
class Walk:
    """One supporter, who reads one language, from the first page to the last."""

    page: Page
    installation: Installation
    language: str
    own_words: str = "My grandmother lives in Hrodna, and I worry about her."

    def __post_init__(self):
        self.email = f"walker{next(numbers)}@example.org"
        self.hands = Mouse(self.page)
        self.receipt = ""

    @property
    def token(self) -> str:
        """The one in the receipt's link."""
        return self.receipt.strip("/").split("/")[-1]

    def choose_language(self) -> None:
        self.page.goto("/may-21/")
        self.hands.press(f".languages [value={self.language}]")

    def screens(self) -> Iterator[str]:
        self.choose_language()
        yield from self.around()
        yield from self.outages()
        yield from self.journey()

    def journey(self) -> Iterator[str]:
        """From the campaign's page to the end of the receipt."""
        yield from self.find()
        yield from self.offices()
        yield from self.letter()
        yield from self.you()
        yield from self.confirm()
        yield from self.hand_offs()
        yield from self.receipts()
        yield from self.changes()
        yield from self.erasure()

    def around(self) -> Iterator[str]:
        """What stands around the journey."""
        for path, name in {
            "": "home",
            "may-21/": "campaign",
            "may-21/privacy/": "privacy",
            "may-21/contact/": "contact",
            "may-21/abroad/": "abroad",
            f"{OVER}/": "campaign-over",
            f"{NOT_YET}/": "campaign-not-yet",
            "nothing/here/": "404",
        }.items():
            self.page.goto(f"/{path}")
            yield name

    def outages(self) -> Iterator[str]:
        for name, body in stage_outages(self.installation, self.language).items():
            self.page.route(f"**/{name}", partial(_answer, body))
            self.page.goto(f"/{name}")
            yield name

    def find(self) -> Iterator[str]:
        self.page.goto("/may-21/")
        self.hands.press(PRIMARY)
        yield "find"
        self.hands.press(PRIMARY)
        yield "find-errors"
        self._live_at(CHICAGO)
        yield "districts"
        self.hands.press(PRIMARY)
        yield "districts-errors"
        self.hands.press("main a[href$='/state/']")
        yield "state"
        self.hands.choose("[name=state]", "")
        self.hands.press(PRIMARY)
        yield "state-errors"
        self.hands.press("main a[href$='/offices/']")
        self.hands.tick("[name=seat][value^=open]")
        self.hands.press(PRIMARY)
        yield "offices-senators-alone"

    def offices(self) -> Iterator[str]:
        self.hands.press("main a[href$='/find/']")
        self._live_at(AUSTIN)
        yield "offices"
        for box in self.page.locator("[name=seats]").all():
            self.hands.tick(f"#{box.get_attribute('id')}")
        self.hands.press(PRIMARY)
        yield "offices-errors"
        for box in self.page.locator("[name=seats]").all():
            self.hands.tick(f"#{box.get_attribute('id')}")
        self.hands.press(PRIMARY)

    def letter(self) -> Iterator[str]:
        yield "letter"
        self.hands.write("[name=own_words]", "Hi")
        self.hands.press(CONTINUE)
        yield "letter-errors"
        for number in range(self.page.locator("main summary").count()):
            self.hands.open(f"main summary >> nth={number}")
        yield "letter-opened"
        self.hands.write("[name=own_words]", DANGEROUS_WORDS)
        self.hands.press(CONTINUE)
        yield "letter-warning"
        self.hands.write("[name=own_words]", self.own_words)
        yield "letter-written"
        self.hands.press("main [name=preview]")
        yield "preview"
        self.hands.press(PRIMARY)

    def you(self) -> Iterator[str]:
        yield "you"
        self.hands.press(PRIMARY)
        yield "you-errors"
        if self.page.locator("[name=prefix_title]").count():
            self.hands.choose("[name=prefix_title]", "Ms.")
        self.hands.write("[name=first_name]", "Alena")
        self.hands.write("[name=last_name]", "Taylor")
        self.hands.write("[name=email]", self.email)
        self.hands.open("fieldset details > summary")
        self.hands.tick("[name=organizations]")
        yield "you-written"
        # A robot is quicker than the pages believe of a person.
        self.page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
        self.hands.press(PRIMARY)

    def confirm(self) -> Iterator[str]:
        yield "confirm"
        self.hands.write("[name=code]", "12")
        self.hands.press(PRIMARY)
        yield "confirm-errors"
        self.hands.press("main a[href$='/email/']")
        yield "email"
        self.hands.write("[name=email]", "nobody")
        self.hands.press(PRIMARY)
        yield "email-errors"
        self.hands.press("main a[href$='/confirm/']")
        code = self.installation.code_for(self.email)
        for standing in ("waits", "refused"):
            stage_code(self.installation, self.email, standing)
            self.page.reload()
            yield f"confirm-{standing}"
        stage_code(self.installation, self.email, "mailed")
        self.page.reload()
        yield from self._elsewhere(
            self.installation.link_for(self.email),
            {"": "confirm-link", "not-mine/": "confirm-link-disown"},
        )
        self.hands.write("[name=code]", code)
        self.hands.press(PRIMARY)

    def hand_offs(self) -> Iterator[str]:
        """Straight after the code: one office could not be finished, one was."""
        yield "hand-off"
        for number in range(self.page.locator("main summary").count()):
            self.hands.open(f"main summary >> nth={number}")
        yield "hand-off-opened"
        self.hands.press("[name=why]")
        yield "hand-off-after-one"
        self.hands.press("#sent .btn-primary")

    def receipts(self) -> Iterator[str]:
        self.page.wait_for_selector("#states")
        self.receipt = urlsplit(self.page.url).path
        yield "receipt-first-visit"
        self.page.goto(self.receipt)
        self.page.wait_for_selector("[data-changing=no]")
        yield "receipt"
        self.hands.press("main a[href$='/text/']")
        yield "receipt-text"
        self.page.goto(self.receipt)
        self.hands.press("form[action$='/copy/'] button")
        yield "receipt-copy-mailed"
        yield from self._elsewhere(
            self.receipt, {"": "receipt-closed", "code/": "unlock"}, wrong_code="unlock-errors"
        )

    def changes(self) -> Iterator[str]:
        for path in ("call", "shown", "withdraw", "erase", "not-mine"):
            self.page.goto(f"{self.receipt}{path}/")
            yield f"receipt-{path}"
        asked = stage_troubles(self.installation, self.token)
        self.page.goto(self.receipt)
        yield "receipt-troubles"
        yield from self._elsewhere(self.receipt, {"code/": "unlock-refused"})
        self.page.goto(f"{self.receipt}offices/{asked}/seat/")
        yield "agree"
        self.page.goto(f"{self.receipt}representative/")
        yield "open-seat"

    def erasure(self) -> Iterator[str]:
        self.page.goto(f"{self.receipt}erase/")
        self.hands.press("main .btn-danger")
        yield "erased"
        self.page.goto(self.receipt)
        yield "receipt-erased"

    def _live_at(self, address: dict[str, str]) -> None:
        for name, text in address.items():
            self.hands.write(f"[name={name}]", text)
        self.hands.press(PRIMARY)

    def _elsewhere(
        self, address: str, names: dict[str, str], *, wrong_code: str = ""
    ) -> Iterator[str]:
        """The same pages for whoever has only the link: the browser's cookies are put aside."""
        here, context = self.page.url, self.page.context
        cookies = context.cookies()
        context.clear_cookies(name="sessionid")
        for path, name in names.items():
            self.page.goto(f"{address}{path}")
            yield name
        if wrong_code:
            self.hands.write("[name=code]", "000000")
            self.hands.press(PRIMARY)
            yield wrong_code
        context.clear_cookies()
        context.add_cookies(cookies)
        self.page.goto(here)


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def organization_screens(page: Page, installation: Installation) -> Iterator[str]:
    """What organizations and organizers see, in English."""
    hands, (username, password) = Mouse(page), installation.login
    page.goto("/organizations/")
    yield "organization-login"
    hands.write("[name=username]", username)
    hands.write("[name=password]", "wrong")
    hands.press(PRIMARY)
    yield "organization-login-errors"
    hands.write("[name=username]", username)
    hands.write("[name=password]", password)
    hands.press(PRIMARY)
    yield "organizations"
    hands.press("main section a")
    yield "organization-numbers"
    hands.write("[name=purpose]", "A test")
    hands.press("main [formaction]")
    yield "organization-list"


def desk_screens(page: Page) -> Iterator[str]:
    """After the organizers' login."""
    for path, name in {
        "": "desk",
        "desk/counts/may-21/": "desk-counts",
        "desk/routes/": "desk-routes",
        "desk/roster/": "desk-roster",
        "desk/who-represents/": "desk-who-represents",
        "campaign/signatory/": "desk-signatories",
    }.items():
        page.goto(f"/admin/{path}")
        yield name
