"""What a worker reads once for a handful of letters, and holds true for the seconds they take."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from letters.channels import channels
from letters.channels.interface import Office
from letters.models import Delivery, Destination
from letters.routing import offices_of
from representatives.congress import congress_on, lookup_day
from representatives.models import Seat, Snapshot, StateMap, Term
from representatives.models.snapshots import GOOD_FOR_DAYS, WARN_AFTER_DAYS

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Briefing:
    """The world as sending sees it."""

    # The day that seats are looked up for.
    day: date
    congress: int
    # (seat code, bioguide) of who sits, as far as the roster reaches.
    sitting: frozenset[tuple[str, str]]
    # The roster in force is of the Congress that sits: a seat without a member is vacant.
    roster_covers: bool
    # Seat code → office.
    offices: dict[str, Office]
    # Name → the row of a gateway or host, as far as there is one.
    destinations: dict[str, Destination]
    # Live letters go by it: it is young enough, or somebody answers for its age.
    roster_is_good: bool
    # In days; None where there is no roster.
    roster_age: int | None
    # State → since when we go by its newest map, up to the sitting Congress's.
    mapped_at: dict[str, datetime]

    def knows_holder_of(self, seat: Seat) -> bool:
        """False: its terms are over by a roster that ends with them. Nothing follows from that.

        A senator whose term runs on is known; the House is new as a whole.
        """
        runs_on = seat.district is None and any(code == seat.code for code, _ in self.sitting)
        return self.roster_covers or runs_on

    def learn(self, row: Destination | None) -> None:
        """What a try has just shown of a destination holds for the letters after it."""
        if row is not None:
            self.destinations[row.name] = row

    def warn_of_age(self) -> None:
        """Long before the roster stops live letters somebody should look after it."""
        if self.roster_age is not None and self.roster_age > WARN_AFTER_DAYS:
            log.warning(
                "the roster is %d days old; live letters stop when it is older than %d",
                self.roster_age,
                GOOD_FOR_DAYS,
            )

    def today_of(self, campaign) -> date:
        """The campaign's own day, without asking for it letter by letter."""
        return campaign.today if settings.LIVE else self.day


def brief(deliveries: Collection[Delivery]) -> Briefing:
    """All that is to be known of these deliveries' seats, in a handful of queries."""
    day = lookup_day()
    congress = congress_on(day)
    seats = {delivery.seat_id for delivery in deliveries}
    states = {delivery.seat.state for delivery in deliveries}
    offices = offices_of(Seat.objects.filter(code__in=seats))
    names = {
        channel.destination(office)
        for channel in channels().values()
        for office in offices.values()
        if not channel.obstacle(office)
    }
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    return Briefing(
        day=day,
        congress=congress,
        sitting=frozenset(
            Term.objects.sitting(day).filter(seat__in=seats).values_list("seat_id", "member_id")
        ),
        roster_covers=roster is not None and roster.covers(day),
        offices=offices,
        destinations=Destination.objects.in_bulk(names),
        roster_is_good=roster is not None and roster.is_good(day),
        roster_age=roster.age_in_days(timezone.localdate()) if roster else None,
        mapped_at=mapped_at(states, congress=congress),
    )


def mapped_at(states: Collection[str], *, congress: int) -> dict[str, datetime]:
    """State → since when we go by its newest map up to that Congress; none has no map."""
    newest = StateMap.objects.filter(state__in=states).newest(congress)
    return {state: _in_force_since(each.snapshot) for state, each in newest.items()}


def _in_force_since(snapshot: Snapshot) -> datetime:
    """A map that was rolled back to was loaded long before."""
    return max(filter(None, (snapshot.loaded_at, snapshot.accepted_at)))
