"""What one roster changes in another, and how much of that passes by itself."""

from dataclasses import replace
from datetime import date

import pytest

from representatives.roster.differing import MOST_CONTACTS, MOST_PEOPLE, difference
from representatives.roster.table import RosterRow

DAY = date(2026, 11, 20)
ANN = RosterRow(
    "HGA13", "A000001", "Ann", "Lee", "Ann Lee", "Independent", "GA", 13,
    phone="202-555-0101", term_start=date(2025, 1, 3), term_end=date(2027, 1, 3),
)  # fmt: skip
VACANT = RosterRow("HGA13")
BEN = replace(ANN, bioguide="B000001", official_name="Ben Lee", term_start=DAY)
AGAIN = replace(ANN, term_start=date(2027, 1, 3), term_end=date(2029, 1, 3))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ([VACANT], [BEN], "HGA13: vacant → Ben Lee (B000001) from 2026-11-20"),
        ([ANN], [VACANT], "HGA13: Ann Lee (A000001) → vacant"),
        (
            [ANN],
            [ANN, AGAIN],
            "HGA13: Ann Lee (A000001) → Ann Lee (A000001) from 2025-01-03, "
            "then Ann Lee (A000001) from 2027-01-03",
        ),
    ],
)
def test_a_seat_that_changes_hands_is_a_sentence(before, after, sentence):
    changes = difference(before, after, on=DAY)

    assert (changes.sentences, changes.people) == ((sentence,), {"HGA13": sentence})


def test_a_new_telephone_is_a_sentence():
    changes = difference([ANN], [replace(ANN, phone="")], on=DAY)

    assert changes.sentences == ("HGA13: Ann Lee: phone 202-555-0101 → none",)
    assert not changes.people


def test_a_term_that_is_over_is_no_change():
    assert difference([ANN, AGAIN], [AGAIN], on=AGAIN.term_start).sentences == ()


def many(number, **changes):
    rows = [replace(ANN, seat=f"H{each}", bioguide=f"A{each:06}") for each in range(number)]
    return rows, [replace(row, **changes) for row in rows]


@pytest.mark.parametrize(("changed", "large"), [(MOST_PEOPLE, False), (MOST_PEOPLE + 1, True)])
def test_more_than_ten_changed_people_are_large(changed, large):
    before, after = many(changed, bioguide="N000001")

    assert bool(difference(before, after, on=DAY).too_large) == large


@pytest.mark.parametrize(("changed", "large"), [(MOST_CONTACTS, False), (MOST_CONTACTS + 1, True)])
def test_more_than_a_hundred_changed_contacts_are_large(changed, large):
    before, after = many(changed, phone="")

    assert bool(difference(before, after, on=DAY).too_large) == large
