"""Organizers see what arrived at the rehearsal Congress, and play its bad days."""

import json

import pytest
from lxml import html

from campaign.encryption import Sealed
from letters.models import Arrival, Mood

LIST = "/admin/letters/arrival/"
MOODS = "/admin/letters/mood/"


@pytest.fixture
def arrival(db) -> Arrival:
    return Arrival.objects.create(
        receiver="senate_cwc",
        office="SWY01",
        delivery_key="k3y",
        status=201,
        body="<CWC>\n  <FirstName>Ніна &amp; co</FirstName>\n</CWC>",
    )


def test_the_list_shows_what_arrived_without_its_text(admin_client, arrival):
    page = admin_client.get(LIST).content.decode()

    assert "SWY01" in page
    assert "Senate gateway" in page
    assert "Ніна" not in page


def test_the_list_opens_no_letter(admin_client, arrival):
    Arrival.objects.update(body=Sealed(b"sealed with a key that nobody has"))

    assert admin_client.get(LIST).status_code == 200


def test_an_arrivals_page_shows_it_as_it_came(admin_client, arrival):
    page = admin_client.get(f"{LIST}{arrival.id}/change/").content.decode()

    assert "&lt;CWC&gt;\n  &lt;FirstName&gt;Ніна &amp;amp; co&lt;/FirstName&gt;" in page


def test_what_arrived_is_never_added_changed_or_deleted_by_hand(admin_client, arrival):
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(f"{LIST}{arrival.id}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.post(f"{LIST}{arrival.id}/change/", {"status": 400}).status_code == 403


def test_a_passer_by_sees_nothing(client, arrival):
    assert client.get(LIST).status_code == 302


def test_an_organizer_closes_a_gateway_for_maintenance(admin_client, db):
    admin_client.post(f"{MOODS}add/", {"receiver": "senate_cwc", "kind": "maintenance"})

    assert Mood.objects.get().kind == Mood.Kind.MAINTENANCE


def test_mailboxes_have_no_mood(admin_client, db):
    admin_client.post(f"{MOODS}add/", {"receiver": "email", "kind": "maintenance"})

    assert not Mood.objects.exists()


def test_a_contact_forms_letter_is_shown_field_by_field(admin_client, db):
    fields = [
        {"name": "input_2", "label": "First Name", "value": "Ніна <b>", "fault": ""},
        {"name": "input_7", "label": "Phone Number", "value": "000", "fault": "No phone."},
        {"name": "state_1", "label": "hidden", "value": None, "fault": "It did not come back."},
    ]
    body = json.dumps({"charset": "utf-8", "raw": "", "fields": fields})
    arrival = Arrival.objects.create(receiver="webform", office="SWY01", status=422, body=body)

    page = html.fromstring(admin_client.get(f"{LIST}{arrival.id}/change/").content.decode())

    rows = page.cssselect(".field-text tbody tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["First Nameinput_2", "Ніна <b>", "right"],
        ["Phone Numberinput_7", "000", "No phone."],
        ["hiddenstate_1", "(nothing came)", "It did not come back."],
    ]


def test_a_contact_forms_letter_that_was_erased_is_empty(admin_client, db):
    arrival = Arrival.objects.create(receiver="webform", office="SWY01", status=200, body=None)

    assert admin_client.get(f"{LIST}{arrival.id}/change/").status_code == 200


@pytest.mark.parametrize(
    ("receiver", "kind"), [("webform", "key_refused"), ("senate_cwc", "form_changed")]
)
def test_a_mood_fits_its_receiver(admin_client, db, receiver, kind):
    page = admin_client.post(f"{MOODS}add/", {"receiver": receiver, "kind": kind})

    assert "That cannot happen there." in page.content.decode()
    assert not Mood.objects.exists()


def test_an_organizer_has_the_forms_change(admin_client, db):
    admin_client.post(f"{MOODS}add/", {"receiver": "webform", "kind": "form_changed"})

    assert Mood.objects.get().kind == Mood.Kind.FORM_CHANGED


def test_in_live_mode_the_desk_shows_no_rehearsal(admin_client, db, settings):
    settings.LIVE = True

    page = admin_client.get("/admin/").content.decode()

    assert LIST not in page
    assert MOODS not in page


def test_the_desk_shows_the_rehearsal_otherwise(admin_client, db):
    assert LIST in admin_client.get("/admin/").content.decode()


def test_the_rehearsal_congress_stands_under_its_own_path(client, db):
    answer = client.get("/rehearsal/senate/api/active_offices?apikey=rehearsal")

    assert len(answer.json()) == 48
