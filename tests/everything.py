"""`make test`: gets what the tests need, runs them on PostgreSQL and on SQLite, then the faults.

`make faults` runs the long form of the faults alone.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.machine import (  # noqa: E402
    BROWSER,
    EVERYTHING,
    POSTGRESQL,
    RABBITMQ,
    Need,
    postgresql_url,
)

PYTEST = [sys.executable, "-m", "pytest", "-rs"]
AT_ONCE = ("-n", "2", "--dist", "loadfile")
# Seconds are what the faults are about: nothing runs beside them.
ALONE = ("-n", "0")
SERVER = (POSTGRESQL, RABBITMQ)


@dataclass(frozen=True)
class Suite:
    """One run of pytest: what it is called, which tests, how, with which variables."""

    name: str
    markers: str
    variables: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = AT_ONCE


FAULTS = Suite("The faults", "faults", options=ALONE)


def main(*, only_faults: bool) -> int:
    """The exit code: not 0 where a test fails, or where CI leaves out what it could have run."""
    missing = [need for need in (SERVER if only_faults else EVERYTHING) if not need.provide()]
    others = [] if only_faults else suites(with_postgresql=POSTGRESQL not in missing)
    failed = [run(suite) for suite in [*others, FAULTS]]
    for need in missing:
        print(f"\n!!! LEFT OUT: every test that needs {need.label}, which is not on this machine.")
    if any(need in missing for need in SERVER):
        print("!!! LEFT OUT: every fault of a server; they were shown on SQLite and files alone.")
    return int(any(failed) or refuses(missing))


def suites(*, with_postgresql: bool) -> list[Suite]:
    """All but the faults; what needs no database of ours runs once."""
    if not with_postgresql:
        return [Suite("Tests on SQLite", "not postgresql and not faults")]
    url = postgresql_url(f"letters_{os.getpid()}")
    return [
        Suite("Tests on PostgreSQL", "not browser and not faults", {"DATABASE_URL": url}),
        Suite("Tests on SQLite", "not postgresql and not rabbitmq and not faults"),
    ]


def run(suite: Suite) -> int:
    print(f"\n{suite.name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        [*PYTEST, *suite.options, "-m", suite.markers],
        cwd=ROOT,
        env=environment | suite.variables,
    ).returncode


def refuses(missing: list[Need]) -> bool:
    """CI takes no green run without the browser, or without what this machine could have given."""
    if os.environ.get("CI") != "true":
        return False
    needed = [need.label for need in missing if need is BROWSER or need.command()]
    if needed:
        print(f"\n!!! CI fails: {', '.join(needed)} could not be had.")
    return bool(needed)


if __name__ == "__main__":
    sys.exit(main(only_faults="faults" in sys.argv))
