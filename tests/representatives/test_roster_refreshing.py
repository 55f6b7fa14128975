"""From a source on the network to the roster in force, or to one that waits."""

from contextlib import ExitStack
from datetime import date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from representatives.accepting import accept, refuse, roll_back
from representatives.congress import EASTERN
from representatives.models import Seat, Snapshot, Term
from representatives.receiving import Outcome
from representatives.roster.refreshing import refresh_roster
from representatives.tables import TableRefused
from tests.factories import make_correction
from tests.faults.servers import HttpServer, http_answer, running, say

pytestmark = pytest.mark.django_db
Kind, Status = Snapshot.Kind, Snapshot.Status


@pytest.fixture
def publish(settings):
    """What the public list says from now on."""
    with ExitStack() as servers:

        def say_so(content, status=200):
            answer = http_answer(status, content.decode())
            server = servers.enter_context(running(HttpServer(say(answer))))
            settings.SOURCES = settings.SOURCES | {"roster": server.url}

        yield say_so


@pytest.fixture
def synced(publish, make_people):
    """A roster of invented people, from the public list, in force."""
    publish(make_people(without=["HWY00"], end="2033-01-03"))
    refresh_roster()
    accept(Snapshot.objects.get(status=Status.PROPOSED), by="olga")
    return Snapshot.objects.current(Kind.ROSTER)


@pytest.fixture
def people(make_people, make_person):
    """The people of `synced` with so many changes."""

    def make(*, left=0, arrived=False):
        seats = [f"HTX{number:02}" for number in range(1, left + 1)]
        more = [make_person("N900001", end="2033-01-03")] if arrived else []
        return make_people(without=["HWY00", *seats], more=more, end="2033-01-03")

    return make


def holder(seat):
    return Term.objects.filter(seat=seat).values_list("member", flat=True).first()


def test_a_small_change_is_accepted_by_rule(publish, synced, people):
    publish(people(arrived=True))

    received = refresh_roster()

    current = Snapshot.objects.current(Kind.ROSTER)
    assert (received.outcome, holder("HWY00")) == (Outcome.ACCEPTED, "N900001")
    assert (current.accepted_by, current.as_of) == ("", timezone.localdate())
    assert current.changes == ["HWY00: vacant → Ann Lee (N900001) from 2025-01-03"]


def test_ten_changed_people_are_accepted_by_rule(publish, synced, people):
    publish(people(left=10))

    assert refresh_roster().outcome == Outcome.ACCEPTED
    assert holder("HTX10") is None


def test_eleven_changed_people_wait_for_a_person(publish, synced, people, caplog):
    publish(people(left=11))

    received = refresh_roster()

    assert (received.outcome, holder("HTX11") is None) == (Outcome.PROPOSED, False)
    assert Snapshot.objects.current(Kind.ROSTER) == synced
    assert "11 seats change hands" in caplog.text


def test_what_waits_is_not_proposed_anew_every_day(publish, synced, people):
    publish(people(left=11))
    refresh_roster()
    waits = Snapshot.objects.get(status=Status.PROPOSED)

    refresh_roster()

    assert Snapshot.objects.get(status=Status.PROPOSED) == waits


def test_what_waits_is_loud_once_and_then_quiet(publish, synced, people, caplog):
    caplog.set_level("INFO")
    publish(people(left=11))
    refresh_roster()
    publish(people(left=12))
    refresh_roster()

    levels = [line.levelname for line in caplog.records if "waits for a person" in line.message]
    assert levels == ["ERROR", "INFO"]


def test_what_the_source_takes_back_waits_no_longer(publish, synced, people):
    publish(people(left=11))
    refresh_roster()
    publish(people())

    assert refresh_roster().outcome == Outcome.UNCHANGED
    assert not Snapshot.objects.filter(status=Status.PROPOSED).exists()


def test_what_a_person_has_refused_does_not_come_back(publish, synced, people):
    publish(people(left=11))
    refresh_roster()
    refuse(Snapshot.objects.get(status=Status.PROPOSED), by="olga")

    assert refresh_roster().outcome == Outcome.REFUSED_BEFORE
    assert Snapshot.objects.current(Kind.ROSTER) == synced


def test_the_next_look_does_not_undo_a_rollback(publish, synced, people):
    publish(people(left=1))
    refresh_roster()
    roll_back(Kind.ROSTER, by="olga")
    publish(people(left=1, arrived=True))

    received = refresh_roster()

    assert received.outcome == Outcome.PROPOSED
    assert received.why == ("1 of the changes were refused before",)


def test_an_unchanged_source_makes_the_roster_young(synced):
    Snapshot.objects.filter(pk=synced.pk).update(as_of=date(2026, 1, 1))

    assert refresh_roster().outcome == Outcome.UNCHANGED

    synced.refresh_from_db()
    assert synced.age_in_days(timezone.localdate()) == 0
    assert Snapshot.objects.current(Kind.ROSTER) == synced


def test_a_correction_survives_a_refreshing(publish, synced, people):
    make_correction("HTX01", member="N900002", starts=date(2026, 1, 1))
    publish(people(arrived=True))

    refresh_roster()

    assert Term.objects.filter(seat="HTX01", member="N900002").exists()


def test_a_dry_run_changes_nothing(publish, synced, people):
    publish(people(left=11, arrived=True))

    received = refresh_roster(dry_run=True)

    assert (received.outcome, len(received.arrival.changes)) == (Outcome.PROPOSED, 12)
    assert not Snapshot.objects.filter(status=Status.PROPOSED).exists()


@pytest.mark.parametrize(
    ("content", "status"), [(b"<html>Sorry</html>", 200), (b"[]", 200), (b"gone", 404)]
)
def test_a_source_without_a_roster_keeps_what_is_there(publish, synced, content, status):
    publish(content, status)

    with pytest.raises(TableRefused):
        refresh_roster()

    assert Snapshot.objects.current(Kind.ROSTER) == synced
    assert Seat.objects.get(pk="HTX01").terms.exists()


def test_until_noon_of_the_change_a_roster_is_of_the_day_before(publish, make_people):
    publish(make_people(without=["HWY00"], end="2033-01-03"))

    with time_machine.travel(datetime(2027, 1, 3, 11, tzinfo=EASTERN), tick=False):
        received = refresh_roster(dry_run=True)

    assert received.arrival.as_of == date(2027, 1, 2)


def test_an_older_source_keeps_what_is_there(synced, people, tmp_path):
    (tmp_path / "old.json").write_bytes(people(left=1))

    with pytest.raises(TableRefused, match="is younger"):
        refresh_roster(str(tmp_path / "old.json"), as_of=date(2026, 6, 1))


def test_the_command_tells_the_difference(publish, synced, people):
    publish(people(arrived=True))
    said = StringIO()

    call_command("refresh_roster", stdout=said)

    assert "HWY00: vacant → Ann Lee (N900001)" in said.getvalue()
    assert Outcome.ACCEPTED in said.getvalue()


def test_the_command_needs_the_day_of_a_file(tmp_path):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("refresh_roster", str(tmp_path / "list.json"))


def test_the_command_tells_a_failure_in_a_sentence(publish):
    publish(b"gone", 404)

    with pytest.raises(CommandError, match="answered 404"):
        call_command("refresh_roster")


def test_what_waits_is_accepted_by_command(publish, synced, people):
    publish(people(left=11))
    refresh_roster()
    shown, done = StringIO(), StringIO()

    call_command("accept_snapshot", "roster", stdout=shown)
    call_command("accept_snapshot", "roster", by="olga", stdout=done)

    assert "Nothing was decided" in shown.getvalue() and "HTX11" in shown.getvalue()
    assert (holder("HTX11"), "in force" in done.getvalue()) == (None, True)


def test_what_waits_is_refused_by_command(publish, synced, people):
    publish(people(left=11))
    refresh_roster()

    call_command("accept_snapshot", "roster", by="olga", refuse=True, stdout=StringIO())

    assert Snapshot.objects.get(status=Status.REFUSED).accepted_by == "olga"


def test_nothing_waits():
    with pytest.raises(CommandError, match="Nothing of this kind"):
        call_command("accept_snapshot", "roster")


def test_the_command_goes_back(publish, synced, people):
    publish(people(arrived=True))
    refresh_roster()

    call_command("roll_back", "roster", by="olga", stdout=StringIO())

    assert (holder("HWY00"), Snapshot.objects.current(Kind.ROSTER)) == (None, synced)
