"""The processes of one installation, each of which may be killed alone and started again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.environment import ROOT
from tests.faults.rows import Rows
from tests.installation import Installation, family_of

WORKER = "celery --quiet --app campaign worker --loglevel WARNING --without-gossip --without-mingle"
BEAT = "celery --quiet --app campaign beat --loglevel WARNING"
WEB = (
    "gunicorn campaign.wsgi --worker-class gthread --workers 1 --threads 8 --log-level warning"
    " --graceful-timeout 5 --no-control-socket --bind 127.0.0.1"
)


@dataclass
class Crew:
    """Web server, worker and beat on one folder, one database and one broker."""

    folder: Path
    variables: dict[str, str]
    concurrency: int = 3
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def __post_init__(self):
        self.installation = Installation(folder=self.folder, variables=self.variables)
        self.rows = Rows(database_url=self.variables.get("DATABASE_URL", ""), folder=self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        # Where whitenoise looks for what `collectstatic` would have brought.
        (self.folder / "static").mkdir(exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.kill_everything()

    def write(self, *arguments: object) -> None:
        """Runs tests/faults/writing.py against this installation."""
        command = [sys.executable, "-m", "tests.faults.writing", *map(str, arguments)]
        environment = self.installation.environment
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=300)

    def start(self, *names: str) -> None:
        commands = {
            "worker": f"{WORKER} --concurrency {self.concurrency} --hostname {self._node}@%h",
            "beat": BEAT,
            "web": f"{WEB}:{self.installation.port}",
        }
        for name in names:
            with (self.folder / f"{name}.log").open("a") as said:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", *commands[name].split()],
                    cwd=ROOT,
                    env=self.installation.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    @property
    def _node(self) -> str:
        """Unlike any other worker on this broker."""
        return f"faults-{os.getpid()}-{self.installation.port}"

    def children(self, name: str) -> list[int]:
        return family_of(self.running[name].pid)

    def kill_child(self, chance: random.Random) -> None:
        """`kill -9` of one of the worker's children, or of a worker that has threads instead."""
        children = self.children("worker")
        if children:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
        elif self.running["worker"].poll() is None:
            # Of threads: whoever started it starts it again, as `make run` does.
            self.kill_parent("worker")
            self.start("worker")

    def kill_parent(self, name: str) -> None:
        """Its children stay behind, and finish what they do."""
        self.running[name].kill()
        self.running[name].wait()

    def kill_everything(self) -> None:
        """Also what a killed parent left behind, told by its folder: as when the power fails."""
        ours = f"VAR_DIR={self.folder}".encode()
        for environment in Path("/proc").glob("[0-9]*/environ"):
            with suppress(FileNotFoundError, ProcessLookupError, PermissionError):
                if ours in environment.read_bytes().split(b"\0"):
                    os.kill(int(environment.parent.name), signal.SIGKILL)
        for process in self.running.values():
            process.wait()

    def dead(self) -> list[str]:
        """Who should run and does not."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def settle(self, *, within: float, hurry_every: float = 5) -> float:
        """Waits until nothing waits or is being sent; seconds that it took."""
        begun = time.monotonic()
        hurried = begun
        while left := self.rows.open():
            assert not self.dead(), f"{self.dead()} ended:\n{self.said(self.dead()[0])[-3000:]}"
            now = time.monotonic()
            assert now < begun + within, f"{left} still open:\n{self.said('worker')[-3000:]}"
            if now > hurried + hurry_every:
                self.rows.hurry()
                hurried = now
            time.sleep(0.2)
        return time.monotonic() - begun


def wait_for(happened: Callable[[], bool], *, within: float, what: str) -> float:
    """Seconds until it happened; AssertionError if it does not."""
    begun = time.monotonic()
    while not happened():
        assert time.monotonic() < begun + within, f"not within {within} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun
