"""How much memory the whole server takes under load.

Everything that docker-compose.yml starts, with its own commands and settings, delivers letters to
the rehearsal Congress while supporters open pages and the health checks run. What counts is PSS:
memory that several processes share is counted once.
"""

import re
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from benchmarks.rows import Row, table
from tests.installation import family_of
from tests.server import EVERY_PART, SITE, Server

BOUND = 1024
LETTERS = 300
SUPPORTERS = 4
LONGEST = 300
LOOK_EVERY = 0.25
CHECK_EVERY = 5
# Three letters each, due now.
MAKE_LETTERS = """
from tests.factories import make_delivery, make_letter, WYOMING
from campaign.models import Campaign
campaign = Campaign.objects.get()
for number in range({signatories}):
    letter = make_letter(campaign=campaign)
    for seat in WYOMING:
        make_delivery(letter=letter, seat=seat)
"""
ACCEPTED = """
from letters.models import Delivery
print(Delivery.objects.filter(state="accepted").count())
"""


@dataclass
class Meter(threading.Thread):
    """Looks at every process of the stack until told to stop, and keeps the highest figures."""

    server: Server
    peak: dict[str, float] = field(default_factory=dict)
    highest: float = 0
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self):
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        checks, next_check = {}, 0.0
        while not self.over.is_set():
            if time.monotonic() > next_check and all(c.poll() is not None for c in checks.values()):
                checks = {name: self.server.check_of(name) for name in EVERY_PART}
                next_check = time.monotonic() + CHECK_EVERY
            self.look({name: check.pid for name, check in checks.items()})
            time.sleep(LOOK_EVERY)
        for check in checks.values():
            check.wait()

    def look(self, checks: dict[str, int]) -> None:
        now = {
            name: sum(_pss(pid) for pid in _families([process.pid, checks.get(name, 0)]))
            for name, process in self.server.processes.items()
        }
        self.highest = max(self.highest, sum(now.values()))
        self.peak = {name: max(each, self.peak.get(name, 0)) for name, each in now.items()}


def measure() -> list[Row]:
    """The highest of each part of the server, the last row for all of it."""
    folder = tempfile.TemporaryDirectory(prefix="letters-memory-")
    with folder, Server(folder=Path(folder.name)) as server:
        meter = Meter(server)
        meter.start()
        try:
            _load(server)
        finally:
            meter.over.set()
            meter.join()
    limits = {name: int(server.services[name]["mem_limit"].rstrip("m")) for name in meter.peak}
    highest = [(f"memory of {name}", meter.peak[name], limits[name]) for name in limits]
    highest.append(("memory of the whole server", meter.highest, BOUND))
    return [Row(name, peak, None, peak, f"<= {bound}", "MiB") for name, peak, bound in highest]


def _load(server: Server) -> None:
    """Letters for the worker, pages for the web server, until every letter was accepted."""
    server.run(["python", "manage.py", "refresh_offices"])
    over = threading.Event()
    readers = [threading.Thread(target=_read, args=(server, over)) for _ in range(SUPPORTERS)]
    for reader in readers:
        reader.start()
    try:
        _manage(server, MAKE_LETTERS.format(signatories=LETTERS // 3))
        deadline = time.monotonic() + LONGEST
        while int(_manage(server, ACCEPTED)) < LETTERS:
            assert time.monotonic() < deadline, f"not every letter was accepted in {LONGEST} s"
            time.sleep(5)
    finally:
        over.set()
        for reader in readers:
            reader.join()


def _read(server: Server, over: threading.Event) -> None:
    """A supporter who goes from the first page to the letter, again and again."""
    site = f"http://127.0.0.1:{server.ports['web']}"
    headers = {"Host": SITE[8:], "X-Forwarded-Proto": "https", "Referer": SITE + "/"}
    steps = {
        "find/": {"street": "2101 Capitol Ave", "city": "Cheyenne", "zip": "82001"},
        "find/offices/": {"seats": ["HWY00", "SWY01", "SWY02"]},
        "letter/": None,
    }
    while not over.is_set():
        with requests.Session() as session:
            for path, answers in {"": None, "privacy/": None, **steps}.items():
                url = f"{site}/may-21/{path}"
                page = session.get(url, headers=headers, timeout=60, allow_redirects=False)
                for cookie in session.cookies:
                    cookie.secure = False
                token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
                if answers and token:
                    form = answers | {"csrfmiddlewaretoken": token[1]}
                    session.post(
                        url, form, headers=headers, timeout=60, allow_redirects=False
                    ).raise_for_status()
                page.raise_for_status()
        time.sleep(0.2)


def _manage(server: Server, script: str) -> str:
    return server.run(["python", "manage.py", "shell", "--no-imports", "-c", script])


def _families(roots: list[int]) -> list[int]:
    """They, and all that they have started."""
    return [pid for root in roots if root for pid in (root, *family_of(root))]


def _pss(pid: int) -> float:
    """Megabytes (MiB) of one process; 0 where it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0


if __name__ == "__main__":
    print(table(measure()))
