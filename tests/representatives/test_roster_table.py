"""What a roster's own table must not say, whoever wrote it."""

from dataclasses import replace
from datetime import date

import pytest

from representatives.roster.building import build_roster
from representatives.roster.table import RosterRow, check_roster
from representatives.tables import TableRefused


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda row: [], "has no row for HWY00"),
        (lambda row: [row, RosterRow("HWY00")], "vacant and held"),
        (lambda row: [replace(row, term_end=row.term_start)], "does not end after it starts"),
        (lambda row: [replace(row, term_end=None)], "does not end after it starts"),
        (lambda row: [replace(row, end_estimated=True)], "has an end to the day"),
    ],
)
def test_a_table_that_cannot_be_true_is_refused(make_people, change, sentence):
    rows = build_roster(make_people(), as_of=date(2026, 6, 15))
    wyoming = next(row for row in rows if row.seat == "HWY00")

    with pytest.raises(TableRefused, match=sentence):
        check_roster([*(row for row in rows if row is not wyoming), *change(wyoming)])
