"""docker-compose.yml: what it promises, and its commands and health checks run for real."""

import os
import re
import shlex
import signal

import pytest
from django.core.management import get_commands

from tests.environment import ROOT, variables
from tests.server import EVERY_PART, OURS, Server, compose, missing

SERVICES = compose()["services"]
GIB = 1024
# One letter, due now.
MAKE_A_LETTER = "from tests.factories import make_delivery; make_delivery()"
STATE = 'from letters.models import Delivery; print(Delivery.objects.get(seat="HWY00").state)'


def test_every_service_that_stays_says_how_it_is():
    assert {name for name, each in SERVICES.items() if "healthcheck" not in each} == {"prepare"}


def test_everything_of_ours_is_one_image():
    ours = {name: SERVICES[name]["image"] for name in ("prepare", *OURS)}
    assert set(ours.values()) == {"letters-to-congress"}
    assert all(SERVICES[name]["build"]["context"] == "." for name in ours)


def test_all_limits_together_are_less_than_a_gibibyte():
    limits = [re.fullmatch(r"(\d+)m", each["mem_limit"])[1] for each in SERVICES.values()]
    assert sum(map(int, limits)) < GIB


def test_no_log_grows_without_end():
    options = [each["logging"]["options"] for each in SERVICES.values()]
    assert all({"max-size", "max-file"} <= set(each) for each in options)


def test_what_stays_comes_back_after_a_restart_of_the_machine():
    assert {name: each["restart"] for name, each in SERVICES.items()} == {
        "prepare": "no",
        **dict.fromkeys(EVERY_PART, "unless-stopped"),
    }


def test_there_may_be_several_workers():
    assert not {"container_name", "ports", "hostname"} & set(SERVICES["worker"])


def test_only_the_proxy_on_the_same_machine_reaches_in():
    assert {name: each["ports"] for name, each in SERVICES.items() if "ports" in each} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_every_variable_of_the_file_stands_in_the_example():
    named = re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text())
    assert named
    assert set(named) <= variables()


def test_prepare_runs_commands_of_ours():
    words = shlex.split(shlex.split(SERVICES["prepare"]["command"])[-1])
    asked = [words[at + 1] for at, word in enumerate(words) if word == "manage.py"]
    assert "migrate" in asked
    assert set(asked) <= set(get_commands())


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The whole stack, each part healthy."""
    with Server(folder=tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def asleep(server):
    """Stops all processes of a part, as a hanging one would be, until the test is over."""
    stopped = []

    def put_to_sleep(name: str) -> None:
        stopped.append(server.processes[name].pid)
        os.killpg(stopped[-1], signal.SIGSTOP)

    yield put_to_sleep
    for group in stopped:
        os.killpg(group, signal.SIGCONT)


needs_servers = [
    pytest.mark.rabbitmq,
    pytest.mark.skipif(bool(missing()), reason=missing() or "all is there"),
]


class TestRunning:
    """What only the running stack can show."""

    pytestmark = needs_servers

    @pytest.mark.parametrize("name", EVERY_PART)
    def test_a_part_that_works_is_healthy(self, server, name):
        assert server.is_healthy(name)

    @pytest.mark.parametrize("name", ["web", "worker", "postgres"])
    def test_a_part_that_hangs_is_not_healthy(self, server, asleep, name):
        asleep(name)
        assert not server.is_healthy(name)

    def test_a_beat_that_writes_nothing_down_is_not_healthy(self, server):
        files = {path: path.stat() for path in (server.folder / "var").glob("beat-schedule*")}
        for path, stat in files.items():
            os.utime(path, (stat.st_atime, stat.st_mtime - 600))
        assert files
        assert not server.is_healthy("beat")
        for path, stat in files.items():
            os.utime(path, (stat.st_atime, stat.st_mtime))

    def test_a_letter_is_delivered(self, server):
        def ask(script: str) -> str:
            return server.run(["python", "manage.py", "shell", "--no-imports", "-c", script])

        server.run(["python", "manage.py", "refresh_offices"])
        ask(MAKE_A_LETTER)
        server.wait_for(lambda: ask(STATE).strip() == "accepted")
