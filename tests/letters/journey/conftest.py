"""A supporter who walks the screens with Django's client, and a census that is never asked."""

import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client

from campaign.models import Campaign
from letters.models import Letter
from letters.notices import mail_due
from tests.factories import make_campaign, make_offices_known

ADDRESS = {"street": "2101 Capitol Ave", "city": "Cheyenne", "zip": "82001"}
OFFICES = ["HWY00", "SWY01", "SWY02"]


class Supporter:
    """Fills screen after screen rightly, and takes what a test wants otherwise."""

    def __init__(self, client: Client, campaign: Campaign):
        self.client, self.campaign = client, campaign
        self.email = "alena@example.org"

    def url(self, screen: str) -> str:
        return f"/{self.campaign.slug}/{screen}"

    def get(self, screen: str, **kwargs):
        return self.client.get(self.url(screen), **kwargs)

    def post(self, screen: str, data: dict, **kwargs):
        """What a browser shows in the end, if that is the same page again."""
        answer = self.client.post(self.url(screen), data, **kwargs)
        leads_back = getattr(answer, "url", "") == self.url(screen)
        return self.get(screen) if leads_back else answer

    def find(self, **changes):
        return self.post("find/", ADDRESS | changes)

    def tick(self, seats=OFFICES):
        return self.post("find/offices/", {"seats": seats})

    def write(self, **changes):
        form = self.get("letter/").context["form"]
        shown = {name: form[name].value() or "" for name in form.fields}
        return self.post("letter/", shown | changes)

    def sign(self, **changes):
        you = {
            "prefix_title": "Ms.",
            "first_name": "Alena",
            "last_name": "Škłoŭ",
            "email": self.email,
            "visibility": "private",
        }
        return self.post("you/", you | changes)

    def walk_to(self, screen: str) -> "Supporter":
        """Every screen ahead of that one, answered."""
        steps = {"offices": self.find, "letter": self.tick, "you": self.write, "confirm": self.sign}
        for name, step in steps.items():
            assert step().status_code == 302, name
            if name == screen:
                return self
        raise ValueError(screen)

    def mailed_code(self) -> str:
        mail_due()
        return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]

    def mailed_link(self) -> str:
        mail_due()
        return re.search(r"(/confirm/[^/\s]+/)", mail.outbox[-1].body)[1]

    def enter(self, digits: str, **kwargs):
        return self.post("confirm/", {"code": digits}, **kwargs)

    def confirm(self) -> str:
        """All the way; returns the receipt's path."""
        return self.walk_to("confirm").enter(self.mailed_code()).url

    @property
    def letter(self) -> Letter:
        return Letter.objects.get()


@pytest.fixture(autouse=True)
def a_calm_world(monkeypatch, settings):
    """No network, and nobody takes a test for a program."""
    settings.LOOKUP_PROVIDERS = {"zip_table": settings.LOOKUP_PROVIDERS["zip_table"]}
    monkeypatch.setattr("letters.journey.SECONDS_A_PERSON_NEEDS", 0)


@pytest.fixture
def campaign(db) -> Campaign:
    make_offices_known()
    return make_campaign()


@pytest.fixture
def supporter(client, campaign) -> Supporter:
    return Supporter(client, campaign)


def text_of(answer) -> str:
    """What a reader sees of a page, in one line."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(plain).split())
