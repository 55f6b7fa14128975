"""Which tables are in force, how old they are, and what is kept of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from representatives.models import KeptTable, Snapshot, Standing, StateMap
from tests.factories import make_state_map

pytestmark = pytest.mark.django_db
FACTS = {"source": "a test", "as_of": date(2026, 7, 1), "licence": "none", "sha256": "new"}
Kind, Status = Snapshot.Kind, Snapshot.Status


def test_a_new_table_replaces_the_one_before():
    before = Snapshot.objects.current(Kind.ROSTER)

    new = Snapshot.objects.record(Kind.ROSTER, **FACTS)

    before.refresh_from_db()
    assert (before.status, Snapshot.objects.current(Kind.ROSTER)) == (Status.REPLACED, new)


def test_a_new_table_leaves_those_of_other_kinds_alone():
    Snapshot.objects.record(Kind.ROSTER, **FACTS)

    assert Snapshot.objects.current(Kind.ZIP_CITIES)


def test_a_proposed_table_is_not_gone_by():
    before = Snapshot.objects.current(Kind.ROSTER)

    Snapshot.objects.create(kind=Kind.ROSTER, status=Status.PROPOSED, **FACTS)

    assert Snapshot.objects.current(Kind.ROSTER) == before


def test_two_rosters_are_never_in_force():
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(kind=Kind.ROSTER, **FACTS)


def test_only_a_map_belongs_to_a_congress():
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.record(Kind.ROSTER, **FACTS, congress_id=119)


def test_the_loaded_map_is_every_states():
    maps = StateMap.objects.filter(congress=119, snapshot=Snapshot.objects.current(Kind.ZIP_MAP))

    # 50 states, the District, 5 territories, 3 countries of the post, 3 of the armed forces.
    assert (maps.count(), maps[0].snapshot.congress_id) == (62, 119)


def test_a_map_stays_in_force_while_a_state_reads_it():
    whole = Snapshot.objects.current(Kind.ZIP_MAP)

    make_state_map("WY", {"82001": (0,)}, congress=119)

    whole.refresh_from_db()
    assert whole.status == Status.IN_FORCE


def test_a_map_that_no_state_reads_is_replaced():
    first = make_state_map("WY", {"82001": (0,)}).snapshot

    make_state_map("WY", {"82001": (0,)})

    first.refresh_from_db()
    assert first.status == Status.REPLACED


def test_a_state_has_one_map_of_a_congress():
    made = make_state_map("WY", {"82001": (0,)})

    with pytest.raises(IntegrityError), transaction.atomic():
        StateMap.objects.create(congress_id=120, state="WY", snapshot=made.snapshot)


def test_the_text_of_a_table_is_kept_where_it_is_given():
    kept = Snapshot.objects.record(Kind.RECIPES, **FACTS, table="the text")
    bare = Snapshot.objects.record(Kind.RECIPES, **FACTS)

    assert kept.kept_table.text == "the text"
    assert not KeptTable.objects.filter(snapshot=bare).exists()


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 7, 8), Standing.FRESH),
        (date(2026, 7, 9), Standing.AGING),
        (date(2026, 7, 31), Standing.AGING),
        (date(2026, 8, 1), Standing.TOO_OLD),
    ],
)
def test_a_table_ages(day, standing):
    assert Snapshot(**FACTS).standing(day) == standing


def test_a_source_that_still_says_the_same_makes_a_table_young():
    # Still the evening of the 19th in Washington.
    snapshot = Snapshot(**FACTS, checked_at=datetime(2026, 8, 20, 1, tzinfo=UTC))

    assert snapshot.age_in_days(date(2026, 8, 22)) == 3


def test_a_source_asked_before_its_table_was_made_does_not_make_it_older():
    snapshot = Snapshot(**FACTS, checked_at=datetime(2026, 6, 1, 12, tzinfo=UTC))

    assert snapshot.age_in_days(date(2026, 7, 2)) == 1


@pytest.mark.parametrize(("days", "good"), [(0, True), (7, True), (8, False)])
def test_a_persons_word_for_an_old_table_holds_for_a_week(days, good):
    given = datetime(2026, 11, 1, 12, tzinfo=UTC)
    roster = Snapshot(**FACTS, age_accepted_by="olga", age_accepted_at=given)

    assert roster.is_good(given.date() + timedelta(days=days)) is good


def test_nobody_can_answer_for_a_congress_that_the_roster_does_not_know():
    given = datetime(2027, 1, 2, 12, tzinfo=UTC)
    roster = Snapshot(
        **FACTS, age_accepted_by="olga", age_accepted_at=given, covers_until=date(2027, 1, 3)
    )

    assert roster.is_good(date(2027, 1, 2))
    assert not roster.is_good(date(2027, 1, 3))
