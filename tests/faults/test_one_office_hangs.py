"""Ten offices, one of which never answers: the other nine hardly notice."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median

import pytest

from tests.faults.arrivals import Arrival, ArrivalLog
from tests.faults.congress import variables_for
from tests.faults.crew import Crew, wait_for
from tests.faults.moods import Mood
from tests.faults.sinks import FormServer, HangingServer, HttpSink
from tests.faults.ways import WAYS

pytestmark = pytest.mark.faults

LONG = os.environ.get("FAULTS") == "long"
OFFICES = tuple(WAYS)[:10]
# One per state in turn: each letter goes to as many of the ten as its state has.
LETTERS, ROUNDS = (600, 5) if LONG else (200, 2)
SHARE = 0.9
# An office takes a moment; who waits for one that hangs waits for these seconds.
MOOD = Mood(latency=0.1)
FORM_SECONDS = 1
# What one office would need if it got its letters one after the other, and then some.
PATIENCE = 120


@contextmanager
def installation(folder: Path, tenth: type[HttpSink]) -> Iterator[tuple[Crew, ArrivalLog]]:
    """Nine offices that are well, and a tenth."""
    folder.mkdir()
    with closing(ArrivalLog(folder / "arrivals.jsonl")) as log, ExitStack() as stack:
        kinds = dict.fromkeys(OFFICES, FormServer) | {OFFICES[-1]: tenth}
        sinks = {
            office: stack.enter_context(kind(log, mood=MOOD, seed=number))
            for number, (office, kind) in enumerate(kinds.items())
        }
        variables = variables_for(
            gateways="http://127.0.0.1:9",
            smtp_port=9,
            forms={office: sink.url for office, sink in sinks.items()},
            form_seconds=FORM_SECONDS,
            ways=dict.fromkeys(OFFICES, "form"),
        )
        yield stack.enter_context(Crew(folder / "var", variables, concurrency=4)), log


@pytest.fixture
def both(tmp_path: Path):
    """One installation whose ten offices are all well, and the same with one that hangs."""
    with (
        installation(tmp_path / "well", FormServer) as well,
        installation(tmp_path / "ill", HangingServer) as ill,
    ):
        well[0].write("prepare")
        shutil.copytree(well[0].folder, ill[0].folder, dirs_exist_ok=True)
        yield {"well": well, "ill": ill}


def throughput(crew: Crew, log: ArrivalLog, *, first: int) -> float:
    """Deliveries a second of the nine, from the first to the last of a round's."""
    before = len(of_the_nine(log))
    crew.write("letters", LETTERS, first)
    expected = crew.rows.ask(
        f"select count(*) from letters_delivery where seat_id <> '{OFFICES[-1]}'"  # noqa: S608
    )[0][0]
    crew.start("worker", "beat")
    wait_for(
        lambda: len(of_the_nine(log)) >= expected,
        within=PATIENCE,
        what=f"the nine have their {expected} letters: {len(of_the_nine(log))}",
    )
    crew.kill_everything()
    times = [arrival.at for arrival in of_the_nine(log)[before:]]
    return (len(times) - 1) / (times[-1] - times[0])


def of_the_nine(log: ArrivalLog) -> list[Arrival]:
    return [arrival for arrival in log.arrivals if arrival.office != OFFICES[-1]]


def forget_the_tenth(crew: Crew) -> None:
    """Each round begins anew: no letter is left from the last, and nobody knows who is ill."""
    crew.rows.ask("update letters_delivery set state = 'failed', lease_token = null")
    crew.rows.ask("delete from letters_destination")


def test_nine_offices_hardly_notice_the_tenth(both, record_property):
    rates = {"well": [], "ill": []}
    for number in range(ROUNDS):
        for name in rates if number % 2 == 0 else reversed(rates):
            crew, log = both[name]
            rates[name].append(throughput(crew, log, first=1 + number * LETTERS))
            forget_the_tenth(crew)
    well, ill = median(rates["well"]), median(rates["ill"])
    said = {name: [f"{rate:.1f}" for rate in each] for name, each in rates.items()}
    record_property(
        "faults",
        f"one of ten offices hangs: the nine keep {ill / well:.0%} "
        f"(letters a second: {', '.join(said['ill'])} against {', '.join(said['well'])})",
    )
    assert ill >= SHARE * well, said
