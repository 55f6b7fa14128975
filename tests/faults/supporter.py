"""A constituent with a browser of their own, as far as the web server can tell."""

import time
from urllib.parse import urljoin

import requests
from lxml import html

from tests.faults.ways import PLACES

CAMPAIGN = "may-21"
# The last screen distrusts whoever is quicker.
SECONDS_A_PERSON_NEEDS = 1.1
PATIENCE = 30


class PostFailed(AssertionError):
    """The supporter's POST was not taken: what the outage of a broker must never cause."""


class Supporter:
    """Letter number `number`: from a state of the suite to its three offices."""

    def __init__(self, url: str, number: int):
        self.email = f"supporter{number}@example.org"
        self._mark = f"letter-{number:06}"
        self._state = sorted(PLACES)[number % len(PLACES)]
        self._url = url
        self._browser = requests.Session()
        # Seconds that each POST took.
        self.took: list[float] = []

    def write(self) -> None:
        """Screen after screen, until the code is on its way."""
        city, zip_code = PLACES[self._state]
        begun = time.monotonic()
        self._post("find/", street="1 Main Street", zip=zip_code, city=city, state=self._state)
        # The offices are ticked when they are shown.
        self._post("find/offices/")
        self._post("letter/", own_words=f"This is {self._mark}.")
        time.sleep(max(0, begun + SECONDS_A_PERSON_NEEDS - time.monotonic()))
        self._post(
            "you/",
            prefix_title="Ms.",
            first_name="Alena",
            last_name="Škłoŭ",
            email=self.email,
            visibility="private",
        )

    def confirm(self, code: str) -> None:
        self._post("confirm/", code=code)

    def _post(self, screen: str, **typed: str) -> None:
        """The form as it is shown, with what is typed over it; PostFailed unless it leads on."""
        address = urljoin(self._url, f"/{CAMPAIGN}/{screen}")
        shown = html.fromstring(self._browser.get(address, timeout=PATIENCE).content)
        ours = {"csrfmiddlewaretoken", *typed}
        form = max(shown.forms, key=lambda form: len(ours & set(form.fields.keys())))
        fields = [(name, text) for name, text in form.form_values() if name not in typed]
        begun = time.monotonic()
        answer = self._browser.post(
            address, [*fields, *typed.items()], timeout=PATIENCE, allow_redirects=False
        )
        self.took.append(time.monotonic() - begun)
        if answer.status_code != 302 or answer.headers["Location"].endswith(f"/{screen}"):
            raise PostFailed(f"{screen} answered {answer.status_code}")
