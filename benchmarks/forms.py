"""A contact form filled in by the kept browser, by a new one, and by plain HTTP."""

import json
import subprocess
import sys
import tempfile

from benchmarks.rows import Row, left_out, table
from tests.environment import ROOT, bare_environment
from tests.machine import BROWSER


def measure() -> list[Row]:
    """A letter's seconds by each way, the middle of several rounds in turns.

    The baseline is what recipes are usually run with: a browser started for the letter, and every
    key of every field pressed. The second one sets each field at once.
    """
    if not BROWSER.answers():
        return [left_out("a contact form", "no chromium on this machine")]
    with tempfile.TemporaryDirectory(prefix="letters-bench-") as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.one_form"],
            cwd=ROOT,
            env=bare_environment() | {"VAR_DIR": folder, "BROKER_URL": "memory://"},
            stdout=subprocess.PIPE,
            check=True,
        )
    found = json.loads(ran.stdout.splitlines()[-1])
    kept, typing, setting, plain = (
        found[way] * 1000 for way in ("kept", "typing", "setting", "plain")
    )
    name = "form by kept browser"
    return [
        Row(f"{name} / new browser, typing", kept, typing, kept / typing, "<= 0.5", "ms"),
        Row(f"{name} / new browser, field by field", kept, setting, kept / setting, "<= 0.5", "ms"),
        Row(f"{name} / plain HTTP", kept, plain, kept / plain, ">= 20", "ms"),
    ]


if __name__ == "__main__":
    print(table(measure()))
