"""Members' local offices, from the public list to the database."""

import json
from contextlib import ExitStack
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from representatives.accepting import roll_back
from representatives.local_offices.building import build_offices
from representatives.local_offices.refreshing import refresh_offices
from representatives.local_offices.table import NAME, OfficeRow, read_offices, write_offices
from representatives.models import LocalOffice, Snapshot
from representatives.receiving import Outcome
from representatives.tables import TableRefused, read_table
from tests.faults.servers import HttpServer, http_answer, running, say

KEY = "B001261-cheyenne"
CHEYENNE = {"id": KEY, "city": "Cheyenne", "state": "WY", "phone": "202-555-0101"}


def listed(*offices, bioguide="B001261"):
    return json.dumps([{"id": {"bioguide": bioguide}, "offices": offices}]).encode()


def test_an_office_is_read_without_what_we_do_not_keep():
    rows = build_offices(listed(CHEYENNE | {"suite": 12, "latitude": 41.1}), members={"B001261"})

    assert rows == [OfficeRow(KEY, city="Cheyenne", state="WY", phone="202-555-0101", suite="12")]


def test_offices_of_members_whom_we_do_not_know_wait():
    other = {"id": "N900001-laramie", "city": "Laramie", "state": "WY"}
    people = json.loads(listed(CHEYENNE)) + json.loads(listed(other, bioguide="N900001"))

    rows = build_offices(json.dumps(people).encode(), members={"B001261"})

    assert [row.key for row in rows] == [KEY]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "not a list"),
        (b"[1]", "cannot be read"),
        (listed(), "no local office"),
        (listed({"city": "Cheyenne"}), "cannot be read"),
        (listed(CHEYENNE | {"id": "../etc"}), "malformed key"),
        (listed(CHEYENNE | {"id": 7}), "malformed key"),
        (listed(CHEYENNE, CHEYENNE), "there twice"),
        (listed(CHEYENNE | {"state": "XX"}), "in no state"),
        (listed(CHEYENNE | {"phone": "1" * 21}), "phone .* too long"),
    ],
)
def test_a_list_that_cannot_be_true_is_refused(content, sentence):
    with pytest.raises(TableRefused, match=sentence):
        build_offices(content, members={"B001261"})


def test_a_written_table_reads_back_the_same():
    rows = [OfficeRow(KEY, city="Cheyenne", state="WY", hours="9 to 5, daily")]

    assert read_offices(write_offices(rows)) == rows


@pytest.mark.parametrize("text", ["", "key,planet\nB001261-cheyenne,Earth\n"])
def test_another_table_is_refused(text):
    with pytest.raises(TableRefused):
        read_offices(text)


def shipped():
    return read_offices(read_table(NAME)[0])


@pytest.mark.django_db
def test_1312_local_offices_are_loaded():
    assert LocalOffice.objects.count() == len(shipped()) == 1312
    assert LocalOffice.objects.filter(member="B001261").count() > 0


@pytest.fixture
def publish(settings):
    """What the public list says from now on."""
    with ExitStack() as servers:

        def say_so(rows):
            people = [
                {"id": {"bioguide": row.bioguide}, "offices": [vars(row) | {"id": row.key}]}
                for row in rows
            ]
            answer = say(http_answer(200, json.dumps(people)))
            server = servers.enter_context(running(HttpServer(answer)))
            settings.SOURCES = settings.SOURCES | {"local_offices": server.url}

        yield say_so


@pytest.mark.django_db
def test_an_unchanged_list_makes_the_offices_young(publish):
    publish(shipped())

    assert refresh_offices().outcome == Outcome.UNCHANGED
    assert Snapshot.objects.current("local_offices").checked_at


@pytest.mark.django_db
def test_a_quarter_of_the_offices_changes_by_rule(publish):
    publish(shipped()[328:])

    received = refresh_offices()

    assert received.outcome == Outcome.ACCEPTED
    assert received.arrival.changes[0] == "A000055-cullman: gone"
    assert LocalOffice.objects.count() == 1312 - 328


@pytest.mark.django_db
def test_more_than_a_quarter_waits_for_a_person(publish):
    publish(shipped()[329:])

    received = refresh_offices()

    assert received.outcome == Outcome.PROPOSED
    assert received.why == ("329 of 1312 offices change",)
    assert LocalOffice.objects.count() == 1312


@pytest.mark.django_db
def test_an_office_that_is_told_otherwise_is_a_change(publish):
    first, *others = shipped()
    publish([OfficeRow(**vars(first) | {"phone": "", "hours": "never"}), *others])

    assert refresh_offices().arrival.changes == (f"{first.key}: other phone, hours",)


@pytest.mark.django_db
def test_a_rollback_brings_the_offices_back(publish):
    publish(shipped()[1:])
    refresh_offices()

    roll_back(Snapshot.Kind.LOCAL_OFFICES, by="olga")

    assert LocalOffice.objects.count() == 1312


@pytest.mark.django_db
def test_the_command_tells_the_difference(publish):
    publish(shipped()[1:])
    said = StringIO()

    call_command("refresh_local_offices", stdout=said)

    assert "A000055-cullman: gone" in said.getvalue()


def test_the_command_needs_the_day_of_a_file(tmp_path):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("refresh_local_offices", str(tmp_path / "list.json"))
