"""From the public table of ZIP codes to our map, and from there to the database."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from representatives.districts import District
from representatives.models import Snapshot, StateMap, ZipDistrict
from representatives.seat_codes import every_seat
from representatives.tables import TableRefused, read_table
from representatives.zip_map import table
from representatives.zip_map.building import build_zip_map
from representatives.zip_map.loading import load_zip_map
from representatives.zip_map.post import PostalZip


@pytest.fixture
def source(monkeypatch):
    """A small source that touches every district once, and then the lines of a test."""
    monkeypatch.setattr(table, "LEAST_ZIPS", 1)

    def make(*lines):
        everywhere = [
            f"00,{state},{10000 + index},{number}"
            for index, (_, chamber, state, number) in enumerate(every_seat())
            if chamber == "house"
        ]
        return "\n".join(["state_fips,state_abbr,zcta,cd", *everywhere, *lines]).encode()

    return make


def districts_of(code, content, *post):
    post = [PostalZip(code, state, "Town") for state in post]
    return " ".join(map(str, build_zip_map(content, post=post)[code]))


def test_a_zip_that_lost_its_home_state_gets_the_states_only_district(source):
    content = source("38,ND,57641,0")

    assert districts_of("57641", content, "SD") == "ND-0 SD-0"


def test_a_zip_that_lost_a_state_with_many_districts_asks_for_the_street(source):
    content = source("35,NM,81120,3")

    assert districts_of("81120", content, "CO") == "NM-3 CO-?"


def test_a_zip_that_has_its_home_state_is_left_alone(source):
    content = source("17,IL,60614,5", "17,IL,60614,7")

    assert districts_of("60614", content, "IL") == "IL-5 IL-7"


@pytest.mark.parametrize(
    ("state", "district"),
    [("IL", "IL-?"), ("WY", "WY-0"), ("GU", "GU-0"), ("AE", "AE-?"), ("FM", "FM-?")],
)
def test_a_zip_that_only_the_post_knows_tells_its_state(source, state, district):
    assert districts_of("99998", source(), state) == district


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("17,IL,60614,18", "IL-18, which is not a district"),
        ("17,IL,6061,5", "'6061', which is not a ZIP code"),
        ("17,IL,60614,x", "cannot be read"),
        ("17,QQ,60614,1", "QQ-1, which is not a district"),
    ],
)
def test_a_map_that_cannot_be_true_is_refused(source, line, sentence):
    with pytest.raises(TableRefused, match=sentence):
        build_zip_map(source(line), post=[])


def test_a_map_that_misses_a_district_is_refused(source):
    content = source().replace(b"WY,", b"SD,")

    with pytest.raises(TableRefused, match="touches WY-0"):
        build_zip_map(content, post=[])


def test_a_map_of_few_zips_is_refused():
    with pytest.raises(TableRefused, match="not all of them"):
        table.read_zip_map("82001,WY-0\n")


def test_a_written_map_reads_back_the_same(source):
    zip_map = build_zip_map(source("35,NM,81120,3"), post=[PostalZip("81120", "CO", "Antonito")])

    assert table.read_zip_map(table.write_zip_map(zip_map)) == zip_map


@pytest.mark.django_db
def test_every_zip_of_the_table_is_loaded():
    touched = ZipDistrict.objects.filter(congress=119, zip="60614")

    assert [str(row) for row in touched] == ["60614 IL-3", "60614 IL-5", "60614 IL-7"]
    assert ZipDistrict.objects.values("zip").distinct().count() == 42_789


@pytest.mark.django_db
def test_a_second_loading_of_the_map_changes_nothing():
    before = Snapshot.objects.count()

    call_command("load_zip_map", verbosity=0)

    assert Snapshot.objects.count() == before


@pytest.mark.django_db
def test_a_new_map_replaces_the_map_of_its_own_congress_only(source):
    _, provenance = read_table(table.name_of(119))
    text = table.write_zip_map(build_zip_map(source(), post=[]))

    load_zip_map(text, replace(provenance, table_sha256="new"), congress=120)

    assert ZipDistrict.objects.filter(congress=120).count() == 441
    assert ZipDistrict.objects.filter(congress=119).count() > 50_000


@pytest.mark.django_db
def test_a_new_map_of_the_same_congress_replaces_the_one_before(source):
    before = Snapshot.objects.current("zip_map")
    _, provenance = read_table(table.name_of(119))
    text = table.write_zip_map(build_zip_map(source(), post=[]))

    load_zip_map(text, replace(provenance, table_sha256="new"), congress=119)

    before.refresh_from_db()
    new = Snapshot.objects.get(kind="zip_map", status="in_force")
    assert (before.status, new.kept_table.text) == ("replaced", text)
    assert set(StateMap.objects.values_list("snapshot", flat=True)) == {new.pk}


@pytest.mark.django_db
def test_there_is_no_map_of_a_congress_without_a_table():
    with pytest.raises(CommandError, match="no table zip-districts-121"):
        call_command("load_zip_map", congress=121)


@pytest.mark.django_db
@pytest.mark.parametrize("district", [3, None])
def test_a_zip_touches_a_district_once(district):
    row = ZipDistrict.objects.first()
    new = {"congress_id": 119, "snapshot_id": row.snapshot_id, "zip": "99999", "state": "IL"}
    ZipDistrict.objects.create(**new, district=district)

    with pytest.raises(IntegrityError), transaction.atomic():
        ZipDistrict.objects.create(**new, district=district)


@time_machine.travel("2026-11-23")
@pytest.mark.django_db
def test_a_snapshot_knows_its_age():
    assert Snapshot.objects.current("roster").age_in_days(date(2026, 6, 25)) == 10


def test_a_district_reads_as_it_is_written():
    assert [str(District.parse(text)) for text in ("TX-37", "WY-0", "CO-?")] == [
        "TX-37",
        "WY-0",
        "CO-?",
    ]
