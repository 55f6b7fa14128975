"""Who represents an address, and how we know: shown to organizers, and kept nowhere."""

import logging
from http import HTTPStatus

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from representatives.districts import District
from representatives.lookup import Reason
from representatives.lookup.interface import Match, ProviderFailed
from tests.logins import make_login, make_staff

pytestmark = pytest.mark.django_db
PAGE = "/admin/desk/who-represents/"
STREET = "5 Elmhurst St, Chicago, IL 60614"
PARTS = ("Elmhurst", "Chicago", "60614")


class FakeGeocoder:
    """Finds what a test says, and counts who asks."""

    needs_street = True
    asked = 0
    failure = None

    def basis(self, congress):
        return f"the map of Congress {congress}"

    def matches(self, address, *, congress):
        FakeGeocoder.asked += 1
        if self.failure:
            raise self.failure
        return (Match(District("IL", 5), "60614"),)


@pytest.fixture(autouse=True)
def geocoder(settings, monkeypatch):
    monkeypatch.setattr(FakeGeocoder, "asked", 0)
    fake = {"BACKEND": f"{__name__}.FakeGeocoder", "OPTIONS": {}}
    settings.LOOKUP_PROVIDERS = settings.LOOKUP_PROVIDERS | {"census": fake}
    return FakeGeocoder


@pytest.fixture
def organizer(client):
    client.force_login(make_login(organizer=True))
    return client


def steps(response) -> dict[str, str]:
    return {step.what: step.said for step in response.context["explanation"].steps}


def test_every_step_of_a_lookup_is_shown(organizer):
    response = organizer.post(PAGE, {"address": STREET})
    page = response.content.decode()

    for what, said in steps(response).items():
        assert what in page
        assert said.replace("'", "&#x27;") in page
    assert "Mike Quigley" in steps(response)["HIL05"]
    assert "IL-5 in that ZIP code" in steps(response)["census"]


def test_without_the_network_no_geocoder_is_asked(organizer, geocoder):
    response = organizer.post(PAGE, {"address": STREET, "offline": "on"})

    assert geocoder.asked == 0
    assert "candidates" in steps(response)["Rule"]


def test_another_day_can_be_asked(organizer):
    response = organizer.post(PAGE, {"address": "82001", "on": "2027-01-03"})

    assert steps(response)["Day"] == "2027-01-03: Congress 120 sits"
    assert "not known" in steps(response)["HWY00"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"address": "Elmhurst St"}, "An address ends in a ZIP code of five digits"),
        ({"address": "1" * 2000}, "That is too long for an address."),
        ({"address": ""}, "This field is required."),
        ({"address": "82001", "on": "0001-01-01"}, "The tables say nothing of that day."),
    ],
)
def test_what_cannot_be_looked_up_says_why(organizer, asked, said):
    response = organizer.post(PAGE, asked)

    assert said in response.content.decode()
    assert response.context["explanation"] is None


def test_an_address_in_the_url_is_not_looked_at(organizer):
    response = organizer.get(PAGE, {"address": STREET})

    assert response.context["explanation"] is None
    assert "Elmhurst" not in response.content.decode()


def test_the_form_leads_to_a_url_without_the_address(organizer):
    page = organizer.post(PAGE, {"address": STREET}).content.decode()

    assert f'method="post" action="{PAGE}"' in page


def test_nothing_of_the_address_is_kept(organizer, caplog, monkeypatch):
    monkeypatch.setattr(FakeGeocoder, "failure", ProviderFailed(Reason.GEOCODER_DOWN, "HTTP 503"))
    caplog.set_level(logging.DEBUG)
    before = dict(organizer.session.items())

    response = organizer.post(PAGE, {"address": STREET})

    kept = f"{caplog.text} {dict(organizer.session.items())} {response.cookies} {response.headers}"
    assert "Lookup provider census failed" in caplog.text
    assert not [part for part in PARTS if part in kept]
    assert dict(organizer.session.items()) == before
    assert not LogEntry.objects.exists()


def test_no_browser_or_proxy_keeps_the_answer(organizer):
    response = organizer.post(PAGE, {"address": STREET})

    assert "no-store" in response.headers["Cache-Control"]


def test_an_error_report_hides_the_address(organizer):
    response = organizer.post(PAGE, {"address": STREET})

    assert response.wsgi_request.sensitive_post_parameters == ("address",)


def test_the_page_needs_the_right_to_see_deliveries(client):
    client.force_login(make_staff("view_campaign"))
    assert client.post(PAGE, {"address": STREET}).status_code == HTTPStatus.FORBIDDEN

    client.force_login(make_staff("view_delivery"))
    assert client.post(PAGE, {"address": STREET}).status_code == HTTPStatus.OK


def test_the_desks_first_page_leads_to_it(organizer):
    assert f'href="{PAGE}"' in organizer.get(reverse("admin:index")).content.decode()
