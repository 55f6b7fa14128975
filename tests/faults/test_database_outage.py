"""The database stops answering under a running page: 503, texts are kept, nothing is doubled."""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest

from letters.notices import LEASE
from tests.faults.conftest import written
from tests.faults.visitor import OFFICES, SCREENS, Visitor
from tests.installation import Installation

LOCKED_FOR = 10
# The patience of the settings, and what a busy machine adds.
ANSWERS_WITHIN = 9
UNDER_LOAD = 12
# A mail that was in a worker's hands as the database went may wait for its lease to end.
MAILED_WITHIN = LEASE.total_seconds() + 30


@contextmanager
def locked(installation: Installation):
    """Another connection writes, and does not come to an end for ten seconds."""
    path = installation.folder / "db.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as other:
        other.execute("begin exclusive")
        until = time.monotonic() + LOCKED_FOR
        yield
        time.sleep(max(0, until - time.monotonic()))
        other.execute("rollback")


@pytest.fixture
def on_sqlite(tmp_path):
    one = Installation(folder=tmp_path / "var").start()
    yield one
    one.stop()


def test_a_locked_sqlite_answers_503_on_every_screen_and_takes_it_when_sent_again(on_sqlite):
    visitor = Visitor(on_sqlite.url, "alena@example.org").walk_to("find")
    for screen in SCREENS:
        fields = visitor.fields_for(screen)
        with locked(on_sqlite):
            started = time.monotonic()
            page = visitor.post(screen, fields)
            taken = time.monotonic() - started
        assert (screen, page.status_code) == (screen, 503)
        assert taken < ANSWERS_WITHIN, screen
        assert page.headers["Retry-After"]
        if screen == "letter":
            assert "First line.\n\nSecond line.</textarea>" in page.text.replace("\r", "")
        assert visitor.send_again(page).status_code == 302, screen

    assert written(on_sqlite)["letters"] == 1
    assert written(on_sqlite)["seats"] == sorted(OFFICES)


def test_a_code_entered_while_sqlite_is_locked_is_taken_when_sent_again(on_sqlite):
    visitor = Visitor(on_sqlite.url, "alena@example.org").walk_to("you")
    visitor.post("you", visitor.fields_for("you"))
    code = on_sqlite.code_for(visitor.email)
    with locked(on_sqlite):
        page = visitor.post("confirm", {"code": code})
    assert page.status_code == 503
    answer = visitor.send_again(page)
    assert answer.headers["Location"].startswith("/receipt/")


class Crowd:
    """Visitors who post the third screen one after the other, and send again what got a 503."""

    def __init__(self, installation: Installation, number: int):
        self.waiting = [
            Visitor(installation.url, f"alena{each}@example.org").walk_to("you")
            for each in range(number)
        ]
        self.statuses: list[int] = []
        self.written = 0

    def post_all(self) -> None:
        while self.waiting:
            visitor = self.waiting.pop()
            answer = visitor.post("you", visitor.fields_for("you"))
            self.statuses.append(answer.status_code)
            while answer.status_code == 503:
                time.sleep(0.5)
                answer = visitor.send_again(answer)
                self.statuses.append(answer.status_code)
            self.written += answer.status_code == 302

    def look(self, page: Visitor, until: threading.Event) -> None:
        """Somebody who only reads, all the time."""
        while not until.is_set():
            self.statuses.append(page.get("find").status_code)
            time.sleep(0.05)


def all_have_mail(one: Installation) -> bool:
    told = "".join(one.mails())
    return all(f"To: alena{each}@example.org\n" in told for each in range(UNDER_LOAD))


def test_postgresql_restarted_under_load_loses_and_doubles_no_letter(tmp_path, cluster):
    one = Installation(folder=tmp_path / "var", variables={"DATABASE_URL": cluster.url}).start()
    try:
        crowd, over = Crowd(one, UNDER_LOAD), threading.Event()
        reader = threading.Thread(
            target=crowd.look, args=(Visitor(one.url, "reader@example.org"), over)
        )
        posting = [threading.Thread(target=crowd.post_all) for _ in range(2)]
        reader.start()
        posting[0].start()
        cluster.stop()
        posting[1].start()
        time.sleep(2)
        cluster.start()
        for thread in posting:
            thread.join(120)
        over.set()
        reader.join(60)

        assert set(crowd.statuses) == {200, 302, 503}
        assert crowd.written == UNDER_LOAD
        assert written(one)["letters"] == UNDER_LOAD
        assert written(one)["seats"] == sorted(OFFICES * UNDER_LOAD)
        # The worker came back by itself: the codes are mailed.
        one.wait_for(lambda: all_have_mail(one), within=MAILED_WITHIN)
    finally:
        one.stop()
