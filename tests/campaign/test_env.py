"""The only reader of the environment."""

import subprocess
import sys
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from campaign import env
from tests.environment import ROOT

MAKE_A_SECRET = (
    "from pathlib import Path; from campaign import env; import sys; "
    "print(env.secret('SOME_KEY', folder=Path(sys.argv[1]), laptop=True))"
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    monkeypatch.delenv("SOME_KEY", raising=False)


def make_secret(folder) -> str:
    return env.secret("SOME_KEY", folder=folder, laptop=True)


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "  ")
    assert env.text("SOME_KEY", "default") == "default"


def test_a_day_is_read(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "2026-05-21")
    assert env.day("SOME_KEY") == date(2026, 5, 21)


def test_a_negative_number_is_none(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "-1")
    with pytest.raises(ImproperlyConfigured):
        env.number("SOME_KEY", 1)


def test_a_domain_and_what_lies_below_it_are_its_hosts(monkeypatch):
    for host in ("house.gov", "cwc.house.gov"):
        monkeypatch.setenv("SOME_KEY", f"https://{host}/v2/")
        assert env.url("SOME_KEY", "", hosts=("house.gov",)) == f"https://{host}/v2"


def test_a_user_name_that_looks_like_a_gateway_is_no_gateway(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "https://cwc.house.gov@example.org/")
    with pytest.raises(ImproperlyConfigured, match=r"example\.org"):
        env.url("SOME_KEY", "", hosts=("house.gov",))


def test_a_database_password_may_hold_any_character(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "postgresql://letters:p%40ss%2Fword@db:5433/letters")
    database = env.database("SOME_KEY", "")
    assert (database["PASSWORD"], database["HOST"], database["PORT"]) == ("p@ss/word", "db", "5433")


def test_a_secret_of_the_environment_is_taken_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("SOME_KEY", "mine")
    assert make_secret(tmp_path) == "mine"
    assert not list(tmp_path.iterdir())


def test_a_laptops_secret_is_made_once(tmp_path):
    assert make_secret(tmp_path) == make_secret(tmp_path)


def test_two_laptops_have_two_secrets(tmp_path):
    assert make_secret(tmp_path / "a") != make_secret(tmp_path / "b")


def test_a_laptops_secret_is_for_its_owner_alone(tmp_path):
    make_secret(tmp_path)
    modes = [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()]
    assert modes == [0o600]


def test_first_starts_at_the_same_moment_agree_on_a_secret(tmp_path):
    command = [sys.executable, "-c", MAKE_A_SECRET, str(tmp_path)]
    starts = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({start.communicate(timeout=60)[0] for start in starts}) == 1


def test_a_server_is_never_given_a_secret_that_nobody_knows(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="SOME_KEY is not set"):
        env.secret("SOME_KEY", folder=tmp_path, laptop=False)
