"""Workers are killed at random moments while letters leave: none is lost, none is doubled."""

import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.checking import faults, repeats
from tests.faults.congress import Congress, congress
from tests.faults.crew import Crew
from tests.faults.moods import Mood
from tests.faults.ways import OFFICES_A_LETTER, WAYS
from tests.ownership import BROKER, own_database, own_queue

pytestmark = pytest.mark.faults

LONG = os.environ.get("FAULTS") == "long"
LETTERS, KILLS = (5000, 200) if LONG else (500, 20)
SEED = int(os.environ.get("FAULTS_SEED", random.randrange(10**6)))
# Answers take a moment, so that a kill finds letters on their way; some of them never come.
GATEWAYS = Mood(latency=0.1, refuses=0.01, fails=0.01, hangs_up=0.01)
MAILBOXES = Mood(latency=0.1, refuses=0.01, hangs_up=0.01)
FORMS = Mood(latency=0.1, refuses=0.01, fails=0.01, hangs_up=0.01)
# Seconds without an arrival after which letters that were put off are made due.
STANDSTILL = 3


@dataclass(frozen=True)
class Ground:
    """Where an installation keeps its rows and its hints; empty: on a laptop."""

    name: str
    variables: dict[str, str]


@pytest.fixture(params=["laptop", pytest.param("server", marks=pytest.mark.rabbitmq)])
def ground(request):
    """SQLite and the embedded transport, then PostgreSQL and RabbitMQ, each of its own."""
    if request.param == "laptop":
        yield Ground("SQLite + files", {})
        return
    name = f"letters_kills_{os.getpid()}"
    with own_database(name) as url, own_queue(name) as queue:
        if not url:
            pytest.skip("no PostgreSQL on localhost:5432")
        variables = {"DATABASE_URL": url, "BROKER_URL": BROKER, "BROKER_QUEUE": queue}
        yield Ground("PostgreSQL + RabbitMQ", variables)


@dataclass
class Killer:
    """Kills when enough letters have arrived, so that every kill meets letters on their way."""

    crew: Crew
    seen: Congress
    chance: random.Random

    def kill(self, times: int, *, among: int) -> None:
        moments = sorted(self.chance.uniform(0, 0.95) * among for _ in range(times))
        for number, moment in enumerate(moments, start=1):
            self._wait_for_arrivals(int(moment))
            time.sleep(self.chance.uniform(0, 0.3))
            whom = self.chance.choices(["child", "group", "parent"], [70, 20, 10])[0]
            print(f"kill {number} after {len(self.seen.log)} arrivals: {whom}")
            getattr(self, f"_{whom}")()

    def _child(self) -> None:
        self.crew.kill_child(self.chance)

    def _group(self) -> None:
        self.crew.kill_everything()
        self.crew.start("worker", "beat")

    def _parent(self) -> None:
        self.crew.kill_parent("worker")
        self.crew.start("worker")

    def _wait_for_arrivals(self, count: int) -> None:
        before, since = len(self.seen.log), time.monotonic()
        while len(self.seen.log) < count:
            if len(self.seen.log) > before:
                before, since = len(self.seen.log), time.monotonic()
            if time.monotonic() > since + STANDSTILL:
                if not self.crew.rows.open():
                    return
                self.crew.rows.hurry()
                since = time.monotonic()
            time.sleep(0.02)


def test_no_kill_loses_or_doubles_a_letter(ground, tmp_path: Path, record_property):
    print(f"\nFAULTS_SEED={SEED}")
    chance = random.Random(SEED)
    moods = {"gateways": GATEWAYS, "mailboxes": MAILBOXES, "forms": FORMS}
    with (
        congress(tmp_path, seed=SEED, **moods) as seen,
        Crew(tmp_path / "var", seen.variables | ground.variables, concurrency=4) as crew,
    ):
        crew.write("prepare")
        crew.write("letters", LETTERS, 1)
        crew.start("worker", "beat")

        Killer(crew, seen, chance).kill(KILLS, among=LETTERS * OFFICES_A_LETTER)
        crew.settle(within=300 if LONG else 120)

        deliveries, arrivals = crew.rows.deliveries(), seen.log.arrivals
    states = Counter(row.state for row in deliveries)
    record_property(
        "faults",
        f"{KILLS} kills over {LETTERS} letters on {ground.name}: {len(arrivals)} arrivals, "
        f"{repeats(arrivals)} repeats under a key, {states['uncertain']} uncertain, "
        f"{states['needs_supporter']} left to their supporters",
    )
    assert len(deliveries) == LETTERS * OFFICES_A_LETTER
    assert {each.route for each in arrivals} == set(WAYS.values())
    assert faults(deliveries, arrivals) == []
