"""From the public table of ZIP codes to our map, and from there to the database."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from representatives.districts import District
from representatives.models import Snapshot, ZipDistrict
from representatives.seat_codes import every_seat
from representatives.tables import TableRefused
from representatives.zip_map import table
from representatives.zip_map.building import build_zip_map
from representatives.zip_map.post_table import PostalZip

LEFT_OUT = PostalZip("81120", "CO", "Antonito")


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
    return " ".join(map(str, build_zip_map(content, post=post, congress=119)[code]))


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
        build_zip_map(source(line), post=[], congress=119)


def test_a_map_that_misses_a_district_of_its_states_is_refused(source):
    content = source().replace(b",17\n", b",16\n")

    with pytest.raises(TableRefused, match="touches CA-17, FL-17, IL-17, NY-17, PA-17"):
        build_zip_map(content, post=[], congress=119)


def test_a_source_without_a_district_is_refused(source):
    with pytest.raises(TableRefused, match="names no district"):
        build_zip_map(b"state_fips,state_abbr,zcta,cd\n", post=[], congress=119)


def test_a_map_of_some_states_leaves_the_posts_other_zips_alone():
    hawaii = b"state_fips,state_abbr,zcta,cd\n15,HI,96701,1\n15,HI,96704,2\n"
    post = [PostalZip("96801", "HI", "Honolulu"), LEFT_OUT, PostalZip("96910", "GU", "Hagatna")]

    zip_map = build_zip_map(hawaii, post=post, congress=119)

    assert table.write_zip_map(zip_map) == "96701,HI-1\n96704,HI-2\n96801,HI-?\n"


def test_a_map_of_few_zips_is_not_whole(source, monkeypatch):
    zip_map = build_zip_map(source(), post=[], congress=119)
    monkeypatch.setattr(table, "LEAST_ZIPS", 442)

    with pytest.raises(TableRefused, match="441 ZIP codes; that is not all of them"):
        table.check_whole_map(zip_map)


def test_a_map_of_some_states_is_not_whole(monkeypatch):
    monkeypatch.setattr(table, "LEAST_ZIPS", 1)

    with pytest.raises(TableRefused, match="touches AK-0, AL-1"):
        table.check_whole_map(table.read_zip_map("82001,WY-0\n"))


def test_a_written_map_reads_back_the_same(source):
    zip_map = build_zip_map(source("35,NM,81120,3"), post=[LEFT_OUT], congress=119)

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
