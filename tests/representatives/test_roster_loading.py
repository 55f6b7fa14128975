"""From our roster to the database, again and again."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from representatives import tables
from representatives.models import Member, Seat, Snapshot, Term
from representatives.roster.table import NAME, RosterRow, covers_until
from representatives.tables import TableRefused
from tests.factories import make_roster

pytestmark = pytest.mark.django_db


def test_541_seats_and_537_members_are_loaded():
    assert Seat.objects.count() == 541
    assert Member.objects.count() == 537
    assert Term.objects.count() == 537


def test_a_second_run_changes_nothing():
    before = Snapshot.objects.count()

    call_command("load_roster", verbosity=0)

    assert Snapshot.objects.count() == before


def test_a_successor_takes_the_seat(november):
    make_roster(
        {"HWY00": {"bioguide": "N000001", "last_name": "New", "term_start": date(2026, 6, 20)}}
    )

    holders = Term.objects.sitting(november).filter(seat="HWY00")

    assert [term.member_id for term in holders] == ["N000001"]
    assert Term.objects.get(seat="HWY00", member="H001096").end == date(2026, 6, 20)


def test_who_is_no_longer_in_the_roster_has_left_the_seat(november):
    make_roster({"HWY00": None})

    assert Seat.objects.get(pk="HWY00").term_on(november) is None
    assert Seat.objects.get(pk="HWY00").term_on(date(2026, 6, 1)) is not None


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
