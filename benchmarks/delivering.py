"""Letters accepted per second, beside a bare loop of claim and send on a kept connection."""

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.posting import database, no_server
from benchmarks.rows import Row, table
from tests.environment import ROOT, bare_environment
from tests.faults.congress import congress


def measure() -> list[Row]:
    rows = _rows_on("SQLite", "")
    with database() as url:
        return rows + (_rows_on("PostgreSQL", url) if url else [no_server("letters accepted")])


def _rows_on(engine: str, url: str) -> list[Row]:
    """The offices' servers run here, what is measured in a process of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="letters-bench-"))
        offices = stack.enter_context(congress(Path(folder), seed=0))
        environment = bare_environment() | offices.variables
        environment |= {"VAR_DIR": folder, "DATABASE_URL": url, "BROKER_URL": "memory://"}
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.one_worker"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    found = json.loads(ran.stdout.splitlines()[-1])
    return [
        Row(f"letters accepted over {way}, {engine}", ours, bare, ours / bare, ">= 0.5", "1/s")
        for way, (ours, bare) in found.items()
    ]


if __name__ == "__main__":
    print(table(measure()))
