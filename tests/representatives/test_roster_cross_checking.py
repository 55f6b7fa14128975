"""Congress's own lists of its members, as far as they can be had and read."""

from contextlib import ExitStack
from datetime import date
from xml.sax.saxutils import escape

import pytest

from representatives.models import Snapshot
from representatives.roster.building import build_roster
from representatives.roster.cross_checking import cross_check, read_clerk, read_senate
from representatives.roster.refreshing import refresh_roster
from representatives.seat_codes import every_seat
from representatives.tables import TableRefused
from tests.faults.servers import HttpServer, free_port, http_answer, running, say

DAY = date(2026, 7, 1)
ROMAN = {1: "I", 2: "II", 3: "III"}
# As the fixture `make_people` names whoever is the n-th in the list of all seats.
PEOPLE = {seat[0]: f"Z{number:06}" for number, seat in enumerate(every_seat())}


def clerks_list(people=PEOPLE, *, samoa="AQ"):
    members = "".join(
        f"<member><statedistrict>{samoa if state == 'AS' else state}{number:02}</statedistrict>"
        f"<member-info><bioguideID>{escape(people[code])}</bioguideID></member-info></member>"
        for code, chamber, state, number in every_seat()
        if chamber == "house"
    )
    return f"<MemberData><members>{members}</members></MemberData>".encode()


def senates_list(people=PEOPLE):
    members = "".join(
        f"<member><state>{state}</state><class>Class {ROMAN[number]}</class>"
        f"<bioguide_id>{people[code]}</bioguide_id></member>"
        for code, chamber, state, number in every_seat()
        if chamber == "senate"
    )
    return f"<contact_information>{members}</contact_information>".encode()


@pytest.fixture
def congress_says(settings):
    """What each chamber's list says, of letters that are live."""
    with ExitStack() as servers:

        def serve(house=None, senate=None, **more):
            contents = {"house": house or clerks_list(), "senate": senate or senates_list()} | more
            for name, content in contents.items():
                answer = say(http_answer(200, content.decode()))
                server = servers.enter_context(running(HttpServer(answer)))
                settings.SOURCES = settings.SOURCES | {name: server.url}
            settings.LIVE = True

        yield serve


@pytest.fixture
def rows(make_people):
    return build_roster(make_people(), as_of=DAY)


def test_the_clerk_calls_american_samoa_otherwise():
    assert read_clerk(clerks_list())["HAS00"] == PEOPLE["HAS00"]


def test_the_clerk_lists_vacancies():
    assert read_clerk(clerks_list(PEOPLE | {"HTX23": ""}))["HTX23"] == ""


def test_the_senate_tells_the_class():
    assert read_senate(senates_list())["SWY02"] == PEOPLE["SWY02"]


@pytest.mark.parametrize("read", [read_clerk, read_senate])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Sorry</body></html>",
        b"not even that",
        b"<members/>",
        b"<members><member/></members>",
        clerks_list(PEOPLE | {"HTX23": "Nobody"}),
        clerks_list(samoa="XX"),
        senates_list(PEOPLE | {"SWY01": "Nobody"}),
        senates_list().replace(b"Class", b"Klasse"),
    ],
)
def test_what_is_no_such_list_is_not_believed(read, content):
    with pytest.raises(TableRefused, match="could not be read"):
        read(content)


def test_lists_that_agree_say_nothing(congress_says, rows):
    congress_says()

    assert cross_check(rows, on=DAY) == {}


def test_each_seat_that_somebody_else_holds_is_a_sentence(congress_says, rows):
    congress_says(
        house=clerks_list(PEOPLE | {"HTX23": ""}),
        senate=senates_list(PEOPLE | {"SWY01": "B000001"}),
    )

    assert cross_check(rows, on=DAY) == {
        "HTX23": f"HTX23: the roster has {PEOPLE['HTX23']}, Congress nobody",
        "SWY01": f"SWY01: the roster has {PEOPLE['SWY01']}, Congress B000001",
    }


def test_a_list_that_cannot_be_read_is_a_sentence_and_stops_nothing(congress_says, rows):
    congress_says(house=b"<html/>", senate=senates_list(PEOPLE | {"SWY01": "B000001"}))

    told = cross_check(rows, on=DAY)

    assert told["house"] == "The House's own list was not compared: it could not be read."
    assert "SWY01" in told


def test_a_list_that_cannot_be_had_is_a_sentence_and_stops_nothing(congress_says, rows, settings):
    congress_says()
    closed = f"http://127.0.0.1:{free_port()}/"
    settings.SOURCES = settings.SOURCES | {"house": closed, "senate": closed}

    told = cross_check(rows, on=DAY)

    assert all("could not be fetched" in told[chamber] for chamber in ("house", "senate"))


def test_a_rehearsal_asks_nothing_of_congress(congress_says, rows, settings):
    congress_says(house=b"<html/>", senate=b"<html/>")
    settings.LIVE = False

    assert cross_check(rows, on=DAY) == {}


@pytest.fixture
def known(congress_says, make_people):
    """The invented people are in force, and Congress confirms them."""
    congress_says(roster=make_people(end="2033-01-03"))
    Snapshot.objects.filter(kind="roster").update(status="replaced")
    refresh_roster()


def without(seat):
    return PEOPLE | {seat: ""}


@pytest.mark.django_db
def test_a_change_that_congress_confirms_is_accepted_by_rule(known, congress_says, make_people):
    congress_says(
        roster=make_people(without=["HTX23"], end="2033-01-03"), house=clerks_list(without("HTX23"))
    )

    refresh_roster()

    assert Snapshot.objects.current("roster").changes == [
        f"HTX23: Ann Lee ({PEOPLE['HTX23']}) → vacant"
    ]


@pytest.mark.django_db
def test_a_change_that_congress_does_not_confirm_waits(known, congress_says, make_people):
    congress_says(roster=make_people(without=["HTX23"], end="2033-01-03"))

    received = refresh_roster()

    waits = Snapshot.objects.get(status="proposed")
    assert received.why == tuple(waits.disagreements)
    assert waits.disagreements == [f"HTX23: the roster has nobody, Congress {PEOPLE['HTX23']}"]


@pytest.mark.django_db
def test_a_disagreement_about_another_seat_is_told_and_holds_nothing_up(
    known, congress_says, make_people
):
    congress_says(
        roster=make_people(without=["HTX23"], end="2033-01-03"),
        house=clerks_list(without("HTX23") | {"HTX22": "B000001"}),
    )

    refresh_roster()

    assert Snapshot.objects.current("roster").disagreements == [
        f"HTX22: the roster has {PEOPLE['HTX22']}, Congress B000001"
    ]
