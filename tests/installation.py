"""The product as a stranger starts it: `manage.py run` in its own folder, seen from outside."""

import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.environment import ROOT, bare_environment

FIRST_START = 90
# No wait for what comes within seconds is a measurement: a busy machine may take its time.
PATIENCE = 60
CODE = re.compile(r"\b(\d{6})\b")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@dataclass
class Installation:
    """One running copy: its folder, its address, and what it has said so far."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return bare_environment() | {
            "VAR_DIR": str(self.folder),
            "SITE_URL": self.url,
            "SWEEP_SECONDS": "1",
            "PYTHONUNBUFFERED": "1",
            **self.variables,
        }

    @property
    def said(self) -> str:
        return (self.folder / "said.txt").read_text()

    def start(self) -> Self:
        """Waits until everything is there; AssertionError with what was said if it never is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "said.txt").open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        self.wait_for(lambda: "Ctrl-C" in self.said, within=FIRST_START)
        return self

    def wait_for(self, happened, *, within: float = PATIENCE) -> None:
        deadline = time.monotonic() + within
        while not happened():
            assert self.process.poll() is None, f"it ended:\n{self.said}"
            assert time.monotonic() < deadline, f"nothing within {within} s:\n{self.said}"
            time.sleep(0.1)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def manage(self, *arguments: str) -> str:
        """What another command of the same installation says."""
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def children(self) -> list[int]:
        """Process ids of everything that it has started, and that they have started."""
        return family_of(self.process.pid)

    @property
    def login(self) -> tuple[str, str]:
        """The organizer's first login, as it is told at the start."""
        return re.search(r"First login: (\S+) / (\S+)", self.said).groups()

    def mails(self) -> list[str]:
        """The oldest first."""
        files = (self.folder / "mail").glob("*.eml")
        in_turn = sorted(files, key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text() for path in in_turn]

    def code_for(self, email: str, *, within: float = PATIENCE) -> str:
        """The newest six-digit code that was mailed to an address."""
        return CODE.findall(self._mail_to(email, within))[0]

    def link_for(self, email: str, *, within: float = PATIENCE) -> str:
        """The newest link that was mailed to an address."""
        return re.search(rf"{re.escape(self.url)}\S+", self._mail_to(email, within)).group()

    def _mail_to(self, email: str, within: float) -> str:
        self.wait_for(lambda: any(email in mail for mail in self.mails()), within=within)
        newest = [mail for mail in self.mails() if email in mail][-1]
        return newest.partition("\n\n")[2]


def family_of(pid: int) -> list[int]:
    """Process ids of everything that it has started, and that they have started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    family = [pid]
    for each in family:
        family += [child for child, parent in parents.items() if parent == each]
    return family[1:]


def is_alive(pid: int) -> bool:
    """Whether it still does anything: one that only waits to be counted as ended does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
