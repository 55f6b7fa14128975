"""Live, a form that was just opened: its first letter goes alone, and decides for all the others.

Each worker is a process of its own, which sweeps once and ends when it finds nothing due.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from tests.environment import ROOT
from tests.faults.arrivals import ArrivalLog
from tests.faults.checking import faults
from tests.faults.congress import variables_for
from tests.faults.crew import Crew, wait_for
from tests.faults.sinks import Forms
from tests.ownership import own_database

pytestmark = pytest.mark.postgresql

OFFICE, LETTERS = "SVT03", 4
PATIENCE = 60
# Only the test says when the time of a letter or of a lost worker is over.
LONG = 3600
SWEEP = "from letters.tasks import sweep; sweep()"
# A worker claims several letters at a time: the first one finds but one.
ONE_IS_DUE = """
update letters_delivery set due_at = due_at + interval '1 hour'
where id <> (select id from letters_delivery order by id limit 1)
"""
THE_LOST_ONE_IS_DUE = """
update letters_delivery set due_at = changed_at where reason = 'worker_lost'
"""
STATES = "select state, count(*) from letters_delivery group by state"
WAITING_FOR_A_LOCK = """
select count(*) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""


class HeldForm(Forms):
    """Shows its page, and then answers a letter, when the test lets it."""

    status = 200

    def __init__(self, log: ArrivalLog):
        super().__init__(log, offices=(OFFICE,))
        self.may_show, self.may_answer = threading.Event(), threading.Event()
        self.asked = 0

    def show(self, path: str) -> tuple[int, str]:
        self.asked += 1
        self.may_show.wait(PATIENCE)
        return super().show(path)

    def take(self, path: str, body: bytes) -> int:
        super().take(path, body)
        self.may_answer.wait(PATIENCE)
        return self.status


@dataclass(frozen=True)
class Trial:
    """A live installation with letters that wait for the form, and the form."""

    crew: Crew
    form: HeldForm

    def start_worker(self) -> subprocess.Popen:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SWEEP]
        return subprocess.Popen(command, cwd=ROOT, env=self.crew.installation.environment)

    def start_worker_with_the_first_letter(self) -> subprocess.Popen:
        """It has begun to submit, and waits for the form's answer."""
        self.form.may_show.set()
        worker = self.start_worker()
        wait_for(lambda: self.arrived, within=PATIENCE, what="the first letter is on its way")
        return worker

    def work(self) -> None:
        """A worker comes and goes, for which all that waits is due."""
        self.crew.rows.hurry()
        assert self.start_worker().wait(PATIENCE) == 0

    def end_turns(self) -> None:
        """Nobody is kept from the form any more by who went there last."""
        self.crew.rows.ask("update letters_destination set taken_until = null")

    def end_leases(self) -> None:
        self.crew.rows.ask("update letters_delivery set lease_until = changed_at")

    @property
    def arrived(self) -> int:
        return len(self.form.log)

    @property
    def states(self) -> dict[str, int]:
        return dict(self.crew.rows.ask(STATES))

    @property
    def faults(self) -> list[str]:
        return faults(self.crew.rows.deliveries(), self.form.log.arrivals)


def live(url: str, *, forms: str) -> dict[str, str]:
    """Live, and all that is reached is the suite's own form: its address is no office's."""
    facts = variables_for(
        gateways="http://127.0.0.1:9",
        smtp_port=9,
        forms=forms,
        form_seconds=LONG,
        lease=LONG,
        ways={OFFICE: "contact_form"},
    )
    # Where no browser is.
    path = str(Path(sys.executable).parent)
    keys = {"HOUSE_CWC_KEY": "none", "SENATE_CWC_KEY": "none"}
    return facts | keys | {"DELIVERY_MODE": "live", "DATABASE_URL": url, "PATH": path}


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Database and folder of an installation whose form was just opened, with one letter due."""
    name, folder = f"letters_trial_{os.getpid()}", tmp_path_factory.mktemp("trial")
    with own_database(name) as url:
        crew = Crew(folder, live(url, forms="http://127.0.0.1:9"))
        crew.write("prepare")
        crew.write("open")
        crew.write("letters", LETTERS, 1)
        crew.rows.ask(ONE_IS_DUE)
        yield name, folder


@pytest.fixture
def trial(opened, tmp_path: Path) -> Iterator[Trial]:
    name, folder = opened
    with (
        own_database(f"{name}_copy", like=name) as url,
        closing(ArrivalLog(tmp_path / "arrivals.jsonl")) as log,
        HeldForm(log) as form,
        Crew(folder, live(url, forms=form.url)) as crew,
    ):
        yield Trial(crew, form)


def test_while_the_first_letter_is_on_its_way_nobody_else_goes_near_the_form(trial):
    trial.start_worker_with_the_first_letter()

    trial.work()

    assert trial.states == {"sending": 1, "waiting": LETTERS - 1}
    assert (trial.form.asked, trial.arrived) == (1, 1)


def test_once_the_first_letter_is_accepted_the_others_go(trial):
    first = trial.start_worker_with_the_first_letter()
    trial.work()
    trial.form.may_answer.set()
    first.wait(PATIENCE)

    trial.work()

    assert trial.states == {"accepted": LETTERS}
    assert (trial.arrived, trial.faults) == (LETTERS, [])


@pytest.mark.parametrize(("status", "thanks"), [(200, "Something went wrong"), (500, "")])
def test_if_the_first_letter_is_not_accepted_the_others_are_left_to_their_supporters(
    trial, status, thanks
):
    first = trial.start_worker_with_the_first_letter()
    trial.work()
    trial.form.status, trial.form.thanks = status, thanks
    trial.form.may_answer.set()
    first.wait(PATIENCE)

    trial.work()

    assert trial.states == {"uncertain": 1, "needs_supporter": LETTERS - 1}
    assert (trial.arrived, trial.faults) == (1, [])


def test_a_form_that_is_not_as_its_recipe_says_takes_nobodys_letter(trial):
    trial.form.page = "<h1>Welcome</h1>"
    trial.form.may_show.set()
    trial.start_worker().wait(PATIENCE)

    trial.work()

    assert trial.states == {"needs_supporter": LETTERS}
    assert (trial.form.asked, trial.arrived) == (1, 0)


def test_while_nobody_knows_what_came_of_a_first_letter_no_other_leaves(trial):
    trial.start_worker_with_the_first_letter().kill()
    trial.form.may_answer.set()
    trial.end_turns()

    trial.work()

    assert trial.states == {"sending": 1, "waiting": LETTERS - 1}
    assert trial.arrived == 1


def test_a_first_letter_that_was_lost_on_its_way_leaves_the_others_to_their_supporters(trial):
    trial.start_worker_with_the_first_letter().kill()
    trial.form.may_answer.set()
    trial.end_turns()
    trial.end_leases()

    trial.work()

    assert trial.states == {"uncertain": 1, "needs_supporter": LETTERS - 1}
    assert (trial.arrived, trial.faults) == (1, [])


def test_a_first_letter_whose_worker_was_lost_before_it_left_goes_again_and_alone(trial):
    lost = trial.start_worker()
    wait_for(lambda: trial.form.asked, within=PATIENCE, what="the page is asked for")
    lost.kill()
    trial.end_turns()
    trial.end_leases()
    trial.start_worker().wait(PATIENCE)
    trial.crew.rows.ask(THE_LOST_ONE_IS_DUE)

    first = trial.start_worker_with_the_first_letter()
    trial.work()
    assert (trial.states, trial.arrived) == ({"sending": 1, "waiting": LETTERS - 1}, 1)

    trial.form.may_answer.set()
    first.wait(PATIENCE)
    trial.work()
    assert trial.states == {"accepted": LETTERS}
    assert (trial.arrived, trial.faults) == (LETTERS, [])


def test_of_two_workers_at_the_forms_page_one_lets_the_other_go_first(trial):
    first = trial.start_worker()
    wait_for(lambda: trial.form.asked == 1, within=PATIENCE, what="one asks for the page")
    trial.end_turns()
    trial.crew.rows.hurry()
    second = trial.start_worker()
    wait_for(lambda: trial.form.asked == 2, within=PATIENCE, what="the other asks for it")

    trial.form.may_show.set()
    wait_for(
        lambda: {first.poll(), second.poll()} != {None} or trial.arrived == 2,
        within=PATIENCE,
        what="one comes back, or both have sent",
    )

    assert trial.arrived == 1


def test_whoever_is_about_to_send_waits_for_who_decides_on_the_form(trial):
    with closing(psycopg2.connect(trial.crew.variables["DATABASE_URL"])) as organizer:
        organizer.cursor().execute("update letters_contactform set opened_at = null")
        trial.form.may_show.set()
        trial.form.may_answer.set()
        worker = trial.start_worker()
        wait_for(
            lambda: trial.crew.rows.ask(WAITING_FOR_A_LOCK)[0][0] or trial.arrived,
            within=PATIENCE,
            what="it waits, or does not",
        )
        organizer.commit()
    worker.wait(PATIENCE)

    assert trial.states == {"needs_supporter": 1, "waiting": LETTERS - 1}
    assert trial.arrived == 0
