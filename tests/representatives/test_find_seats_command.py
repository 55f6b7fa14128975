"""`manage.py find_seats`: one address, or one a line."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(capsys, monkeypatch):
    """What the command prints for arguments and, with -, for the bytes of standard input."""

    def answer(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        call_command("find_seats", *arguments, "--offline")
        return capsys.readouterr().out

    return answer


def test_an_address_is_answered_in_json(answer):
    assert json.loads(answer("82001", "--json")) == {
        "input": "82001",
        "outcome": "exact",
        "seats": [
            {"chamber": "house", "district": "WY-0", "seat": "HWY00", "member": "H001096"},
            {"chamber": "senate", "district": None, "seat": "SWY01", "member": "B001261"},
            {"chamber": "senate", "district": None, "seat": "SWY02", "member": "L000571"},
        ],
        "provider": "zip_table",
        "congress": 119,
    }


def test_an_address_is_answered_in_words(answer):
    assert "HWY00  Representative for Wyoming at large: Harriet M. Hageman" in answer("82001")
    assert "HGA13  Representative for Georgia 13: vacant" in answer("30017")


def test_another_day_has_its_own_congress_and_members(answer):
    before = json.loads(answer("82001", "--json", "--on", "2027-01-02"))
    after = json.loads(answer("82001", "--json", "--on", "2027-01-03"))

    assert (before["congress"], before["seats"][0]["member"]) == (119, "H001096")
    assert (after["congress"], after["seats"][0]["member"]) == (120, None)
    assert after.keys() == before.keys()
    assert [seat["seat"] for seat in after["seats"]] == ["HWY00", "SWY01", "SWY02"]


def test_many_addresses_are_answered_for_another_day(answer):
    (line,) = answer("-", "--on", "2027-05-21", stdin=b"82001\n").splitlines()

    assert json.loads(line)["congress"] == 120


def test_who_is_not_known_yet_is_not_called_vacant(answer):
    words = answer("82001", "--on", "2027-01-03")

    assert "HWY00  Representative for Wyoming at large: not known yet" in words


@pytest.mark.parametrize("day", ["0001-01-01", "2024-12-31", "9999-12-31"])
def test_a_day_that_no_table_knows_has_an_answer_too(answer, day):
    assert json.loads(answer("82001", "--json", "--on", day))["congress"] != 119


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", ""])
def test_what_is_no_day_is_refused(answer, day):
    with pytest.raises(CommandError, match="--on"):
        answer("82001", "--on", day)


def test_each_line_has_its_answer(answer):
    lines = answer("-", stdin=b"82001\r\n60614\n\n2134\n78701").splitlines()

    answers = [(json.loads(line)["input"], json.loads(line)["outcome"]) for line in lines]
    assert answers == [
        ("82001", "exact"),
        ("60614", "candidates"),
        ("", "not_found"),
        ("2134", "not_found"),
        ("78701", "exact"),
    ]


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe\x00", "Łódź 🏛 ‮ 82".encode(), b"x" * 1_000_000, b"\x00\x1b[31m", b"\xed\xa0\x80"]
    + [b"{}", b"-", b"\r", b"82001\rWY"],
)
def test_no_line_is_too_strange_for_an_answer(answer, line):
    (only,) = answer("-", stdin=line + b"\n").splitlines()

    assert json.loads(only)["outcome"] == "not_found"
    assert json.loads(only)["provider"] is None
