"""What the migration makes of an installation that has data: its steps, on today's tables."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from representatives.models import KeptTable, Snapshot, StateMap
from tests.factories import make_roster

pytestmark = pytest.mark.django_db
steps = import_module("representatives.migrations.0004_what_is_fixed")
Kind, Status = Snapshot.Kind, Snapshot.Status


@pytest.fixture
def as_before():
    """Nothing is known of what is in force."""
    KeptTable.objects.all().delete()
    StateMap.objects.all().delete()
    Snapshot.objects.update(status=Status.REPLACED, congress=None, covers_until=None)


def test_a_map_becomes_that_of_each_of_its_states(as_before):
    steps.record_state_maps(apps, None)

    zip_map = Snapshot.objects.current(Kind.ZIP_MAP)
    assert (StateMap.objects.filter(snapshot=zip_map).count(), zip_map.congress_id) == (62, 119)


def test_the_table_that_was_loaded_last_is_in_force(as_before):
    older = Snapshot.objects.get(kind=Kind.ROSTER)
    newer = Snapshot.objects.record(
        Kind.ROSTER, source="", as_of=older.as_of, licence="", sha256="", status=Status.REPLACED
    )

    steps.put_the_newest_in_force(apps, None)

    assert Snapshot.objects.get(kind=Kind.ROSTER, status=Status.IN_FORCE) == newer
    assert Snapshot.objects.current(Kind.ZIP_CITIES)


def test_the_roster_covers_what_the_houses_terms_reach(as_before):
    Snapshot.objects.filter(kind=Kind.ROSTER).update(status=Status.IN_FORCE)

    steps.learn_what_the_roster_covers(apps, None)

    assert Snapshot.objects.current(Kind.ROSTER).covers_until == date(2027, 1, 3)


def test_the_texts_of_the_shipped_tables_are_kept(as_before):
    other = make_roster({"HWY00": None})
    KeptTable.objects.all().delete()

    steps.keep_the_tables_that_we_have(apps, None)

    kept = set(KeptTable.objects.values_list("snapshot__kind", flat=True))
    assert kept == {Kind.ROSTER, Kind.ZIP_MAP}
    assert not KeptTable.objects.filter(snapshot=other).exists()
