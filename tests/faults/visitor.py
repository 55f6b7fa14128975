"""A supporter over real HTTP, who fills the screens of a running installation."""

import html
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin

import requests

ADDRESS = {"street": "2101 Capitol Ave", "city": "Cheyenne", "zip": "82001"}
OFFICES = ("HWY00", "SWY01", "SWY02")
SCREENS = ("find", "find/offices", "letter", "you")
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')
TEXTAREA = re.compile(r'<textarea\b[^>]*\bname="(\w+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
ACTION = re.compile(r'<form method="post" action="([^"]*)"')
PATIENCE = 60
# As in letters/journey.py, and a little more.
SECONDS_A_PERSON_NEEDS = 1.1


@dataclass
class Visitor:
    """One browser: its cookies, and what it fills in."""

    url: str
    email: str
    browser: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self):
        # Else the server may close a kept one just as the next request leaves, which only a real
        # browser would then send again by itself.
        self.browser.headers["Connection"] = "close"

    def get(self, screen: str) -> requests.Response:
        return self.browser.get(f"{self.url}/may-21/{screen}/", timeout=PATIENCE)

    def fields_for(self, screen: str) -> dict[str, object]:
        """What this visitor posts there."""
        if screen == "find":
            return dict(ADDRESS)
        if screen == "find/offices":
            return {"seats": list(OFFICES)}
        if screen == "letter":
            return shown_in(self.get("letter").text) | {"own_words": "First line.\n\nSecond line."}
        person = {"first_name": "Alena", "last_name": "Novak", "email": self.email}
        return person | {"prefix_title": "Ms.", "visibility": "private"}

    def post(self, screen: str, fields: dict[str, object]) -> requests.Response:
        """Without following: 302 is the answer to a screen that was filled in rightly."""
        return self._post(f"{self.url}/may-21/{screen}/", fields)

    def send_again(self, page: requests.Response) -> requests.Response:
        """Presses the button of the page that came instead of an answer."""
        address = urljoin(page.url, html.unescape(ACTION.search(page.text)[1]))
        return self._post(address, shown_in(page.text))

    def walk_to(self, screen: str) -> "Visitor":
        """Every screen ahead of that one, answered, as slowly as a person."""
        self.get("find")
        time.sleep(SECONDS_A_PERSON_NEEDS)
        for each in SCREENS[: SCREENS.index(screen)]:
            answer = self.post(each, self.fields_for(each))
            assert answer.status_code == 302, (each, answer.status_code, answer.text[-3000:])
        return self

    def twin(self) -> "Visitor":
        """The same browser's next connection: the same cookies."""
        twin = Visitor(self.url, self.email)
        twin.browser.cookies.update(self.browser.cookies)
        return twin

    def _post(self, address: str, fields: dict[str, object]) -> requests.Response:
        fields = fields | {"csrfmiddlewaretoken": self.browser.cookies["csrftoken"]}
        return self.browser.post(address, fields, allow_redirects=False, timeout=PATIENCE)


def shown_in(page: str) -> dict[str, object]:
    """The fields of a page's form, as a browser would post them."""
    shown: dict[str, list[str]] = {}
    for tag in INPUT.findall(page):
        known = dict(ATTRIBUTE.findall(tag))
        if "name" in known and (known.get("type") != "radio" or " checked" in tag):
            shown.setdefault(known["name"], []).append(html.unescape(known.get("value", "")))
    for name, text in TEXTAREA.findall(page):
        shown.setdefault(name, []).append(html.unescape(text))
    shown.pop("csrfmiddlewaretoken", None)
    return {name: values if len(values) > 1 else values[0] for name, values in shown.items()}
