"""The campaign's day in a calendar, by the letter of RFC 5545."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from campaign.calendar_file import calendar_file
from campaign.models import Campaign

MADE_AT = datetime(2027, 5, 1, 12, 30, tzinfo=UTC)


def file_of(**changes) -> bytes:
    facts = {"day": date(2027, 5, 21), "campaign_url": "https://example.org/may-21/"}
    return calendar_file(**facts | {"made_at": MADE_AT} | changes)


def lines_of(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_it_is_one_whole_day():
    lines = lines_of(file_of())

    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20270521" in lines
    assert "DTEND;VALUE=DATE:20270522" in lines
    assert "DTSTAMP:20270501T123000Z" in lines


def test_a_second_download_is_the_same_event_and_another_campaign_is_another():
    def uid(**changes):
        return next(line for line in lines_of(file_of(**changes)) if line.startswith("UID:"))

    assert uid() == uid(made_at=MADE_AT + timedelta(days=3), day=date(2027, 5, 22))
    assert uid() != uid(campaign_url="https://example.org/other/")


def test_it_names_neither_the_campaign_nor_the_site():
    file = file_of().decode()

    for told in ("may-21", "example.org", "Belarus", "prisoner", "Congress", "http"):
        assert told not in file


def test_it_speaks_the_readers_language(monkeypatch):
    said = "campaign.calendar_file._"
    monkeypatch.setattr(said, lambda text: f"{translation.get_language()}: {text}")

    with translation.override("be"):
        lines = lines_of(file_of())

    assert "SUMMARY:be: A day to remember" in lines


def test_signs_that_mean_something_in_a_calendar_file_are_escaped(monkeypatch):
    monkeypatch.setattr("campaign.calendar_file._", lambda text: "one, two; three\\four\nfive")

    assert r"SUMMARY:one\, two\; three\\four\nfive" in lines_of(file_of())


@pytest.mark.parametrize("text", ["Дзень памяці " * 20, "day " * 40, "я" * 34, "a" + "я" * 34])
def test_no_line_is_longer_than_75_octets_and_no_sign_is_torn(monkeypatch, text):
    monkeypatch.setattr("campaign.calendar_file._", lambda _: text)

    file = file_of()

    physical = file.split(b"\r\n")
    assert max(map(len, physical)) <= 75
    assert all(line.decode() for line in physical[:-1])
    assert f"SUMMARY:{text}" in lines_of(file)
    assert b"\n" not in file.replace(b"\r\n", b"")


def test_the_day_is_that_of_the_campaigns_home():
    late = datetime(2099, 5, 22, 3, 30, tzinfo=UTC)

    assert Campaign(delivery_at=late, timezone="America/New_York").coming_day == date(2099, 5, 21)
    assert Campaign(delivery_at=late, timezone="Europe/Vilnius").coming_day == date(2099, 5, 22)


def test_a_day_that_is_over_or_was_never_set_is_not_coming():
    yesterday = timezone.now() - timedelta(days=1)

    assert Campaign(delivery_at=None).coming_day is None
    assert Campaign(delivery_at=yesterday, timezone="UTC").coming_day is None
    assert Campaign(delivery_at=timezone.now(), timezone="UTC").coming_day
