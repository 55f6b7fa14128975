"""What the post says of a ZIP code: from the post to our table, its city to the database."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from representatives import tables
from representatives.cities import city_of
from representatives.management.commands import load_zip_map as command
from representatives.models import Snapshot, ZipCity, ZipDistrict
from representatives.seat_codes import every_seat
from representatives.tables import TableRefused, read_table
from representatives.zip_map import post, post_table, table
from representatives.zip_map.loading import load_zip_cities
from representatives.zip_map.post_table import PostalZip
from tests.environment import ROOT, bare_environment

LEMMON = PostalZip("57638", "SD", "Lemmon")
BY_CITIES = Snapshot.objects.filter(kind="zip_cities")
BY_MAP = Snapshot.objects.filter(kind="zip_map")


@pytest.fixture
def small(monkeypatch):
    """A table of a few ZIP codes is whole."""
    monkeypatch.setattr(table, "LEAST_ZIPS", 1)


@pytest.fixture
def forgotten(db):
    """An installation from before there were cities: it has the map."""
    ZipCity.objects.all().delete()
    BY_CITIES.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "city"),
    [
        ("60614", "Chicago"),
        ("96910", "Hagatna"),
        ("00901", "San Juan"),
        ("57641", "Mc Intosh"),
        ("60690", "Chicago"),
    ],
)
def test_a_zip_has_a_city(code, city):
    assert city_of(code) == city


@pytest.mark.django_db
def test_a_zip_of_several_places_has_the_posts_default():
    # Its others are Shadehill and Thunder Hawk.
    assert city_of("57638") == "Lemmon"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["00000", "6061", ""])
def test_a_zip_that_nobody_knows_has_no_city(code):
    assert city_of(code) == ""


def test_what_the_post_says_reads_back_the_same(small):
    said = [LEMMON, PostalZip("57639", "PA", "Wilkes Barre Pa S&Dc")]

    assert post_table.read_post(post_table.write_post(said)) == said


def test_the_posts_table_is_in_the_order_of_its_zips():
    said = [PostalZip("60614", "IL", "Chicago"), PostalZip("00501", "NY", "Holtsville")]

    assert post_table.write_post(said) == "00501,NY,Holtsville\n60614,IL,Chicago\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("60614,IL\n", "'', which is not a city's name"),
        ("60614,IL,Chicago\n,,\n", "'', which is not a ZIP code"),
        ("6061,IL,Chicago\n", "'6061', which is not a ZIP code"),
        ("60614,Chicago\n", "'Chicago', which is not a state"),
        ("60614,IL,Chicago,IL\n", "'Chicago,IL', which is not a city's name"),
        ("60614,IL,60615\n", "'60615', which is not a city's name"),
        (f"60614,IL,{'C' * 51}\n", "which is not a city's name"),
        ("60614,IL,Chicago\n60614,IL,Chicago\n", "60614 more than once"),
    ],
)
def test_what_the_post_cannot_say_is_refused(small, text, sentence):
    with pytest.raises(TableRefused, match=sentence):
        post_table.read_post(text)


def test_cities_of_few_zips_are_refused():
    with pytest.raises(TableRefused, match="not all of them"):
        post_table.read_post("60614,IL,Chicago\n")


def test_a_package_that_nobody_dated_is_refused(monkeypatch):
    monkeypatch.setattr(post, "VERSION", "9.9")

    with pytest.raises(TableRefused, match=r"when zipcodes 9\.9 was published"):
        post.published()


def test_what_the_package_says_has_one_hash_everywhere():
    _, provenance = read_table(post_table.NAME)

    assert tables.sha256(post.content()) == provenance.source_sha256


def test_the_embedded_table_is_what_the_post_says():
    said = post_table.read_post(read_table(post_table.NAME)[0])

    assert said == sorted(post.every_zip(), key=lambda each: each.zip)


def test_every_zip_of_the_map_has_a_city():
    said = post_table.read_post(read_table(post_table.NAME)[0])

    assert set(table.read_zip_map(read_table(table.name_of(119))[0])) <= {each.zip for each in said}


def test_building_the_map_writes_what_the_post_says(small, monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "DATA", tmp_path)
    monkeypatch.setattr(post, "every_zip", lambda: [LEMMON])
    house = [seat for seat in every_seat() if seat[1] == "house"]
    lines = [f"00,{state},{10000 + i},{number}" for i, (_, _, state, number) in enumerate(house)]
    source = tmp_path / "source.csv"
    source.write_text("\n".join(["state_fips,state_abbr,zcta,cd", *lines]))

    call_command("build_zip_map", source, as_of=date(2024, 11, 1), verbosity=0)

    assert (tmp_path / "zip-post.txt").read_text() == "57638,SD,Lemmon\n"
    record = json.loads((tmp_path / "sources.json").read_text())["zip-post.txt"]
    assert record["source"].startswith("https://pypi.org/project/zipcodes/")
    assert (record["as_of"], record["rows"]) == ("2026-06-01", 1)
    assert record["licence"].startswith("MIT")
    assert (tmp_path / "zip-districts-119.txt").read_text().endswith("57638,SD-0\n")


def test_without_the_posts_package_a_sentence_says_what_to_install(tmp_path):
    """As in the virtual environment that `make run` makes."""
    command = ["manage.py", "build_zip_map", "no.csv", "--as-of", "2024-11-01"]
    without = f"import runpy, sys; sys.modules['zipcodes'] = None; sys.argv = {command}"
    run = [sys.executable, "-c", f"{without}; runpy.run_path('manage.py', run_name='__main__')"]

    environment = bare_environment() | {"VAR_DIR": str(tmp_path)}
    ended = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert ended.returncode == 1
    assert ended.stderr.startswith("CommandError: Building the tables needs the package zipcodes.")
    assert "tests/requirements.txt" in ended.stderr


@pytest.mark.django_db
def test_an_installation_that_has_the_map_gets_the_cities(forgotten):
    maps = BY_MAP.count()

    call_command("load_zip_map", verbosity=0)

    assert city_of("60614") == "Chicago"
    assert ZipCity.objects.count() == 42_789
    assert BY_MAP.count() == maps


@pytest.mark.django_db
def test_the_loading_says_what_it_did(forgotten, capsys):
    call_command("load_zip_map")

    assert capsys.readouterr().out == (
        "Map of Congress 119 (2024-11-01): 42789 ZIP codes already loaded.\n"
        "Cities (2026-06-01): 42789 ZIP codes loaded.\n"
    )


@pytest.mark.django_db
def test_a_second_loading_of_the_cities_changes_nothing():
    assert load_zip_cities(*read_table(post_table.NAME)) is False


@pytest.mark.django_db
def test_new_cities_replace_the_old_ones(small):
    _, provenance = read_table(post_table.NAME)

    load_zip_cities("57638,SD,Lemmon\n", replace(provenance, table_sha256="new"))

    assert [str(row) for row in ZipCity.objects.all()] == ["57638 Lemmon"]
    assert Snapshot.objects.current("zip_cities").sha256 == "new"


@pytest.mark.django_db
def test_cities_that_were_replaced_can_come_back(small):
    text, provenance = read_table(post_table.NAME)
    load_zip_cities("57638,SD,Lemmon\n", replace(provenance, table_sha256="new"))

    load_zip_cities(text, provenance)

    assert city_of("60614") == "Chicago"


@pytest.mark.django_db
def test_the_snapshot_tells_where_the_cities_are_from():
    snapshot = BY_CITIES.get()

    assert snapshot.source == "https://pypi.org/project/zipcodes/3.0.0/"
    assert (snapshot.as_of, snapshot.licence[:3]) == (date(2026, 6, 1), "MIT")


@pytest.mark.django_db
def test_map_and_cities_are_loaded_together_or_not_at_all(forgotten, monkeypatch):
    ZipDistrict.objects.all().delete()

    def refuse(*args):
        raise TableRefused("No such city.")

    monkeypatch.setattr(command, "load_zip_cities", refuse)
    with pytest.raises(CommandError, match="No such city"):
        call_command("load_zip_map", verbosity=0)

    assert not ZipDistrict.objects.exists()
