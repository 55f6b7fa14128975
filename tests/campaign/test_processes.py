"""Children live and die with the one that started them."""

import os
import signal
import subprocess
import sys
import time

import pytest

from campaign.processes import STOP_SIGNALS, ChildDied, Children
from tests.environment import ROOT
from tests.installation import is_alive

SLEEPER = "import time, sys; sys.stdout.write('up'); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
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


def gone(pid: int, *, within: float = 10) -> bool:
    deadline = time.monotonic() + within
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(pid)


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


def test_a_child_that_will_not_stop_is_ended(children, monkeypatch):
    monkeypatch.setattr("campaign.processes.PATIENCE", 1)
    children.start("stubborn one", "stubborn")
    time.sleep(1)
    children.stop()
    assert children.running["stubborn one"].returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_request_to_end_stops_the_child_first(parent, number):
    child = int(parent.stdout.readline())
    parent.send_signal(number)
    assert parent.communicate(timeout=20)[0] == "stopped\n"
    assert parent.returncode == 0
    assert gone(child, within=0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_parent_that_is_killed_leaves_no_orphan(parent):
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    assert gone(child)
