"""`make test`: gets what the tests need, then runs them on PostgreSQL and on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.machine import BROWSER, EVERYTHING, POSTGRESQL, Need, postgresql_url  # noqa: E402

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-rs"]


def main() -> int:
    """The exit code: not 0 where a test fails, or where CI leaves out what it could have run."""
    missing = [need for need in EVERYTHING if not need.provide()]
    failed = [run(*each) for each in suites(with_postgresql=POSTGRESQL not in missing)]
    for need in missing:
        print(f"\n!!! LEFT OUT: every test that needs {need.label}, which is not on this machine.")
    return int(any(failed) or refuses(missing))


def suites(*, with_postgresql: bool) -> list[tuple[str, str, dict[str, str]]]:
    """Name, markers and variables of each run; what needs no database of ours runs once."""
    if not with_postgresql:
        return [("SQLite", "not postgresql", {})]
    url = postgresql_url(f"letters_{os.getpid()}")
    return [
        ("PostgreSQL", "not browser", {"DATABASE_URL": url}),
        ("SQLite", "not postgresql and not rabbitmq", {}),
    ]


def run(name: str, markers: str, variables: dict[str, str]) -> int:
    print(f"\nTests on {name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        [*PYTEST, "-m", markers], cwd=ROOT, env=environment | variables
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
    sys.exit(main())
