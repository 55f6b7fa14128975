"""Ten offices, one of which never answers: the other nine hardly notice."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.arrivals import ArrivalLog
from tests.faults.congress import variables_for
from tests.faults.crew import Crew, wait_for
from tests.faults.moods import Mood
from tests.faults.sinks import Forms
from tests.faults.ways import WAYS

pytestmark = pytest.mark.faults

LONG = os.environ.get("FAULTS") == "long"
OFFICES = tuple(WAYS)[:10]
# Its state has no other of the ten: each letter goes to three of the nine, or to the tenth alone.
TENTH = OFFICES[-1]
SECONDS = 300 if LONG else 40
SHARE = 0.9
# The offices take their time, so that the workers wait for them, and not for this machine.
MOOD = Mood(latency=0.8)
WORKERS = 4
FORM_SECONDS = 1.5
# More than could leave in that time if nothing but the offices took any.
LETTERS = 6 * SECONDS
LEFT = f"select count(*) from letters_delivery where state = 'waiting' and seat_id <> '{TENTH}'"  # noqa: S608
TRIED = f"""
select count(*) from letters_attempt
join letters_delivery on letters_delivery.id = delivery_id where seat_id = '{TENTH}'
"""  # noqa: S608


@dataclass(frozen=True)
class Observed:
    """One installation, and what its offices saw."""

    crew: Crew
    log: ArrivalLog


@contextmanager
def installation(folder: Path, offices: tuple[str, ...], hanging: str = "") -> Iterator[Observed]:
    """With letters for these offices alone."""
    folder.mkdir()
    with closing(ArrivalLog(folder / "arrivals.jsonl")) as log, ExitStack() as stack:
        forms = Forms(log, offices=offices, hanging=hanging, mood=MOOD)
        stack.enter_context(forms)
        variables = variables_for(
            gateways="http://127.0.0.1:9",
            smtp_port=9,
            forms=forms.url,
            form_seconds=FORM_SECONDS,
            ways=dict.fromkeys(offices, "contact_form"),
        )
        crew = stack.enter_context(Crew(folder / "var", variables, concurrency=WORKERS))
        yield Observed(crew=crew, log=log)


@pytest.fixture
def both(tmp_path: Path):
    """One installation whose nine offices are well, and one with a tenth besides that hangs."""
    with (
        installation(tmp_path / "nine", OFFICES[:-1]) as alone,
        installation(tmp_path / "ten", OFFICES, hanging=TENTH) as beside,
    ):
        # All ten forms are known to both.
        beside.crew.write("prepare")
        shutil.copytree(beside.crew.folder, alone.crew.folder, dirs_exist_ok=True)
        for each in (alone, beside):
            each.crew.write("letters", LETTERS, 1)
        yield alone, beside


def run_at_once(*several: Observed) -> None:
    """Whatever else this machine does while they run, it does to all of them."""
    for each in several:
        each.crew.start("worker", "beat")
    for each in several:
        wait_for(lambda each=each: len(each.log), within=60, what="a first letter has arrived")
    time.sleep(SECONDS + 1)
    for each in several:
        each.crew.kill_everything()


def throughput(one: Observed) -> float:
    """Letters a second to the nine, from the first one on."""
    times = [arrival.at for arrival in one.log.arrivals]
    assert one.crew.rows.ask(LEFT)[0][0], "they had nothing left to do"
    return sum(at < times[0] + SECONDS for at in times) / SECONDS


def test_nine_offices_hardly_notice_the_tenth(both, record_property):
    alone, beside = both
    run_at_once(alone, beside)

    rates = [throughput(each) for each in both]
    tried = beside.crew.rows.ask(TRIED)[0][0]
    share = rates[1] / rates[0]
    record_property(
        "faults",
        f"one of ten offices hangs, and was tried {tried} times: the nine keep {share:.0%} "
        f"(letters a second: {rates[1]:.1f} against {rates[0]:.1f})",
    )
    assert tried
    assert share >= SHARE, rates
