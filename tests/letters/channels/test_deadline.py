"""The total time of a call: sockets are shut under whoever waits, names are not waited for."""

import socket
import threading
import time
from contextlib import ExitStack, closing

import pytest

from letters.channels.deadline import Deadline, deadline_in_force
from tests.faults.servers import LoopbackServer, free_port, running, stay_silent

SECONDS = 0.3


@pytest.fixture
def silent():
    with running(LoopbackServer(stay_silent)) as server:
        yield server


def elapsed(act, error=OSError) -> float:
    started = time.monotonic()
    with pytest.raises(error):
        act()
    return time.monotonic() - started


def test_whoever_waits_for_a_byte_is_woken_when_the_time_is_over(silent):
    started = time.monotonic()
    with Deadline(SECONDS) as deadline, closing(deadline.connect("127.0.0.1", silent.port)) as sock:
        sock.settimeout(None)

        assert sock.recv(1) == b""

    assert SECONDS <= time.monotonic() - started < SECONDS + 1


def test_a_call_that_is_over_in_time_keeps_its_connection(silent):
    with Deadline(SECONDS) as deadline:
        sock = deadline.connect("127.0.0.1", silent.port)
    with closing(sock):
        time.sleep(SECONDS + 0.1)
        sock.settimeout(0.1)

        with pytest.raises(TimeoutError):
            sock.recv(1)


def test_a_kept_connection_comes_under_the_next_calls_deadline(silent):
    with (
        socket.create_connection(("127.0.0.1", silent.port)) as sock,
        Deadline(SECONDS) as deadline,
    ):
        deadline.watch(sock)

        assert sock.recv(1) == b""


def test_what_is_watched_too_late_is_shut_at_once(silent):
    with socket.create_connection(("127.0.0.1", silent.port)) as sock, Deadline(0.05) as deadline:
        time.sleep(0.1)
        sock.settimeout(1)
        deadline.watch(sock)

        assert sock.recv(1) == b""


def test_a_host_that_swallows_connections_is_not_waited_for_longer():
    with socket.socket() as full, ExitStack() as waiting, Deadline(SECONDS) as deadline:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(2):
            queued = waiting.enter_context(socket.socket())
            queued.setblocking(False)
            queued.connect_ex(full.getsockname())

        assert elapsed(lambda: deadline.connect(*full.getsockname())) < SECONDS + 1


def test_a_name_service_that_hangs_is_not_waited_for_longer(monkeypatch):
    asked = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: asked.wait(3))

    with Deadline(SECONDS) as deadline:
        assert elapsed(lambda: deadline.connect("mail.example", 25), TimeoutError) < SECONDS + 1
    asked.set()


def test_the_next_address_is_tried_where_one_refuses(silent, monkeypatch):
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
        for port in (free_port(), silent.port)
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: both)

    with Deadline(SECONDS) as deadline, closing(deadline.connect("mail.example", 25)) as sock:
        assert sock.getpeername()[1] == silent.port


def test_a_deadline_is_in_force_within_its_own_call_only():
    with Deadline(SECONDS) as outer:
        with Deadline(SECONDS) as inner:
            assert deadline_in_force() is inner
        assert deadline_in_force() is outer
    with pytest.raises(LookupError):
        deadline_in_force()


def test_once_the_time_is_over_nobody_is_called(silent):
    with Deadline(0.05) as deadline:
        time.sleep(0.1)

        with pytest.raises(TimeoutError):
            deadline.connect("127.0.0.1", silent.port)

    assert silent.connections == 0


def test_nothing_is_left_behind(silent):
    with Deadline(60) as deadline:
        deadline.connect("127.0.0.1", silent.port).close()
    twins = deadline._twins

    for each in threading.enumerate():
        if isinstance(each, threading.Timer):
            each.join(5)
    assert not [each for each in threading.enumerate() if isinstance(each, threading.Timer)]
    assert twins == []
