"""Children live and die with the one that started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from campaign.processes import STOP_SIGNALS, ChildDied, Children, Stopped, listen_for_stop_signals
from tests.environment import ROOT
from tests.installation import is_alive

SLEEPER = "import time; time.sleep(600)"
STUBBORN = f"""
import pathlib, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path("stubborn-is-up").touch()
{SLEEPER}
"""
# A process that starts a sleeper, says its id, and waits for the end.
PARENT = """
import signal, sys; sys.path.insert(0, {root!r})
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
from campaign.processes import Children, Stopped, listen_for_stop_signals
listen_for_stop_signals()
children = Children(folder=Path({folder!r}))
try:
    children.start("sleeper", "sleeper")
    print(children.running["sleeper"].pid, flush=True)
    children.watch()
except Stopped:
    print("stopped", flush=True)
finally:
    children.stop()
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    (tmp_path / "brief.py").write_text("raise SystemExit(7)")
    return tmp_path


@pytest.fixture
def children(folder):
    several = Children(folder=folder)
    yield several
    for process in several.running.values():
        process.kill()
        process.wait()


@pytest.fixture
def parent(folder):
    script = PARENT.format(root=str(ROOT), folder=str(folder))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as one:
        yield one
        one.kill()


@pytest.fixture(autouse=True)
def own_signals():
    """`stop` ignores signals for good: it is the last thing that a process does."""
    former = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    yield
    for number, handler in former.items():
        signal.signal(number, handler)


def comes_true(happened: Callable[[], bool], *, within: float = 20) -> bool:
    deadline = time.monotonic() + within
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.05)
    return happened()


def test_a_child_that_ends_by_itself_is_named(children):
    children.start("brief one", "brief")
    with pytest.raises(ChildDied, match=r"The brief one has ended by itself \(exit code 7\)"):
        children.watch()


def test_a_child_that_is_killed_is_started_anew(children):
    children.start("sleeper", "sleeper")
    first = children.running["sleeper"]
    first.kill()
    first.wait()

    children.check()

    assert children.running["sleeper"].pid != first.pid
    assert children.running["sleeper"].poll() is None


def test_stopping_ends_every_child(children):
    for name in ("one", "two"):
        children.start(name, "sleeper")
    children.stop()
    assert all(process.returncode == -signal.SIGTERM for process in children.running.values())


def test_a_child_that_will_not_stop_is_ended(children, folder, monkeypatch):
    monkeypatch.setattr("campaign.processes.PATIENCE", 1)
    children.start("stubborn one", "stubborn")
    assert comes_true((folder / "stubborn-is-up").exists)
    children.stop()
    assert children.running["stubborn one"].returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_request_to_end_stops_the_child_first(parent, number):
    child = int(parent.stdout.readline())
    parent.send_signal(number)
    assert parent.communicate(timeout=20)[0] == "stopped\n"
    assert parent.returncode == 0
    assert not is_alive(child)


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_request_to_end_lets_a_look_at_the_children_end_first(children, monkeypatch, number):
    children.start("sleeper", "sleeper")
    looked = []

    def look(process):
        signal.raise_signal(number)
        looked.append(process)

    monkeypatch.setattr(subprocess.Popen, "poll", look)
    listen_for_stop_signals()

    with pytest.raises(Stopped):
        children.check()

    assert looked


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_parent_that_is_killed_leaves_no_orphan(parent):
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    assert comes_true(lambda: not is_alive(child))
