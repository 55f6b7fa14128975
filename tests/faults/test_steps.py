"""A stop at every step of the delivery code, and at every statement, then another worker.

A process that is killed leaves what its transactions have committed, and what has arrived.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from letters import delivery as delivering
from letters import settling
from letters.delivery import deliver_due, recover
from letters.models import Delivery, Destination
from letters.routing import channels as listed_channels
from letters.states import State
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db

# The numbered steps of letters/delivery.py, as what is called at each of them.
BEFORE = {
    "1 claim": (delivering, "claim"),
    "2 gate": (delivering, "gate"),
    "3 compose": (delivering, "envelope_of"),
    "4 turn": (delivering, "take_turn"),
    "5 begin": (delivering, "_marker"),
    "7 outcome": (delivering, "settle"),
    "7 outcome, half written": (settling, "_end"),
    "8 report": (delivering, "report"),
}
ONCE = (State.ACCEPTED, 1)
TWICE_UNDER_ONE_KEY = (State.ACCEPTED, 2)
BEGUN = (State.UNCERTAIN, 0)
# What has become of the letter in the end, and how often it arrived.
AFTERWARDS = {
    "1 claim": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": ONCE, "contact_form": ONCE},
    "2 gate": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": ONCE, "contact_form": ONCE},
    "3 compose": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": ONCE, "contact_form": ONCE},
    "4 turn": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": ONCE, "contact_form": ONCE},
    "5 begin": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": ONCE, "contact_form": ONCE},
    "6 send, begun": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": BEGUN, "contact_form": BEGUN},
    "6 send, arrived": {
        "house_cwc": TWICE_UNDER_ONE_KEY,
        "senate_cwc": TWICE_UNDER_ONE_KEY,
        "email": (State.UNCERTAIN, 1),
        "contact_form": (State.UNCERTAIN, 1),
    },
    "7 outcome": {
        "house_cwc": TWICE_UNDER_ONE_KEY,
        "senate_cwc": TWICE_UNDER_ONE_KEY,
        "email": (State.UNCERTAIN, 1),
        "contact_form": (State.UNCERTAIN, 1),
    },
    "7 outcome, half written": {
        "house_cwc": TWICE_UNDER_ONE_KEY,
        "senate_cwc": TWICE_UNDER_ONE_KEY,
        "email": (State.UNCERTAIN, 1),
        "contact_form": (State.UNCERTAIN, 1),
    },
    "8 report": {"house_cwc": ONCE, "senate_cwc": ONCE, "email": ONCE, "contact_form": ONCE},
}
CELLS = [(step, name) for step, row in AFTERWARDS.items() for name in row]
CHANNELS = ["house_cwc", "senate_cwc", "email", "contact_form"]


class Killed(BaseException):
    """`kill -9` at this very place."""


@pytest.fixture
def like(channel):
    """The fake channel with what the engine knows of the real one of that name."""

    def like(name: str):
        real = listed_channels()[name]
        channel.keyed, channel.recognizes_repeats = real.keyed, real.recognizes_repeats
        return channel

    return like


@pytest.fixture
def kill_at(monkeypatch, channel):
    """Dies at a step, once."""

    def kill_at(step: str) -> None:
        if step.startswith("6"):
            _die_in_send(monkeypatch, channel, after_arriving=step.endswith("arrived"))
            return
        module, name = BEFORE[step]
        monkeypatch.setattr(module, name, _dying_once(getattr(module, name)))

    return kill_at


def _dying_once(function):
    deaths = []

    def dying(*args, **kwargs):
        if not deaths:
            deaths.append(function)
            raise Killed
        return function(*args, **kwargs)

    return dying


def _die_in_send(monkeypatch, channel, *, after_arriving: bool) -> None:
    send, deaths = channel.send, []

    def dying(submission, *, envelope, begin):
        if deaths:
            return send(submission, envelope=envelope, begin=begin)
        deaths.append(begin)
        if after_arriving:
            send(submission, envelope=envelope, begin=begin)
        else:
            begin()
        raise Killed

    monkeypatch.setattr(channel, "send", dying)


def another_worker_comes() -> None:
    """After the lease, and after every pause that it finds."""
    for _ in range(6):
        past = timezone.now() - timedelta(seconds=1)
        Delivery.objects.filter(state=State.SENDING).update(lease_until=past)
        recover()
        Destination.objects.all().delete()
        Delivery.objects.filter(state=State.WAITING).update(due_at=timezone.now())
        deliver_due()


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(id=delivery.id).state


@pytest.mark.parametrize(("step", "name"), CELLS)
def test_a_stop_at_a_step_ends_as_written(like, kill_at, step, name):
    channel, delivery = like(name), make_delivery()
    kill_at(step)

    with pytest.raises(Killed):
        deliver_due()
    another_worker_comes()

    assert (state_of(delivery), len(channel.sent)) == AFTERWARDS[step][name]
    assert len({key for key, _ in channel.sent}) <= 1


def statements_of(work) -> int:
    """How many statements the database is asked for."""
    asked = []
    with connection.execute_wrapper(lambda execute, *rest: asked.append(1) or execute(*rest)):
        work()
    return len(asked)


def kill_at_statement(number: int, work) -> None:
    asked = []

    def dying(execute, *rest):
        asked.append(1)
        if len(asked) == number:
            raise Killed
        return execute(*rest)

    with connection.execute_wrapper(dying):
        work()


@pytest.mark.parametrize("name", CHANNELS)
def test_a_stop_at_any_statement_neither_loses_nor_doubles(like, name):
    channel = like(name)
    make_delivery()
    statements = statements_of(deliver_due)
    assert statements > 10

    for number in range(1, statements + 1):
        Delivery.objects.all().delete()
        delivery, before = make_delivery(), len(channel.sent)
        with pytest.raises(Killed):
            kill_at_statement(number, deliver_due)
        begun = delivery.attempts.filter(submission_begun_at__isnull=False).exists()
        arrived, ended = len(channel.sent) - before, state_of(delivery) == State.ACCEPTED
        another_worker_comes()

        arrivals = len(channel.sent) - before
        if ended or not begun:
            assert (state_of(delivery), arrivals) == ONCE, number
        elif channel.keyed:
            assert (state_of(delivery), arrivals) == (State.ACCEPTED, arrived + 1), number
        else:
            assert (state_of(delivery), arrivals) == (State.UNCERTAIN, arrived), number


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("step", ["5 begin", "6 send, arrived"])
def test_a_stop_at_any_statement_of_the_recovery_changes_nothing(like, kill_at, name, step):
    channel = like(name)

    def lose_a_worker() -> Delivery:
        Delivery.objects.all().delete()
        delivery = make_delivery()
        kill_at(step)
        with pytest.raises(Killed):
            deliver_due()
        past = timezone.now() - timedelta(seconds=1)
        Delivery.objects.filter(id=delivery.id).update(lease_until=past)
        return delivery

    lose_a_worker()
    for number in range(1, statements_of(recover) + 1):
        delivery, before = lose_a_worker(), len(channel.sent) - (step != "5 begin")
        with pytest.raises(Killed):
            kill_at_statement(number, recover)
        another_worker_comes()

        end = (state_of(delivery), len(channel.sent) - before)
        assert end == AFTERWARDS[step][name], number


def test_every_channel_that_sends_by_itself_has_its_column():
    automatic = {name for name, each in listed_channels().items() if each.automatic}

    assert automatic == set(CHANNELS)
    assert all(set(row) == automatic for row in AFTERWARDS.values())
