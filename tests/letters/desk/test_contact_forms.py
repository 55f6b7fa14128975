"""Contact forms at the desk: what organizers see of them, and how one is opened."""

import pytest
from django.contrib.admin.models import LogEntry

from letters.channels.webform.recipe import By
from letters.models import Attempt, ContactForm
from letters.standing import BREAKS
from tests.factories import make_contact_form, make_delivery, make_recipe
from tests.letters.desk.acting import act, listed, told
from tests.logins import make_login

pytestmark = pytest.mark.django_db

MODEL = "letters_contactform"


@pytest.fixture
def organizer(client):
    client.force_login(make_login("olga", organizer=True))
    return client


@pytest.fixture
def live(settings):
    settings.LIVE = True


def page_of(client, row: ContactForm) -> str:
    return client.get(f"/admin/letters/contactform/{row.pk}/change/").content.decode()


def test_an_organizer_opens_a_form_and_the_log_keeps_it(organizer, live):
    row = make_contact_form("SWY01")
    assert "have not opened" in page_of(organizer, row)

    act(organizer, MODEL, "open", row)

    row.refresh_from_db()
    assert row.opened_at and row.opened_by == "olga"
    assert LogEntry.objects.get().change_message == "opened for letters"
    assert "takes its first letter" in page_of(organizer, row)


def test_a_form_that_only_a_person_can_finish_is_not_opened(organizer):
    row = make_contact_form("SWY01", recipe=make_recipe("SWY01", by=By.PERSON))

    response = act(organizer, MODEL, "open", row)

    row.refresh_from_db()
    assert row.opened_at is None
    assert "1 not opened: only a person can finish those forms." in told(response)


def test_a_closed_form_takes_no_more_letters(organizer, live):
    row = make_contact_form("SWY01")
    act(organizer, MODEL, "open", row)

    act(organizer, MODEL, "close", row)

    row.refresh_from_db()
    assert row.opened_at is None
    assert "have not opened" in page_of(organizer, row)


def test_a_form_that_broke_again_and_again_is_shown_and_can_be_tried_anew(organizer):
    row, delivery = make_contact_form("SWY01"), make_delivery(seat="SWY01")
    for number in range(1, BREAKS + 1):
        Attempt.objects.create(
            delivery=delivery,
            number=number,
            channel="contact_form",
            how="plain",
            outcome=Attempt.Outcome.UNCERTAIN,
        )
    assert "did not work lately" in page_of(organizer, row)

    act(organizer, MODEL, "open", row)

    assert "takes its first letter" in page_of(organizer, row)


def test_a_quarantined_form_says_why(organizer):
    row = make_contact_form("SWY01", recipe=None, quarantine="line 3 is no YAML")

    assert "line 3 is no YAML" in page_of(organizer, row)
    assert listed(organizer, MODEL).status_code == 200


def test_who_may_only_look_opens_nothing(client):
    client.force_login(make_login("ivan", organizer=False))
    row = make_contact_form("SWY01")

    act(client, MODEL, "open", row)

    row.refresh_from_db()
    assert row.opened_at is None


def test_the_front_page_counts_the_forms_that_rest(organizer):
    make_contact_form("SWY01", trouble="no field")
    make_contact_form("SWY02")
    make_contact_form("SIL02")
    make_contact_form("SIL03", recipe=make_recipe("SIL03", by=By.PERSON))

    front = organizer.get("/admin/").context["front"]

    assert front.forms == (
        ("Letters may go by it.", 2),
        ("This office's form asks for proof that a person fills it in.", 1),
        ("This office's form has changed: only a person can finish it.", 1),
    )
