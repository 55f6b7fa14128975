"""What organizers decide in the admin: which table is in force, and what they know better."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from representatives.accepting import propose, roll_back
from representatives.models import Correction, KeptTable, Snapshot, Term
from tests.factories import make_correction, make_roster
from tests.letters.desk.acting import act, told
from tests.logins import make_login, make_staff

pytestmark = pytest.mark.django_db
Kind, Status = Snapshot.Kind, Snapshot.Status
NEW = {"bioguide": "N000001", "term_start": date(2026, 7, 1)}
CORRECTION = {
    "seat": "HWY00",
    "member": "",
    "starts": "2026-07-01",
    "why": "She resigned.",
    "source": "https://example.org/news",
}
ADD = "admin:representatives_correction_add"


@pytest.fixture
def organizer(client):
    client.force_login(make_login("olga", organizer=True))
    return client


@pytest.fixture
def waiting():
    """A roster that waits, with the shipped one in force."""
    roster = make_roster({"HWY00": NEW})
    roll_back(Kind.ROSTER, by="rule")
    Snapshot.objects.filter(pk=roster.pk).update(status=Status.PROPOSED)
    return roster


def decide(client, action, snapshot):
    response = act(client, "representatives_snapshot", action, snapshot)
    snapshot.refresh_from_db()
    return response


def holders(seat="HWY00") -> list[str]:
    return list(Term.objects.filter(seat=seat).values_list("member_id", flat=True))


def test_an_organizer_puts_in_force_what_waits(organizer, waiting):
    decide(organizer, "put_in_force", waiting)

    assert (waiting.status, waiting.accepted_by) == (Status.IN_FORCE, "olga")
    assert holders() == ["N000001"]
    assert LogEntry.objects.get().change_message == "Put in force."


def test_an_organizer_refuses_what_waits(organizer, waiting):
    decide(organizer, "refuse", waiting)

    assert (waiting.status, waiting.accepted_by) == (Status.REFUSED, "olga")
    assert holders() == ["H001096"]
    assert LogEntry.objects.get().change_message == "Refused."


def test_what_cannot_be_decided_says_why_and_leaves_no_trace(organizer):
    current = Snapshot.objects.current(Kind.ROSTER)

    assert "decide on another" in told(decide(organizer, "refuse", current))[0]
    assert "There is no roster" in told(decide(organizer, "roll_back", current))[0]
    assert current.status == Status.IN_FORCE
    assert not LogEntry.objects.exists()


def test_a_table_that_cannot_be_true_is_not_put_in_force(organizer):
    broken = propose(Kind.ROSTER, table="", source="a test", as_of=date(2026, 7, 2), licence="no")

    decide(organizer, "put_in_force", broken)

    assert (broken.status, holders()) == (Status.PROPOSED, ["H001096"])


def test_only_the_table_in_force_is_rolled_back(organizer, waiting):
    assert "is not in force" in told(decide(organizer, "roll_back", waiting))[0]
    assert waiting.status == Status.PROPOSED


def test_what_comes_by_command_is_not_decided_here(organizer):
    cities = Snapshot.objects.current(Kind.ZIP_CITIES)

    assert "comes by command" in told(decide(organizer, "roll_back", cities))[0]


@pytest.mark.parametrize("action", ["put_in_force", "refuse", "roll_back"])
def test_who_may_only_look_decides_nothing(client, waiting, action):
    client.force_login(make_staff("view_snapshot"))

    decide(client, action, waiting)

    assert waiting.status == Status.PROPOSED


def test_a_correction_counts_at_once(organizer):
    organizer.post(reverse(ADD), CORRECTION)

    assert Correction.objects.get().made_by == "olga"
    assert all(term.end == date(2026, 7, 1) for term in Term.objects.filter(seat="HWY00"))


def test_a_seat_is_corrected_once_from_a_day(organizer):
    organizer.post(reverse(ADD), CORRECTION)

    again = organizer.post(reverse(ADD), CORRECTION)

    assert "withdraw that first" in again.content.decode()
    assert Correction.objects.count() == 1


def test_a_withdrawn_correction_stays_to_be_read(organizer):
    organizer.post(reverse(ADD), CORRECTION)
    correction = Correction.objects.get()

    act(organizer, "representatives_correction", "withdraw", correction)

    correction.refresh_from_db()
    assert correction.withdrawn_by == "olga" and correction.withdrawn_at
    assert Term.objects.get(seat="HWY00").end == date(2027, 1, 3)
    assert LogEntry.objects.filter(change_message="Withdrawn.").count() == 1


def test_a_correction_is_neither_changed_nor_deleted(organizer):
    correction = make_correction()
    page = reverse("admin:representatives_correction_change", args=[correction.pk])

    organizer.post(page, CORRECTION | {"why": "Another reason."})
    organizer.post(page.replace("change", "delete"), {"post": "yes"})

    correction.refresh_from_db()
    assert correction.why == "The newspapers say so."


@pytest.fixture
def unkept():
    """A roster in force whose text is not kept: no correction can be put into it."""
    KeptTable.objects.filter(snapshot=Snapshot.objects.current(Kind.ROSTER)).delete()


def test_a_correction_that_cannot_be_put_in_says_what_to_do(organizer, unkept):
    response = organizer.post(reverse(ADD), CORRECTION, follow=True)

    assert "Put another roster in force first" in told(response)[0]
    assert not Correction.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_correction_that_cannot_be_taken_out_says_what_to_do(organizer, unkept):
    correction = make_correction()

    response = act(organizer, "representatives_correction", "withdraw", correction)

    correction.refresh_from_db()
    assert "Put another roster in force first" in told(response)[0]
    assert correction.withdrawn_at is None
    assert not LogEntry.objects.exists()


def test_who_may_only_look_corrects_nothing(client):
    correction = make_correction()
    client.force_login(make_staff("view_correction"))

    client.post(reverse(ADD), CORRECTION)
    act(client, "representatives_correction", "withdraw", correction)

    assert Correction.objects.get().withdrawn_at is None


def test_a_correction_can_name_somebody_whom_the_roster_does_not_know(organizer):
    person = {"official_name": "Ann Lee", "first_name": "Ann", "last_name": "Lee"}
    add = reverse("admin:representatives_member_add")

    refused = organizer.post(add, person | {"bioguide": "N1"})
    organizer.post(add, person | {"bioguide": "N000001"})
    organizer.post(reverse(ADD), CORRECTION | {"member": "N000001"})

    assert "One letter and six digits" in refused.content.decode()
    assert "N000001" in holders()
