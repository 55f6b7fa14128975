"""Maps of ZIP codes into the database, state by state: shipped, put in force, taken back."""

from datetime import date

import pytest

from representatives.models import KeptTable, Snapshot, StateMap, ZipDistrict
from representatives.tables import TableRefused, read_table, sha256
from representatives.zip_map.loading import load_shipped_map, load_zip_map, take_back_zip_map
from representatives.zip_map.table import name_of
from tests.factories import make_state_map

pytestmark = pytest.mark.django_db
HAWAII = "96701,HI-1\n96704,HI-2\n"
Status = Snapshot.Status


def keep(text, *, congress=119, status=Status.IN_FORCE):
    """A snapshot and its table, before anything of it is loaded."""
    snapshot = Snapshot.objects.create(
        kind="zip_map",
        source="a test",
        as_of=date(2026, 11, 1),
        licence="none",
        sha256=sha256(text.encode()),
        congress_id=congress,
        status=status,
    )
    KeptTable.objects.create(snapshot=snapshot, text=text)
    return snapshot


def load(text, **changes):
    snapshot = keep(text, **changes)
    load_zip_map(snapshot)
    return snapshot


def districts(code, congress=119):
    rows = ZipDistrict.objects.filter(zip=code, congress=congress).order_by("state", "district")
    return " ".join(str(row).partition(" ")[2] for row in rows)


def shipped(**changes):
    text, provenance = read_table(name_of(119))
    return {"text": text, "provenance": provenance, "congress": 119} | changes


def test_a_state_is_replaced_alone():
    load(HAWAII)

    assert districts("96701") == "HI-1"
    assert districts("60614") == "IL-3 IL-5 IL-7"
    assert not ZipDistrict.objects.filter(congress=119, state="HI").exclude(
        zip__in=["96701", "96704"]
    )


def test_a_state_tells_which_snapshot_its_map_is_from():
    snapshot = load(HAWAII)

    assert StateMap.objects.get(congress=119, state="HI").snapshot == snapshot
    assert StateMap.objects.filter(congress=119).exclude(snapshot=snapshot).count() == 61


def test_a_map_of_every_state_replaces_the_snapshot_before():
    before = Snapshot.objects.current("zip_map")

    new = load(shipped()["text"])

    before.refresh_from_db()
    assert before.status == Status.REPLACED
    assert set(StateMap.objects.values_list("snapshot", flat=True)) == {new.pk}


def test_a_map_of_another_congress_leaves_this_ones_alone():
    before = ZipDistrict.objects.filter(congress=119).count()

    load(HAWAII, congress=120)

    assert districts("96701", 120) == "HI-1"
    assert ZipDistrict.objects.filter(congress=119).count() == before


@pytest.mark.parametrize(
    ("text", "sentence"), [("96701,HI-1\n", "touches HI-2"), ("96701,HI-3\n", "not a district")]
)
def test_a_table_that_cannot_be_true_changes_nothing(text, sentence):
    with pytest.raises(TableRefused, match=sentence):
        load(text)

    assert districts("96801") == "HI-?"


def test_a_table_that_is_not_kept_cannot_be_loaded():
    snapshot = keep(HAWAII)
    KeptTable.objects.all().delete()

    with pytest.raises(TableRefused, match="not kept any more"):
        load_zip_map(Snapshot.objects.get(pk=snapshot.pk))


def test_a_map_taken_back_gives_its_states_the_map_before():
    whole = Snapshot.objects.current("zip_map")
    before = districts("96701")
    load("96701,HI-2\n96704,HI-1\n")

    take_back_zip_map(Snapshot.objects.current("zip_map"))

    assert districts("96701") == before
    assert StateMap.objects.get(congress=119, state="HI").snapshot == whole


def test_a_map_that_was_replaced_altogether_comes_back_in_force():
    first = load(HAWAII, congress=120)
    second = load("96701,HI-2\n96704,HI-1\n", congress=120)
    first.refresh_from_db()
    assert first.status == Status.REPLACED

    take_back_zip_map(second)

    first.refresh_from_db()
    assert (first.status, districts("96701", 120)) == (Status.IN_FORCE, "HI-1")


def test_a_map_taken_back_gives_back_the_last_one_before_it():
    load(HAWAII, congress=120)
    load("96701,HI-1\n96705,HI-2\n", congress=120)

    take_back_zip_map(load("96701,HI-2\n96704,HI-1\n", congress=120))

    assert (districts("96705", 120), districts("96704", 120)) == ("HI-2", "")


def test_a_map_without_one_before_leaves_its_states_without():
    take_back_zip_map(load(HAWAII, congress=120))

    assert not StateMap.objects.filter(congress=120).exists()
    assert not ZipDistrict.objects.filter(congress=120).exists()


@pytest.mark.parametrize("status", [Status.REFUSED, Status.PROPOSED])
def test_what_never_was_in_force_does_not_come_back(status):
    keep(HAWAII, congress=120, status=status)
    second = load("96701,HI-2\n96704,HI-1\n", congress=120)

    take_back_zip_map(second)

    assert districts("96701", 120) == ""


def test_a_restart_leaves_a_younger_map_of_a_state_alone():
    load(HAWAII)

    assert not load_shipped_map(**shipped())
    assert districts("96704") == "HI-2"


def test_a_shipped_map_is_loaded_for_the_states_that_have_none():
    before = districts("60614")
    for rows in (StateMap, ZipDistrict):
        rows.objects.filter(state="IL").delete()
    load(HAWAII)
    Snapshot.objects.exclude(state_maps__state="HI").update(sha256="old", as_of=date(2024, 10, 1))

    assert load_shipped_map(**shipped())
    assert (districts("60614"), districts("96801")) == (before, "")


def test_a_shipped_map_that_is_a_part_is_refused():
    with pytest.raises(TableRefused, match="not all of them"):
        load_shipped_map(**shipped(text=HAWAII))


def test_a_shipped_map_that_a_person_refused_stays_out():
    StateMap.objects.all().delete()
    Snapshot.objects.filter(kind="zip_map").update(status=Status.REFUSED)

    assert not load_shipped_map(**shipped())


def test_an_older_map_of_a_state_is_replaced_by_the_shipped_one():
    make_state_map("HI", {"96701": (1, 2)}, congress=119)
    Snapshot.objects.filter(state_maps__state="HI").update(as_of=date(2024, 10, 31))

    assert load_shipped_map(**shipped())
    assert districts("96801") == "HI-?"
