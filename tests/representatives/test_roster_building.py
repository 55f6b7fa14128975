"""From the public list to our roster: its errors repaired by rule, nonsense refused."""

from datetime import date

import pytest
import responses
import yaml
from django.core.management import CommandError, call_command

from representatives import tables
from representatives.roster.building import build_roster, official_page
from representatives.roster.table import read_roster, write_roster
from representatives.tables import TableRefused

JUNE = date(2026, 6, 15)


def rows_of(content, as_of=JUNE):
    return {row.seat: row for row in build_roster(content, as_of=as_of)}


def test_a_seat_without_a_person_is_a_vacant_row(make_people):
    rows = rows_of(make_people(without=["HGA13"]))

    assert len(rows) == 541
    assert rows["HGA13"].is_vacant


def test_yaml_and_json_say_the_same(make_people, make_person):
    as_json = make_people()
    as_yaml = yaml.safe_dump(yaml.safe_load(as_json)).encode()

    assert rows_of(as_yaml) == rows_of(as_json)


def test_a_written_roster_reads_back_the_same(make_people):
    rows = build_roster(make_people(without=["STX01"]), as_of=JUNE)

    assert read_roster(write_roster(rows)) == rows


def test_a_special_election_ends_a_term_on_an_estimated_day(make_people, make_person):
    appointed = {"type": "sen", "state": "OH", "class": 3, "how": "appointment"}
    person = make_person(end="2026-11-03", **appointed | {"end-type": "special-election"})

    row = rows_of(make_people(without=["SOH03"], more=[person]))["SOH03"]

    assert row.end_estimated


def test_an_appointment_never_outlasts_the_term_of_its_class(make_people, make_person):
    person = make_person(type="sen", state="OK", how="appointment", **{"class": 2})

    row = rows_of(make_people(without=["SOK02"], more=[person]))["SOK02"]

    assert not row.end_estimated


def test_a_person_has_an_official_name_or_gets_one(make_people, make_person):
    person = make_person()
    person["name"]["official_full"] = "Ann M. Lee"

    rows = rows_of(make_people(without=["HWY00"], more=[person]))

    assert rows["HWY00"].official_name == "Ann M. Lee"
    assert rows["HAK00"].official_name == "Ann Lee"


def test_a_pending_person_does_not_take_a_seat_that_is_held(make_people, make_person):
    elected = make_person("B000001", start="2027-01-03", end="2029-01-03")

    assert rows_of(make_people(more=[elected]))["HWY00"].bioguide != "B000001"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("hhttps://fine.house.gov/contact", "https://fine.house.gov/contact"),
        ("http://www.cantwell.senate.gov/contact/", "http://www.cantwell.senate.gov/contact/"),
        ("https://house.gov.example.com/contact", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken.house.gov", ""),
        ("", ""),
    ],
)
def test_only_official_pages_are_kept(url, kept):
    assert official_page(url) == kept


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ({"state": "WY", "district": 7}, "HWY07, which is not a seat"),
        ({"state": "WY", "district": 0}, "claimed by"),
        ({"state": "SD", "type": "sen", "class": 1}, "SSD01, which is not a seat"),
        ({"bioguide": "nonsense", "state": "GA", "district": 13}, "malformed bioguide"),
        ({"bioguide": "Z000001", "state": "GA", "district": 13}, "gives Z000001 2 seats"),
        ({"state": "GA", "district": 13, "end": "2025-01-01"}, "does not end after it starts"),
        ({"state": "GA", "district": None}, "cannot be read"),
    ],
)
def test_a_roster_that_cannot_be_true_is_refused(make_people, make_person, person, sentence):
    people = make_people(without=["HGA13"], more=[make_person(**person)])

    with pytest.raises(TableRefused, match=sentence):
        build_roster(people, as_of=JUNE)


def test_half_a_house_is_refused(make_people):
    half = [f"HCA{number:02}" for number in range(1, 31)]

    with pytest.raises(TableRefused, match="411 House"):
        build_roster(make_people(without=half), as_of=JUNE)


@pytest.mark.parametrize("content", [b"<html>", b"{}", b"\xff\xfe", b"[1]", b"- : ["])
def test_a_source_that_is_no_list_of_people_is_refused(content):
    with pytest.raises(TableRefused):
        build_roster(content, as_of=JUNE)


@responses.activate
def test_a_source_that_cannot_be_fetched_is_told_in_a_sentence():
    responses.get("https://unitedstates.github.io/legislators.json", status=503)

    with pytest.raises(CommandError, match="could not be fetched"):
        call_command("build_roster", "https://unitedstates.github.io/legislators.json", as_of=JUNE)


def test_a_file_needs_the_day_it_is_of(tmp_path):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("build_roster", str(tmp_path / "legislators.yaml"))


def test_the_command_writes_the_table_and_where_it_is_from(make_people, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "DATA", tmp_path)
    source = tmp_path / "legislators.json"
    source.write_bytes(make_people())

    call_command("build_roster", str(source), as_of=JUNE)
    text, provenance = tables.read_table("roster.csv")

    assert len(read_roster(text)) == provenance.rows == 541
    assert provenance.as_of == JUNE
