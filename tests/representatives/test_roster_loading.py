"""From our roster to the database, again and again."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from representatives import tables
from representatives.accepting import roll_back
from representatives.models import KeptTable, Member, Seat, Snapshot, Term
from representatives.roster.loading import load_roster
from representatives.roster.table import NAME, RosterRow, covers_until
from representatives.tables import TableRefused
from tests.factories import make_roster

pytestmark = pytest.mark.django_db


def test_541_seats_and_537_members_are_loaded():
    assert Seat.objects.count() == 541
    assert Member.objects.count() == 537
    assert Term.objects.count() == 537


def load_shipped_anew():
    call_command("load_roster", verbosity=0)
    return Snapshot.objects.current("roster")


def test_a_restart_keeps_a_younger_roster():
    synced = make_roster({"HWY00": None}, as_of=date(2026, 6, 16))

    assert load_shipped_anew() == synced


def test_a_restart_keeps_a_roster_whose_source_was_asked_since():
    older = make_roster({"HWY00": None}, as_of=date(2026, 6, 1))
    Snapshot.objects.filter(pk=older.pk).update(checked_at=datetime(2026, 6, 15, 16, tzinfo=UTC))

    assert load_shipped_anew() == older


def test_a_release_brings_a_younger_roster():
    older = make_roster({"HWY00": None}, as_of=date(2026, 6, 14))

    assert load_shipped_anew() != older
    assert Term.objects.filter(seat="HWY00").exists()


def test_a_restart_keeps_what_a_person_has_gone_back_to():
    older = make_roster({"HWY00": None}, as_of=date(2026, 6, 14))
    shipped = load_shipped_anew()
    roll_back(shipped.kind, by="olga")

    assert load_shipped_anew() == older


def test_a_second_run_changes_nothing():
    before = Snapshot.objects.count()

    call_command("load_roster", verbosity=0)

    assert Snapshot.objects.count() == before


def test_a_successor_takes_the_seat():
    make_roster(
        {"HWY00": {"bioguide": "N000001", "last_name": "New", "term_start": date(2026, 6, 20)}}
    )

    assert [term.member_id for term in Term.objects.filter(seat="HWY00")] == ["N000001"]
    assert Member.objects.filter(pk="H001096").exists()


def test_who_is_no_longer_in_the_roster_has_left_the_seat(november):
    make_roster({"HWY00": None})

    assert Seat.objects.get(pk="HWY00").term_on(november) is None


def test_a_new_telephone_replaces_the_old_one(november):
    make_roster({"HWY00": {"phone": "202-555-0199"}})

    assert Seat.objects.get(pk="HWY00").term_on(november).phone == "202-555-0199"


@pytest.mark.parametrize(("congress", "until"), [(119, date(2027, 1, 3)), (120, date(2029, 1, 3))])
def test_a_roster_covers_the_days_until_the_houses_terms_end(congress, until):
    assert make_roster(congress=congress).covers_until == until


def test_a_roster_covers_no_day_that_most_of_its_house_does_not_reach():
    rows = [RosterRow(f"H{number}", term_end=date(2027, 1, 3)) for number in range(399)]
    rows += [RosterRow(f"S{number}", term_end=date(2031, 1, 3)) for number in range(100)]

    assert covers_until(rows) is None
    assert covers_until([*rows, RosterRow("H399", term_end=date(2029, 1, 3))]) == date(2027, 1, 3)


def test_a_loaded_roster_keeps_its_text():
    roster = make_roster({"HWY00": {"phone": "202-555-0199"}})

    assert "202-555-0199" in roster.kept_table.text


def test_a_roster_whose_text_is_gone_is_not_loaded():
    roster = make_roster()
    KeptTable.objects.filter(snapshot=roster).delete()

    with pytest.raises(TableRefused, match="not kept"):
        load_roster(roster)

    assert Term.objects.count() == 537


def test_a_refused_roster_keeps_what_is_there():
    with pytest.raises(TableRefused):
        make_roster({"HWY00": {"bioguide": "nonsense"}})

    assert Snapshot.objects.current("roster").as_of == date(2026, 6, 15)


def test_a_table_changed_by_hand_is_refused(tmp_path, monkeypatch):
    for name in (NAME, "sources.json"):
        (tmp_path / name).write_bytes((tables.DATA / name).read_bytes() + b"\n")
    monkeypatch.setattr(tables, "DATA", tmp_path)

    with pytest.raises(CommandError, match="make it again"):
        call_command("load_roster")
