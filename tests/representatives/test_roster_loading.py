"""From our roster to the database, again and again."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from representatives import tables
from representatives.models import Member, Seat, Snapshot, Term
from representatives.roster.loading import load_roster
from representatives.roster.table import NAME, read_roster, write_roster
from representatives.tables import TableRefused, read_table

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


def load_changed(change, as_of=JULY):
    """Load the embedded roster with some rows changed: `change` maps a seat to new fields."""
    text, provenance = read_table(NAME)
    rows = [replace(row, **change.get(row.seat, {})) for row in read_roster(text)]
    return load_roster(
        write_roster(rows), replace(provenance, as_of=as_of, table_sha256=f"of {as_of}")
    )


def test_541_seats_and_537_members_are_loaded():
    assert Seat.objects.count() == 541
    assert Member.objects.count() == 537
    assert Term.objects.count() == 537


def test_a_second_run_changes_nothing():
    before = Snapshot.objects.count()

    call_command("load_roster", verbosity=0)

    assert Snapshot.objects.count() == before


def test_a_successor_takes_the_seat(november):
    load_changed(
        {"HWY00": {"bioguide": "N000001", "last_name": "New", "term_start": date(2026, 6, 20)}}
    )

    holders = Term.objects.sitting(november).filter(seat="HWY00")

    assert [term.member_id for term in holders] == ["N000001"]
    assert Term.objects.get(seat="HWY00", member="H001096").end == date(2026, 6, 20)


def test_who_is_no_longer_in_the_roster_has_left_the_seat(november):
    load_changed({"HWY00": {"bioguide": "", "term_start": None, "term_end": None}})

    assert Seat.objects.get(pk="HWY00").term_on(november) is None
    assert Seat.objects.get(pk="HWY00").term_on(date(2026, 6, 1)) is not None


def test_a_new_telephone_replaces_the_old_one(november):
    load_changed({"HWY00": {"phone": "202-555-0199"}})

    assert Seat.objects.get(pk="HWY00").term_on(november).phone == "202-555-0199"


def test_a_refused_roster_keeps_what_is_there():
    with pytest.raises(TableRefused):
        load_changed({"HWY00": {"bioguide": "nonsense"}})

    assert Snapshot.objects.current("roster").as_of == date(2026, 6, 15)


def test_a_table_changed_by_hand_is_refused(tmp_path, monkeypatch):
    for name in (NAME, "sources.json"):
        (tmp_path / name).write_bytes((tables.DATA / name).read_bytes() + b"\n")
    monkeypatch.setattr(tables, "DATA", tmp_path)

    with pytest.raises(CommandError, match="make it again"):
        call_command("load_roster")
