"""`manage.py run`: from an empty folder to a page that answers, and nothing left behind."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys

import pytest
import requests

from tests.environment import ROOT
from tests.installation import Installation, is_alive

# gunicorn and its one process, the worker, beat.
ALL_PROCESSES = 4


@pytest.fixture
def installation(tmp_path):
    one = Installation(folder=tmp_path / "var")
    yield one
    if one.process and one.process.poll() is None:
        one.stop()


def run_to_its_end(installation) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", "run"],
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """One that tests only look at."""
    one = Installation(folder=tmp_path_factory.mktemp("run") / "var").start()
    yield one
    one.stop()


def test_an_empty_folder_becomes_a_page_that_answers(running):
    assert requests.get(running.url, timeout=10).status_code == 200


def test_files_come_compressed(running):
    style = requests.get(f"{running.url}/static/css/site.css", timeout=10)

    assert style.headers["Content-Encoding"] == "gzip"


def test_nobody_else_reads_the_secrets_or_the_first_login(running):
    private = ("secret_key", "identity_keys", "email_hash_key", "first-login.txt")
    modes = {name: (running.folder / name).stat().st_mode & 0o077 for name in private}
    assert modes == dict.fromkeys(private, 0)


def test_a_start_says_nothing_but_what_helps(running):
    assert not re.search(r"warning|error|traceback", running.said, re.IGNORECASE)


def test_a_stop_leaves_nothing_behind(installation):
    installation.start()
    installation.wait_for(lambda: len(installation.children()) >= ALL_PROCESSES)
    started = installation.children()
    assert installation.stop() == 0
    assert not [pid for pid in started if is_alive(pid)]


def test_a_second_start_keeps_the_database_and_the_login(installation):
    login = installation.start().login
    installation.stop()
    database = sqlite3.connect(installation.folder / "db.sqlite3")
    with database:
        database.execute("update campaign_campaign set name = 'As the organizer named it'")
    database.close()
    installation.start()
    assert installation.login == login
    assert "As the organizer named it" in requests.get(installation.url, timeout=10).text


def test_a_start_forgets_what_a_killed_one_left_half_written(installation):
    table = installation.folder / "broker" / "control" / "letters.exchange"
    table.parent.mkdir(parents=True)
    table.write_text("[")
    installation.start()
    installation.wait_for(lambda: table.exists() and json.loads(table.read_text()))


def test_a_child_that_dies_takes_the_rest_along(installation):
    """Told to end, it ends well, and by itself: nobody knows why."""
    installation.start()
    started = installation.children()
    web_server, *_ = started
    os.kill(web_server, signal.SIGTERM)
    assert installation.process.wait(60) == 1
    assert "has ended by itself" in installation.said
    assert not [pid for pid in started if is_alive(pid)]


def test_a_child_that_is_killed_comes_back(installation):
    installation.start()
    started = installation.children()
    for pid in started:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)

    installation.wait_for(lambda: len(set(installation.children()) - set(started)) >= 3)
    installation.wait_for(lambda: answers(installation.url))


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


def test_live_starts_without_any_key(installation):
    installation.variables["DELIVERY_MODE"] = "live"
    installation.start()
    assert "LIVE" in installation.said
    assert requests.get(f"{installation.url}/rehearsal/", timeout=10).status_code == 404


def test_a_busy_port_is_told_with_a_way_out(installation):
    with socket.create_server(("127.0.0.1", installation.port)):
        ran = run_to_its_end(installation)
    assert ran.returncode == 1
    assert f"SITE_URL=http://127.0.0.1:{installation.port + 1} make run" in ran.stderr


def test_a_server_is_not_run_like_a_laptop(installation):
    installation.variables |= {
        "SITE_URL": "https://letters.example.org",
        "SECRET_KEY": "s" * 50,
        "IDENTITY_KEYS": "aWRlbnRpdHlpZGVudGl0eWlkZW50aXR5aWRlbnRpdHk=",
        "EMAIL_HASH_KEY": "h" * 40,
        "SMTP_HOST": "smtp.example.org",
    }
    ran = run_to_its_end(installation)
    assert ran.returncode == 1
    assert "`run` is for a laptop" in ran.stderr
