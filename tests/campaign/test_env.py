"""The only reader of the environment."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from campaign import env


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


@pytest.mark.parametrize("value", ["-1", "0", "11", "1_0", "٣", "9" * 5000])
def test_a_number_outside_its_limits_is_none(monkeypatch, value):
    monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="from 1 to 10"):
        env.number("SOME_KEY", 1, least=1, most=10)


def test_a_number_may_be_its_limit(monkeypatch):
    for value in (1, 10):
        monkeypatch.setenv("SOME_KEY", str(value))
        assert env.number("SOME_KEY", 5, least=1, most=10) == value


def test_a_domain_and_what_lies_below_it_are_its_hosts(monkeypatch):
    for host in ("house.gov", "cwc.house.gov"):
        monkeypatch.setenv("SOME_KEY", f"https://{host}/v2/")
        assert env.url("SOME_KEY", "", host="house.gov") == f"https://{host}/v2"


def test_a_user_name_that_looks_like_a_gateway_is_no_gateway(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "https://cwc.house.gov@example.org/")
    with pytest.raises(ImproperlyConfigured, match=r"example\.org"):
        env.url("SOME_KEY", "", host="house.gov")


@pytest.mark.parametrize(
    "value",
    [
        "https://house.gov",
        "https://CWC.House.gov/v2",
        "https://cwc.house.gov.:443",
        "http://me@www.senate.gov",
    ],
)
def test_what_is_not_a_gateways_address_never_lies_in_congress(monkeypatch, value):
    monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="nothing of a rehearsal may reach a real"):
        env.url("SOME_KEY", "")


@pytest.mark.parametrize("host", ["notthehouse.gov", "house.gov.example.org", "[::1]:8000"])
def test_any_other_host_will_do(monkeypatch, host):
    monkeypatch.setenv("SOME_KEY", f"http://{host}/")
    assert env.url("SOME_KEY", "") == f"http://{host}"


@pytest.mark.parametrize(
    "value", ["/", "https://", "https://cwc.house。gov", "https://cwc.house%2egov"]
)
def test_a_host_that_a_name_server_would_not_be_asked_for_is_none(monkeypatch, value):
    monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="must be an http or https address"):
        env.url("SOME_KEY", "")


@pytest.mark.parametrize("value", ["amqp://u:pa/ss@host", "amqp://u:pa[ss@host", "amqp://u:pa@h:0"])
def test_an_address_that_cannot_be_read_is_not_repeated(monkeypatch, value):
    monkeypatch.setenv("SOME_KEY", value)
    for reader in (env.url, env.broker, env.database):
        with pytest.raises(ImproperlyConfigured, match="SOME_KEY is no address") as refusal:
            reader("SOME_KEY", "")
        # What began a traceback would be printed with it.
        assert refusal.value.__context__ is None
        assert "pa" not in str(refusal.value).replace("password", "")


@pytest.mark.parametrize("value", ["foo", "foo://host", "amqp:host"])
def test_a_broker_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="must start with amqp://"):
        env.broker("SOME_KEY", "")


def test_each_key_of_several_is_one(monkeypatch, tmp_path):
    good = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    monkeypatch.setenv("SOME_KEY", f"{good}, {good}")
    assert env.keys("SOME_KEY", folder=tmp_path, laptop=True) == [good, good]
    for bad in ("abc", "c2hvcnQ=", f"{good},", f"{good},!{good}", "ключ"):
        monkeypatch.setenv("SOME_KEY", bad)
        with pytest.raises(ImproperlyConfigured, match="SOME_KEY cannot be used") as refusal:
            env.keys("SOME_KEY", folder=tmp_path, laptop=True)
        assert bad not in str(refusal.value)


@pytest.mark.parametrize("value", ["2025550100", "(202) 555-0100", "202-555-0100 ext. 1"])
def test_a_telephone_number_is_written_as_the_gateways_take_it(monkeypatch, value):
    monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="SOME_KEY must be a telephone number"):
        env.phone("SOME_KEY", "")


def test_a_database_password_may_hold_any_character(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "postgresql://letters:p%40ss%2Fword@db:5433/letters")
    database = env.database("SOME_KEY", "")
    assert (database["PASSWORD"], database["HOST"], database["PORT"]) == ("p@ss/word", "db", "5433")


def test_a_database_server_that_does_not_even_refuse_holds_no_page(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "postgresql://u@db/letters")
    assert env.database("SOME_KEY", "")["OPTIONS"] == {"connect_timeout": 5}


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


def test_of_two_first_starts_the_quicker_one_makes_the_secret(tmp_path, monkeypatch):
    def another_start_is_quicker(number: int) -> bytes:
        (tmp_path / "some_key").write_text("theirs")
        return bytes(number)

    monkeypatch.setattr(env.secrets, "token_bytes", another_start_is_quicker)
    assert make_secret(tmp_path) == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["some_key"]


def test_a_server_is_never_given_a_secret_that_nobody_knows(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="SOME_KEY is not set"):
        env.secret("SOME_KEY", folder=tmp_path, laptop=False)
