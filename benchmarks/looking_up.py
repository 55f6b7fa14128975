"""The ZIP table beside a plain dict: its speed; and the room and the seconds that it takes."""

import json
import subprocess
import sys
import tempfile

from benchmarks.rows import Row, table
from tests.environment import ROOT, bare_environment


def measure() -> list[Row]:
    """Answers a second, and the table's room and seconds, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="letters-bench-") as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.one_table"],
            cwd=ROOT,
            env=bare_environment() | {"VAR_DIR": folder, "BROKER_URL": "memory://"},
            stdout=subprocess.PIPE,
            check=True,
        )
    found = json.loads(ran.stdout.splitlines()[-1])
    ours, plain = found["ours"], found["dict"]
    return [
        Row("ZIP table / plain dict", ours, plain, ours / plain, ">= 0.3", "1/s"),
        *(
            Row(f"ZIP table, {what}", found[what], None, found[what], bound, unit)
            for what, bound, unit in (
                ("room it keeps", "<= 8", "MiB"),
                ("most room while it loads", "<= 8", "MiB"),
                ("loading", "<= 0.2", "s"),
            )
        ),
    ]


if __name__ == "__main__":
    print(table(measure()))
