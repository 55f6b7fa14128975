"""RabbitMQ is away under load and loses its queues: nobody is turned away, nothing is lost."""

import os
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import requests

from tests.faults.arrivals import ArrivalLog
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
UNTOLD = 3
# A worker and beat look for their broker every few seconds; then comes a sweep of a second.
BACK_WITHIN = 10


@pytest.fixture
def proxy():
    with Proxy(BROKER_PORT) as one:
        yield one


@dataclass(frozen=True)
class Server:
    """Web server, worker and beat, which know the broker by the proxy's door alone."""

    crew: Crew
    # What has arrived at the offices.
    log: ArrivalLog
    queue: str

    @property
    def url(self) -> str:
        return self.crew.installation.url


@pytest.fixture
def server(tmp_path: Path, proxy):
    name = f"letters_outage_{os.getpid()}"
    with (
        own_database(name) as url,
        own_queue(name) as queue,
        congress(tmp_path, seed=0, gateways=Mood(latency=0.02)) as seen,
    ):
        broker = f"amqp://guest:guest@127.0.0.1:{proxy.port}//"
        variables = {"DATABASE_URL": url, "BROKER_URL": broker, "BROKER_QUEUE": queue}
        with Crew(tmp_path / "var", seen.variables | variables, concurrency=2) as crew:
            one = Server(crew=crew, log=seen.log, queue=queue)
            crew.write("prepare")
            crew.start("web", "worker", "beat")
            wait_for(lambda: answers(one.url), within=60, what="the web answers")
            yield one


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=10).ok
    except requests.ConnectionError:
        return False


def mails(server: Server) -> list[tuple[str, str]]:
    """E-mail address and text of everything that supporters were mailed, the oldest first."""
    parts = [mail.partition("\n\n") for mail in server.crew.installation.mails()]
    return [(re.search("^To: (.+)$", head, re.MULTILINE)[1], text) for head, _, text in parts]


def codes(server: Server) -> dict[str, str]:
    """E-mail address → the code that was mailed there."""
    found = [(address, CODE.search(text)) for address, text in mails(server)]
    return {address: code[0] for address, code in found if code}


def write_until(server: Server, stop: threading.Event, numbers: count) -> list[Supporter]:
    """One after the other; raises PostFailed with the first who is turned away."""
    written = []
    while not stop.is_set():
        written.append(Supporter(server.url, next(numbers)))
        written[-1].write()
    return written


@contextmanager
def ended_by(stop: threading.Event) -> Iterator[None]:
    """Nobody writes on when the test has failed."""
    try:
        yield
    finally:
        stop.set()


def have_codes(server: Server, supporters: list[Supporter]) -> bool:
    return {one.email for one in supporters} <= codes(server).keys()


def test_a_broker_that_is_away_and_forgets_everything_costs_nothing(proxy, server, record_property):
    crew, numbers, stop = server.crew, count(1), threading.Event()
    ready = [Supporter(server.url, next(numbers)) for _ in range(READY)]
    for one in ready:
        one.write()
    wait_for(lambda: have_codes(server, ready), within=60, what="the first codes are mailed")
    code_of = codes(server)

    proxy.shut()
    with ThreadPoolExecutor(AT_ONCE) as pool, ended_by(stop):
        writing = [pool.submit(write_until, server, stop, numbers) for _ in range(AT_ONCE)]
        for one in ready:
            one.confirm(code_of[one.email])
            time.sleep(OUTAGE / READY)
    written = [one for each in writing for one in each.result()]
    arrived_before = len(server.log)
    delete_queue(server.queue)
    proxy.open()

    back = wait_for(
        lambda: len(server.log) > arrived_before,
        within=BACK_WITHIN,
        what="letters leave again",
    )
    wait_for(lambda: have_codes(server, written), within=60, what="every code is mailed")
    code_of = codes(server)
    for one in written:
        one.confirm(code_of[one.email])
    # Of these no hint tells: only beat's sweeps find them.
    crew.write("letters", UNTOLD, 900_000)
    crew.settle(within=60)

    letters = len(ready) + len(written) + UNTOLD
    slowest = max(seconds for one in written for seconds in one.took)
    record_property(
        "faults",
        f"broker away for {OUTAGE} s, queues deleted: {letters} letters, "
        f"0 failed POSTs (slowest {slowest:.2f} s), back after {back:.1f} s",
    )
    mailed = [address for address, text in mails(server) if CODE.search(text)]
    assert len(mailed) == len(set(mailed)) == letters - UNTOLD
    assert crew.dead() == []
    assert len(crew.rows.deliveries()) == letters * OFFICES_A_LETTER
    assert faults(crew.rows.deliveries(), server.log.arrivals) == []
