"""Offices lists: read in both shapes, swapped as a whole, kept when the new one is none."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from letters import offices
from letters.channels.cwc.offices import NoList, read_offices
from letters.channels.interface import Unavailable
from letters.models import Destination, Mood
from letters.offices import refresh_offices

KEY = "k3y-to-nowhere"
pytestmark = pytest.mark.django_db


@pytest.fixture
def with_channels(monkeypatch):
    """Lets `refresh_offices` see these channels only."""

    def use(*chosen):
        monkeypatch.setattr(offices, "channels", lambda: {each.name: each for each in chosen})

    return use


def keep(name="senate_cwc", age=timedelta(0), codes=("SWY01",)):
    return Destination.objects.create(
        name=name, offices=list(codes), offices_at=timezone.now() - age
    )


def test_a_list_of_codes_is_read():
    assert read_offices('["HWY00", "HTX37"]', chamber="house") == ("HTX37", "HWY00")


def test_a_list_of_objects_is_read():
    answer = json.dumps([{"name": "Alex Padilla", "office_code": "SCA03"}])

    assert read_offices(answer, chamber="senate") == ("SCA03",)


def test_the_houses_american_samoa_is_our_seat():
    assert read_offices('["HAQ00"]', chamber="house") == ("HAS00",)


def test_an_entry_that_is_no_office_of_the_chamber_is_passed_over():
    answer = '["HWY00", "SWY01", "committee", "H", null, {"office_code": 5}]'

    assert read_offices(answer, chamber="house") == ("HWY00",)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[]",
        "[" * 100_000,
        "null",
        "{}",
        "5",
        '"SWY01"',
        "<html>",
        "[5]",
        '[{"name": "x"}]',
        '["HWY00"]',
    ],
)
def test_anything_else_is_no_list(answer):
    with pytest.raises(NoList):
        read_offices(answer, chamber="senate")


def test_a_refresh_keeps_every_office_under_our_seat_code(rehearsal, make_channel, with_channels):
    with_channels(
        make_channel("house", offices_url=f"{rehearsal}/house/v2/offices"),
        make_channel("senate", offices_url=f"{rehearsal}/senate/api/active_offices"),
    )

    assert all(not each.trouble for each in refresh_offices())

    house = Destination.objects.get(name="house_cwc").offices
    senate = Destination.objects.get(name="senate_cwc").offices
    assert (len(house), len(senate)) == (441, 48)
    assert "HAS00" in house
    assert "HAQ00" not in house
    assert {"SWY01", "SWY02"} <= set(senate)
    assert not {"STX01", "STX02"} & set(senate)


@pytest.mark.parametrize("answer", [(200, "[]"), (200, "nonsense"), (503, ""), (401, '["SWY02"]')])
def test_a_failure_keeps_the_old_list_and_is_loud(
    answering, make_channel, with_channels, caplog, answer
):
    old = keep()
    with_channels(make_channel(offices_url=answering(*answer).url, key=KEY))

    (refreshed,) = refresh_offices()

    assert refreshed.trouble
    old.refresh_from_db()
    assert old.offices == ["SWY01"]
    assert "senate_cwc: no offices list" in caplog.text
    assert KEY not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_a_gateway_that_is_not_there_keeps_the_old_list(make_channel):
    with pytest.raises(Unavailable) as caught:
        make_channel(key=KEY).offices()

    assert caught.value.__context__ is None


def test_one_gateways_failure_does_not_keep_the_other_from_its_list(
    answering, make_channel, with_channels
):
    with_channels(
        make_channel("house", offices_url=answering(500).url),
        make_channel("senate", offices_url=answering(200, '["SWY02"]').url),
    )

    refresh_offices()

    assert Destination.objects.get().offices == ["SWY02"]


@pytest.mark.parametrize(("hours", "asked"), [(23, 0), (25, 1)])
def test_only_a_list_older_than_a_day_is_asked_for_again(
    answering, make_channel, with_channels, hours, asked
):
    keep(age=timedelta(hours=hours))
    server = answering(200, '["SWY02"]')
    with_channels(make_channel(offices_url=server.url))

    refresh_offices(only_old=True)

    assert len(server.requests) == asked


def test_a_refresh_leaves_a_gateways_pause_alone(answering, make_channel, with_channels):
    until = timezone.now() + timedelta(hours=1)
    Destination.objects.create(name="senate_cwc", paused_until=until)
    with_channels(make_channel(offices_url=answering(200, '["SWY02"]').url))

    refresh_offices()

    assert Destination.objects.get().paused_until == until


def test_the_command_tells_what_each_gateway_said(rehearsal, make_channel, with_channels, capsys):
    with_channels(make_channel(offices_url=f"{rehearsal}/senate/api/active_offices"))

    call_command("refresh_offices")

    assert "senate_cwc: 48 offices" in capsys.readouterr().out


def test_the_command_fails_where_a_gateway_does(rehearsal, make_channel, with_channels):
    Mood.objects.create(receiver="senate_cwc", kind=Mood.Kind.MAINTENANCE)
    with_channels(make_channel(offices_url=f"{rehearsal}/senate/api/active_offices"))

    with pytest.raises(CommandError):
        call_command("refresh_offices")
