"""Child processes that live and die with the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

LOOK_EVERY = 0.2
PATIENCE = 20
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1
# Celery's essay about root: on a laptop's container there is nobody else to be.
QUIET = ("-W", "ignore:You're running the worker")


class ChildDied(Exception):
    """A process that should run until it is told to stop has ended by itself."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


class Children:
    """Named processes, stopped in the reverse of the order in which they were started."""

    def __init__(self, *, folder: Path):
        self.folder = folder
        self.running: dict[str, subprocess.Popen] = {}
        self.commands: dict[str, tuple[str, ...]] = {}

    def start(self, name: str, *module_and_arguments: str) -> None:
        """Runs `python -m …`, in a session of its own: Ctrl-C reaches only us, and we say stop."""
        self.commands[name] = module_and_arguments
        with _undisturbed():
            self.running[name] = subprocess.Popen(  # noqa: S603 (the command is our own)
                [sys.executable, *QUIET, "-m", *module_and_arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_the_parent if sys.platform == "linux" else None,
            )

    def check(self) -> None:
        """Starts anew what was killed; raises ChildDied as soon as one has ended by itself."""
        for name, process in list(self.running.items()):
            with _undisturbed():
                code = process.poll()
            if code is not None and code < 0:
                self.start(name, *self.commands[name])
            elif code is not None:
                raise ChildDied(f"The {name} has ended by itself (exit code {process.returncode}).")

    def watch(self) -> None:
        """Waits until one is missing."""
        while True:
            self.check()
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Lets each finish what it does, within limits; nothing that they started outlives it."""
        ignore_stop_signals()
        for process in reversed(self.running.values()):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def listen_for_stop_signals() -> None:
    """From now on Ctrl-C, SIGTERM and a closed terminal raise Stopped; `nohup` is respected."""
    for number in STOP_SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def ignore_stop_signals() -> None:
    """A second Ctrl-C must not interrupt the tidying up."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def _undisturbed():
    """A request to end waits until this is done.

    In the middle of `subprocess` it would leave a lock behind, for which `stop` waits for ever.
    """
    asked = []
    ours = [number for number in STOP_SIGNALS if signal.getsignal(number) is _stop]
    for number in ours:
        signal.signal(number, lambda number, frame: asked.append(number))
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, _stop)
    if asked:
        _stop(asked[0], None)


def _stop(number, frame) -> None:
    ignore_stop_signals()
    raise Stopped


def _end_with_the_parent() -> None:
    """Linux ends the child when we are killed without a chance to do it ourselves."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
