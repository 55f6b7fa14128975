"""What tests need besides Python, how to see whether it is there, and how to get it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2

CHROMIUM = "/usr/bin/chromium"
POSTGRESQL_USERS = ("postgres", "root")
PATIENCE = 60


@dataclass(frozen=True)
class Need:
    """Something that a marker of pytest names."""

    name: str
    label: str
    answers: Callable[[], bool]
    # The command that brings it; None where this machine has no such command.
    command: Callable[[], list[str] | None]

    def provide(self) -> bool:
        """Installs or starts it where it is missing; True if it is there in the end."""
        command = None if self.answers() else self.command()
        if command:
            print(f"{self.label} is missing: {' '.join(command)}", flush=True)
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            deadline = time.monotonic() + PATIENCE
            while not self.answers() and time.monotonic() < deadline:
                time.sleep(1)
        return self.answers()


def postgresql_url(name: str) -> str | None:
    """DATABASE_URL for a database of that name, by whichever user the server lets in."""
    for user in POSTGRESQL_USERS:
        try:
            with closing(psycopg2.connect(host="localhost", user=user, dbname="postgres")):
                return f"postgresql://{user}@localhost:5432/{name}"
        except psycopg2.OperationalError:
            continue
    return None


def _listens(port: int) -> bool:
    with socket.socket() as door:
        door.settimeout(2)
        return door.connect_ex(("127.0.0.1", port)) == 0


def _install(*packages: str) -> list[str] | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    names = " ".join(packages)
    script = f"apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq -y install {names}"
    return ["sh", "-c", script]


def _start_postgresql() -> list[str] | None:
    versions = sorted(Path("/etc/postgresql").glob("*/main"))
    if not shutil.which("pg_ctlcluster") or not versions:
        return None
    version = versions[-1].parent.name
    return ["pg_ctlcluster", "--skip-systemctl-redirect", version, "main", "start"]


def _start_rabbitmq() -> list[str] | None:
    return ["rabbitmq-server", "-detached"] if shutil.which("rabbitmq-server") else None


BROWSER = Need(
    name="browser",
    label="chromium",
    answers=lambda: Path(CHROMIUM).exists(),
    command=lambda: _install("chromium"),
)
GETTEXT = Need(
    name="gettext",
    label="gettext",
    answers=lambda: shutil.which("msgfmt") is not None,
    command=lambda: _install("gettext"),
)
POSTGRESQL = Need(
    name="postgresql",
    label="PostgreSQL on localhost:5432",
    answers=lambda: postgresql_url("postgres") is not None,
    command=_start_postgresql,
)
RABBITMQ = Need(
    name="rabbitmq",
    label="RabbitMQ on localhost:5672",
    answers=lambda: _listens(5672),
    command=_start_rabbitmq,
)
EVERYTHING = (GETTEXT, BROWSER, POSTGRESQL, RABBITMQ)
