"""The databases that a fault is tried on: SQLite in a file, and a PostgreSQL of our own making.

PostgreSQL is started from its own programs in a folder of the test's, because the test stops it.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.installation import free_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
NOBODY_ELSE = "postgres"


def why_no_postgresql() -> str:
    """Empty where one can be made here."""
    if not PROGRAMS:
        return "PostgreSQL's initdb is not on this machine"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL refuses to run as root, and setpriv is not here"
    return ""


@dataclass
class Cluster:
    """A PostgreSQL server of its own: made, started, restarted and stopped by a test."""

    folder: Path
    port: int

    @classmethod
    def make(cls) -> "Cluster":
        # Not in pytest's folder, which nobody but root may enter.
        folder = Path(tempfile.mkdtemp(prefix="letters-postgresql-"))
        if os.geteuid() == 0:
            shutil.chown(folder, NOBODY_ELSE, NOBODY_ELSE)
        cluster = cls(folder=folder / "data", port=free_port())
        cluster._run("initdb", "-D", str(cluster.folder), "-A", "trust", "-U", "postgres", "-N")
        return cluster

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> "Cluster":
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-l", log, "-o", options, "start")
        return self

    def stop(self) -> None:
        """At once: whoever is connected is thrown out."""
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-m", "fast", "stop")

    def remove(self) -> None:
        """With all that it held."""
        self.stop()
        shutil.rmtree(self.folder.parent)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(PROGRAMS[-1].with_name(program)), *arguments]
        if os.geteuid() == 0:
            own = ["--reuid", NOBODY_ELSE, "--regid", NOBODY_ELSE, "--clear-groups"]
            command = ["setpriv", *own, *command]
        subprocess.run(
            command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
