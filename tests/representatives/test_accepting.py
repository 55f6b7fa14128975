"""What is in force, what waits for a person, and the way back."""

from datetime import date

import pytest

from representatives.accepting import KEPT, accept, propose, refuse, roll_back
from representatives.models import KeptTable, Snapshot, Term
from representatives.tables import TableRefused
from tests.factories import make_correction, make_roster

pytestmark = pytest.mark.django_db
Kind, Status = Snapshot.Kind, Snapshot.Status
NEW = {"bioguide": "N000001", "term_start": date(2026, 7, 1)}


def proposed(*, changes=None):
    """A roster that waits, with the shipped one in force."""
    roster = make_roster(changes or {"HWY00": NEW})
    roll_back(Kind.ROSTER, by="olga")
    Snapshot.objects.filter(pk=roster.pk).update(status=Status.PROPOSED)
    return roster


def holder(seat="HWY00"):
    return Term.objects.get(seat=seat).member_id


def test_a_proposed_roster_changes_nothing():
    proposed()

    assert holder() == "H001096"


def test_a_person_accepts_what_was_proposed():
    roster = proposed()

    accept(roster, by="olga")

    assert (holder(), Snapshot.objects.current(Kind.ROSTER)) == ("N000001", roster)
    assert roster.accepted_by == "olga" and roster.accepted_at


def test_a_person_refuses_what_was_proposed():
    roster = proposed()

    refuse(roster, by="olga")

    assert (roster.status, holder()) == (Status.REFUSED, "H001096")


@pytest.mark.parametrize("verb", [accept, refuse])
def test_what_was_decided_is_not_decided_again(verb):
    roster = proposed()
    refuse(roster, by="olga")

    with pytest.raises(TableRefused, match="refused by a person"):
        verb(roster, by="olga")


def test_a_new_proposal_takes_the_place_of_the_one_before():
    first = proposed()

    propose(Kind.ROSTER, table="", source="a test", as_of=date(2026, 7, 2), licence="none")

    assert not Snapshot.objects.filter(pk=first.pk).exists()


def test_a_proposal_that_cannot_be_true_is_not_put_in_force():
    roster = propose(Kind.ROSTER, table="", source="a test", as_of=date(2026, 7, 2), licence="none")

    with pytest.raises(TableRefused):
        accept(roster, by="olga")

    roster.refresh_from_db()
    assert (roster.status, holder()) == (Status.PROPOSED, "H001096")


def test_a_rollback_brings_back_who_sat_there():
    bad = make_roster({"HWY00": NEW, "SWY01": None})

    shipped = roll_back(Kind.ROSTER, by="olga")

    assert (holder(), holder("SWY01")) == ("H001096", "B001261")
    assert Term.objects.filter(snapshot=shipped).count() == Term.objects.count() == 537
    bad.refresh_from_db()
    assert (bad.status, bad.accepted_by) == (Status.REFUSED, "olga")


def test_a_second_rollback_goes_one_further_back():
    make_roster({"HWY00": NEW})
    make_roster({"HWY00": NEW | {"bioguide": "N900002"}})

    roll_back(Kind.ROSTER, by="olga")
    first = holder()
    roll_back(Kind.ROSTER, by="olga")

    assert (first, holder()) == ("N000001", "H001096")


def test_a_rollback_needs_something_to_go_back_to():
    with pytest.raises(TableRefused, match="no roster of members from before"):
        roll_back(Kind.ROSTER, by="olga")


def test_a_correction_survives_a_rollback():
    make_correction("SWY01")
    make_roster({"HWY00": NEW})

    roll_back(Kind.ROSTER, by="olga")

    assert Term.objects.filter(seat="SWY01", member="N000001").exists()


def test_the_texts_of_the_last_ten_are_kept():
    for number in range(KEPT + 2):
        make_roster({"HWY00": {"phone": f"202-555-01{number:02}"}})

    assert KeptTable.objects.filter(snapshot__kind=Kind.ROSTER).count() == KEPT + 1
