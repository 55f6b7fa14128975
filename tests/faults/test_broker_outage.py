"""RabbitMQ is away under load and loses its queues: nobody is turned away, nothing is lost."""

import os
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import requests

from tests.faults.checking import faults
from tests.faults.congress import congress
from tests.faults.crew import Crew, wait_for
from tests.faults.moods import Mood
from tests.faults.proxy import Proxy
from tests.faults.supporter import Supporter
from tests.faults.ways import OFFICES_A_LETTER
from tests.installation import CODE
from tests.ownership import BROKER_PORT, delete_queue, own_database, own_queue

pytestmark = [pytest.mark.faults, pytest.mark.rabbitmq]

LONG = os.environ.get("FAULTS") == "long"
OUTAGE = 240 if LONG else 20
# Supporters who have their code when the broker goes, and who write at the same time after it.
READY, AT_ONCE = 10, 2
# A worker and beat look for their broker every few seconds; then comes a sweep of a second.
BACK_WITHIN = 10


@pytest.fixture
def proxy():
    with Proxy(BROKER_PORT) as one:
        yield one


@pytest.fixture
def crew(tmp_path: Path, proxy):
    """Web server, worker and beat, which know the broker by the proxy's door alone."""
    name = f"letters_outage_{os.getpid()}"
    with (
        own_database(name) as url,
        own_queue(name) as queue,
        congress(tmp_path, seed=0, gateways=Mood(latency=0.02)) as seen,
    ):
        broker = f"amqp://guest:guest@127.0.0.1:{proxy.port}//"
        variables = {"DATABASE_URL": url, "BROKER_URL": broker, "BROKER_QUEUE": queue}
        with Crew(tmp_path / "var", seen.variables | variables, concurrency=2) as one:
            one.seen, one.queue = seen, queue
            one.write("prepare")
            one.start("web", "worker", "beat")
            wait_for(lambda: answers(one.installation.url), within=30, what="the web answers")
            yield one


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=10).ok
    except requests.ConnectionError:
        return False


def mails(crew: Crew) -> list[tuple[str, str]]:
    """E-mail address and text of everything that supporters were mailed, the oldest first."""
    # Django puts several mails into one file, with a line between them.
    found = "".join(crew.installation.mails()).split("-" * 79 + "\n")[:-1]
    parts = [mail.partition("\n\n") for mail in found]
    return [(re.search("^To: (.+)$", head, re.MULTILINE)[1], text) for head, _, text in parts]


def codes(crew: Crew) -> dict[str, str]:
    """E-mail address → the code that was mailed there."""
    found = [(address, CODE.search(text)) for address, text in mails(crew)]
    return {address: code[0] for address, code in found if code}


def write_until(crew: Crew, stop: threading.Event, numbers: count) -> list[Supporter]:
    """One after the other; raises PostFailed with the first who is turned away."""
    written = []
    while not stop.is_set():
        written.append(Supporter(crew.installation.url, next(numbers)))
        written[-1].write()
    return written


@contextmanager
def ended_by(stop: threading.Event) -> Iterator[None]:
    """Nobody writes on when the test has failed."""
    try:
        yield
    finally:
        stop.set()


def have_codes(crew: Crew, supporters: list[Supporter]) -> bool:
    return {one.email for one in supporters} <= codes(crew).keys()


def test_a_broker_that_is_away_and_forgets_everything_costs_nothing(proxy, crew, record_property):
    numbers, stop = count(1), threading.Event()
    ready = [Supporter(crew.installation.url, next(numbers)) for _ in range(READY)]
    for one in ready:
        one.write()
    wait_for(lambda: have_codes(crew, ready), within=30, what="the first codes are mailed")
    code_of = codes(crew)

    proxy.shut()
    with ThreadPoolExecutor(AT_ONCE) as pool, ended_by(stop):
        writing = [pool.submit(write_until, crew, stop, numbers) for _ in range(AT_ONCE)]
        for one in ready:
            one.confirm(code_of[one.email])
            time.sleep(OUTAGE / READY)
    written = [one for each in writing for one in each.result()]
    arrived_before = len(crew.seen.log)
    delete_queue(crew.queue)
    proxy.open()

    back = wait_for(
        lambda: len(crew.seen.log) > arrived_before,
        within=BACK_WITHIN,
        what=f"letters leave again:\n{crew.said('worker')[-2000:]}{crew.said('beat')[-2000:]}",
    )
    wait_for(lambda: have_codes(crew, written), within=60, what="every code is mailed")
    code_of = codes(crew)
    for one in written:
        one.confirm(code_of[one.email])
    crew.settle(within=60)

    letters = len(ready) + len(written)
    slowest = max(seconds for one in written for seconds in one.took)
    record_property(
        "faults",
        f"broker away for {OUTAGE} s, queues deleted: {letters} letters, "
        f"0 failed POSTs (slowest {slowest:.2f} s), back after {back:.1f} s",
    )
    mailed = [address for address, text in mails(crew) if CODE.search(text)]
    assert len(mailed) == len(set(mailed)) == letters
    assert crew.dead() == []
    assert len(crew.rows.deliveries()) == letters * OFFICES_A_LETTER
    assert faults(crew.rows.deliveries(), crew.seen.log.arrivals) == []
