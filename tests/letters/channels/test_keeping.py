"""What is kept between two letters, for whom, and for how long."""

import os
import threading

import pytest

from letters.channels import keeping
from letters.channels.keeping import Keeper


@pytest.fixture
def left():
    return []


@pytest.fixture
def keeper(left):
    return Keeper(part=left.append)


def test_what_was_kept_is_taken_once(keeper, left):
    keeper.keep("connection")

    assert (keeper.take(), keeper.take(), left) == ("connection", None, [])


def test_what_was_idle_for_too_long_is_parted_from(keeper, left, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(keeping.time, "monotonic", lambda: now[0])
    keeper.keep("young")
    now[0] += keeping.IDLE_SECONDS - 0.1
    assert keeper.take() == "young"
    keeper.keep("old")
    now[0] += keeping.IDLE_SECONDS

    assert (keeper.take(), left) == (None, ["old"])


def test_no_thread_takes_anothers(keeper):
    keeper.keep("connection")
    taken = []

    other = threading.Thread(target=lambda: taken.append(keeper.take()))
    other.start()
    other.join()

    assert taken == [None]


def test_a_fork_takes_nothing_and_does_not_even_say_goodbye(keeper, left, monkeypatch):
    keeper.keep("connection")
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert (keeper.take(), left) == (None, [])
