"""Which channel carries a letter today, and why not a better one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters.composing import envelope_of
from letters.models import Destination, Route
from letters.routing import offices_of, way_for, way_to, ways_to_all
from letters.states import Reason
from representatives.congress import lookup_day
from representatives.models import Seat
from tests.factories import make_identity, make_letter, make_offices_known

pytestmark = pytest.mark.django_db


def way(code: str):
    return way_to(Seat.objects.get(code=code))


def way_of(letter, *, seat: str = "SWY01"):
    """The one of that letter, with what its supporter has answered."""
    delivery = letter.deliveries.get(seat=seat)
    office = offices_of([delivery.seat])[seat]
    envelope = envelope_of(delivery, on=lookup_day(), office=office)
    return way_for(delivery.seat, office=office, envelope=envelope)


def test_an_office_that_its_gateway_lists_is_reached_by_it():
    make_offices_known()

    assert way("HTX37").channel.name == "house_cwc"
    assert way("STX01").channel.name == "senate_cwc"


def test_an_office_that_its_gateway_does_not_list_is_the_supporters():
    Destination.objects.create(name="senate_cwc", offices=["SWY01"])

    assert (way("STX01").channel.name, way("STX01").reason) == (
        "hand_off",
        Reason.OFFICE_NOT_LISTED,
    )


def test_an_address_that_organizers_keep_comes_before_the_hand_off():
    Route.objects.create(seat_id="STX01", way=Route.Way.EMAIL, email="desk@example.org")

    assert way("STX01").channel.name == "email"


def test_a_paused_address_is_not_used():
    later = timezone.now() + timedelta(hours=1)
    Route.objects.create(
        seat_id="STX01", way=Route.Way.EMAIL, email="desk@example.org", paused_until=later
    )

    assert way("STX01").channel.name == "hand_off"


def test_a_resting_gateway_is_not_used():
    make_offices_known()
    later = timezone.now() + timedelta(hours=1)
    Destination.objects.filter(name="senate_cwc").update(paused_until=later)

    assert (way("STX01").channel.name, way("STX01").reason) == ("hand_off", Reason.PAUSED)
    assert way("HTX37").channel.name == "house_cwc"


def test_without_a_title_the_supporter_is_told_that_it_is_the_title():
    make_offices_known()

    assert way_of(make_letter(person=make_identity(prefix=""))).reason == Reason.PREFIX_MISSING


def test_all_541_seats_are_routed_in_a_handful_of_queries():
    make_offices_known()
    with CaptureQueriesContext(connection) as queries:
        ways = ways_to_all()

    assert len(ways) == 541
    assert len(queries) <= 8


def test_the_desk_reads_why_no_better_channel_reaches_a_seat():
    why = " ".join(way("STX01").why)

    assert "Senate" in why
    assert "House" not in why


def test_as_long_as_no_list_is_known_that_is_what_everybody_is_told():
    assert way("HTX37").reason == Reason.OFFICES_UNKNOWN
