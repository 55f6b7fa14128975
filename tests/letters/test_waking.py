"""Hints to the workers: at once when idle, few under load, and nobody waits for the broker."""

import threading
import time

import pytest
from kombu.exceptions import OperationalError

from letters import waking

BREATH, LONG = 0.3, 5


class Hints:
    """What was published, and when, in seconds."""

    def __init__(self):
        self.at: list[float] = []
        self.held = threading.Event()
        self.held.set()

    def publish(self) -> None:
        if threading.current_thread() is not waking._waker:
            # Of the test before.
            return
        self.at.append(time.monotonic())
        self.held.wait(LONG)

    def wait_for(self, number: int) -> None:
        deadline = time.monotonic() + 2 * LONG
        while len(self.at) < number:
            assert time.monotonic() < deadline, f"only {len(self.at)} hints"
            time.sleep(0.005)


@pytest.fixture
def hints(monkeypatch):
    """A waker that breathes faster, and a broker that only counts."""
    told = Hints()
    monkeypatch.setattr(waking, "SECONDS_BETWEEN_HINTS", BREATH)
    monkeypatch.setattr(waking, "publish_hint", told.publish)
    monkeypatch.setattr(waking, "_waker", None)
    yield told
    told.held.set()


def test_an_idle_waker_tells_at_once(hints, monkeypatch):
    monkeypatch.setattr(waking, "SECONDS_BETWEEN_HINTS", LONG)
    wished = time.monotonic()
    waking._wake()
    hints.wait_for(1)

    assert hints.at[0] - wished < LONG / 2


def test_many_wishes_become_few_hints(hints):
    until = time.monotonic() + 3 * BREATH
    while time.monotonic() < until:
        waking._wake()

    assert len(hints.at) <= 4


def test_the_last_wish_is_told_of_as_well(hints):
    waking._wake()
    hints.wait_for(1)
    waking._wake()
    hints.wait_for(2)

    assert hints.at[1] - hints.at[0] >= BREATH


def test_after_the_last_hint_there_is_silence(hints):
    waking._wake()
    hints.wait_for(1)
    time.sleep(3 * BREATH)

    assert len(hints.at) == 1


def test_a_request_does_not_wait_for_a_broker_that_hangs(hints):
    hints.held.clear()
    waking._wake()
    hints.wait_for(1)
    wished = time.monotonic()
    waking._wake()

    assert time.monotonic() - wished < LONG / 2


def test_a_waker_that_died_is_replaced(hints, monkeypatch):
    class Dead(threading.Thread):
        pass

    monkeypatch.setattr(waking, "_waker", Dead())
    waking._wake()

    hints.wait_for(1)


@pytest.mark.parametrize("trouble", [OperationalError("refused"), OSError("reset")])
def test_a_broker_that_is_down_is_only_logged(trouble, monkeypatch, caplog):
    def refuse(name, **options):
        raise trouble

    monkeypatch.setattr(waking.current_app, "send_task", refuse)
    waking.publish_hint()

    assert "the sweeper will find what is due" in caplog.text
