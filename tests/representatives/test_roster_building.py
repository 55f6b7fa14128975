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
NOON_OF_120 = date(2027, 1, 3)


def rows_of(content, as_of=JUNE):
    return {row.seat: row for row in build_roster(content, as_of=as_of)}


def lines_of(seat, content, **more):
    rows = build_roster(content, **{"as_of": JUNE} | more)
    return [(row.bioguide, row.term_start, row.term_end) for row in rows if row.seat == seat]


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


TEXANS = [f"HTX{number:02}" for number in range(1, 18)]
SENATORS = ["STX01", "STX02", "SWY01"]


@pytest.mark.parametrize("without", [TEXANS[:16], SENATORS[:2]])
def test_425_of_the_house_and_98_senators_are_enough(make_people, without):
    assert len(rows_of(make_people(without=without))) == 541


@pytest.mark.parametrize("without", [TEXANS, SENATORS])
def test_fewer_are_a_broken_source(make_people, without):
    with pytest.raises(TableRefused, match="at least 425 and 98 are expected"):
        rows_of(make_people(without=without))


def test_a_special_election_ends_a_term_on_an_estimated_day(make_people, make_person):
    appointed = {"type": "sen", "state": "OH", "class": 3, "how": "appointment"}
    person = make_person(end="2026-11-03", **appointed | {"end-type": "special-election"})

    row = rows_of(make_people(without=["SOH03"], more=[person]))["SOH03"]

    assert row.end_estimated


def test_an_appointment_to_another_day_than_that_of_the_class_ends_on_an_estimated_day(
    make_people, make_person
):
    person = make_person(
        type="sen", state="OH", how="appointment", end="2026-11-03", **{"class": 3}
    )

    row = rows_of(make_people(without=["SOH03"], more=[person]))["SOH03"]

    assert row.end_estimated


def test_an_estimate_after_the_end_of_the_class_is_brought_down_to_it(make_people, make_person):
    estimate = {"end": "2029-11-03", "end-type": "special-election", "how": "appointment"}
    person = make_person(type="sen", state="OH", **estimate | {"class": 3})

    row = rows_of(make_people(without=["SOH03"], more=[person]))["SOH03"]

    assert row.term_end == date(2029, 1, 3)


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


def test_who_is_elected_stands_beside_who_still_sits(make_people, make_person):
    elected = make_person("B000001", start="2027-01-03", end="2029-01-03")

    sits, comes = lines_of("HWY00", make_people(more=[elected]))

    assert sits[1:] == (date(2025, 1, 3), NOON_OF_120)
    assert comes == ("B000001", NOON_OF_120, date(2029, 1, 3))


def test_who_is_elected_again_has_two_terms(make_people, make_person):
    person = make_person("B000001")
    person["terms"].append(person["terms"][0] | {"start": "2027-01-03", "end": "2029-01-03"})

    lines = lines_of("HWY00", make_people(without=["HWY00"], more=[person]))

    assert [line[0] for line in lines] == ["B000001", "B000001"]


def test_who_goes_from_the_house_to_the_senate_has_both_seats_in_turn(make_people, make_person):
    person = make_person("B000001")
    senator = {"type": "sen", "class": 2, "start": "2027-01-03", "end": "2033-01-03"}
    person["terms"].append(person["terms"][0] | senator)

    people = make_people(without=["HWY00", "SWY02"], more=[person])

    assert [line[0] for line in lines_of("HWY00", people)] == ["B000001"]
    assert lines_of("SWY02", people)[0][:2] == ("B000001", NOON_OF_120)


def test_who_has_a_seat_from_an_election_ends_the_term_before(make_people, make_person):
    elected = make_person("B000001", start="2026-09-01")

    sits, comes = lines_of("HWY00", make_people(more=[elected]))

    assert sits[2] == comes[1] == date(2026, 9, 1)


def test_an_elected_senator_ends_an_appointment_that_the_source_still_lists(
    make_people, make_person
):
    place = {"type": "sen", "state": "OH", "class": 3}
    estimate = {"end": "2026-11-03", "end-type": "special-election", "how": "appointment"}
    people = [
        make_person("B000001", **place | estimate),
        make_person("B000002", **place | {"start": "2026-11-20", "end": "2029-01-03"}),
    ]

    rows = rows_of(make_people(without=["SOH03"], more=people), as_of=date(2026, 11, 25))

    assert rows["SOH03"].bioguide == "B000002"


def test_an_estimate_never_runs_past_the_class(make_people, make_person):
    appointed = {"type": "sen", "state": "OH", "class": 3, "start": "2025-01-21"}
    person = make_person(end="2026-11-03", **appointed | {"end-type": "special-election"})
    people = make_people(without=["SOH03"], more=[person], end="2031-01-03")

    assert not rows_of(people, as_of=date(2029, 1, 2))["SOH03"].is_vacant
    assert rows_of(people, as_of=date(2029, 1, 3))["SOH03"].is_vacant


def test_a_roster_that_goes_over_two_days_early_empties_no_seat(make_people, make_next_people):
    before = build_roster(make_people(without=["HGA13"]), as_of=JUNE)

    rows = build_roster(make_next_people(), as_of=date(2027, 1, 1), before=before)

    for day, most in ((date(2027, 1, 1), 540), (date(2027, 1, 2), 540), (NOON_OF_120, 541)):
        assert len([row for row in rows if row.runs(day)]) == most


def test_a_seat_that_the_next_congress_begins_without_is_held_until_then(
    make_people, make_next_people
):
    before = build_roster(make_people(), as_of=JUNE)

    rows = build_roster(make_next_people(without=["HWY00"]), as_of=date(2027, 1, 1), before=before)

    assert [row.term_end for row in rows if row.seat == "HWY00"] == [NOON_OF_120]


def test_who_has_left_in_the_last_week_has_left(make_people):
    before = build_roster(make_people(), as_of=JUNE)

    rows = build_roster(make_people(without=["HWY00"]), as_of=date(2027, 1, 1), before=before)

    assert all(row.is_vacant for row in rows if row.seat == "HWY00")


def test_who_has_left_long_before_has_left_although_the_next_is_elected(make_people, make_person):
    before = build_roster(make_people(), as_of=JUNE)
    elected = make_person("B000001", start="2027-01-03", end="2029-01-03")
    people = make_people(without=["HWY00"], more=[elected])

    lines = lines_of("HWY00", people, as_of=date(2026, 12, 1), before=before)

    assert [line[0] for line in lines] == ["B000001"]


def test_a_roster_that_goes_over_ten_hours_late_is_refused(make_people):
    with pytest.raises(TableRefused, match="1 House and 0"):
        build_roster(make_people(), as_of=NOON_OF_120)


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
        ({"bioguide": "A00001", "state": "GA", "district": 13}, "malformed bioguide"),
        ({"bioguide": "A0000001", "state": "GA", "district": 13}, "malformed bioguide"),
        ({"bioguide": "a000001", "state": "GA", "district": 13}, "malformed bioguide"),
        (
            {"bioguide": "Z000001", "state": "GA", "district": 13},
            "gives Z000001 \\w+ and HGA13 at once",
        ),
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
