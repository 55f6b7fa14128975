"""What a person knows better than the roster."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import make_correction

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def test_a_correction_says_who_sits_or_that_nobody_does():
    assert str(make_correction()) == "HWY00 N000001 from 2026-07-01"
    assert str(make_correction("HWY00", member=None, starts=date(2026, 8, 1))) == (
        "HWY00 vacant from 2026-08-01"
    )


def test_a_correction_ends_after_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_correction(starts=DAY, ends=DAY)


def test_a_seat_is_corrected_once_from_a_day():
    make_correction(starts=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_correction(starts=DAY, member=None)


def test_a_withdrawn_correction_makes_room_for_another():
    make_correction(starts=DAY, withdrawn_by="olga", withdrawn_at=timezone.now())

    assert make_correction(starts=DAY)
