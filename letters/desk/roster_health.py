"""How good what we know of Congress is: our tables, the maps, and what is amiss with seats."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from letters.desk.seats import seat_lines
from representatives.accepting import LOADERS, former
from representatives.congress import congress_on, lookup_day
from representatives.lookup import Holder, SeatFound
from representatives.lookup.directory import Directory
from representatives.models import LocalOffice, Seat, Snapshot, Standing, StateMap, Term
from representatives.states import STATES

Kind, Status = Snapshot.Kind, Snapshot.Status
STANDINGS = {
    Standing.FRESH: "",
    Standing.AGING: "not seen to be true for more than 7 days",
    Standing.TOO_OLD: "not seen to be true for more than 30 days",
}
# Of the roster alone: nothing goes by it.
STOPS = "live letters wait, unless a person answers for its age"
OWN, CARRIED, MISSING = "own", "carried", "missing"


@dataclass(frozen=True)
class TableLine:
    """A table that we go by or that waits for a person; None where a kind has none in force."""

    label: str
    snapshot: Snapshot | None
    days: int | None = None
    standing: Standing = Standing.TOO_OLD
    # What its age means, in words; empty where it is fresh.
    warning: str = ""
    # There is one from before to go back to.
    can_go_back: bool = False


@dataclass(frozen=True)
class StateLine:
    """A state, and what its map of each Congress is: its own, carried over, or missing."""

    name: str
    maps: tuple[str, ...]


@dataclass(frozen=True)
class MapsOfCongress:
    """How many states have which kind of map of a Congress."""

    congress: int
    own: int
    carried: int
    missing: int


@dataclass(frozen=True)
class RosterHealth:
    """The page's lists, each seat in those that it belongs to."""

    tables: tuple[TableLine, ...]
    proposed: tuple[TableLine, ...]
    maps: tuple[MapsOfCongress, ...]
    states: tuple[StateLine, ...]
    vacant: tuple[SeatFound, ...]
    not_known: tuple[SeatFound, ...]
    without_phone: tuple[SeatFound, ...]
    without_local_office: tuple[SeatFound, ...]
    without_form: int
    pending: tuple[Term, ...]


def roster_health() -> RosterHealth:
    """As of the day that lookups play on."""
    day = lookup_day()
    found = Directory(on=day).seats(Seat.objects.values_list("pk", flat=True))
    held = tuple(seat for seat in found if seat.is_held)
    at_home = set(LocalOffice.objects.values_list("member_id", flat=True))
    congresses = (congress_on(day), congress_on(day) + 1)
    states = tuple(_states(congresses))
    return RosterHealth(
        tables=tuple(_tables()),
        proposed=tuple(_line(each) for each in Snapshot.objects.filter(status=Status.PROPOSED)),
        maps=tuple(_counted(states, congresses)),
        states=states,
        vacant=tuple(seat for seat in found if seat.is_vacant),
        not_known=tuple(seat for seat in found if seat.holder == Holder.UNKNOWN),
        without_phone=tuple(seat for seat in held if not seat.phone),
        without_local_office=tuple(seat for seat in held if seat.member not in at_home),
        without_form=sum(line.form == "unknown" for line in seat_lines()),
        pending=tuple(Term.objects.pending(day).select_related("member", "seat").order_by("start")),
    )


def _tables() -> Iterator[TableLine]:
    """Those in force, by kind; maps have one for each table that a state's map is from."""
    for kind in Kind:
        in_force = list(Snapshot.objects.filter(kind=kind, status=Status.IN_FORCE))
        yield from (_line(each) for each in in_force)
        if not in_force:
            yield TableLine(label=kind.label, snapshot=None, warning="not loaded")


def _line(snapshot: Snapshot) -> TableLine:
    today = timezone.localdate()
    standing = snapshot.standing(today)
    warning = STANDINGS[standing]
    if snapshot.kind == Kind.ROSTER and standing == Standing.TOO_OLD:
        warning = f"{warning}: {STOPS}"
    of_congress = f", Congress {snapshot.congress_id}" if snapshot.congress_id else ""
    return TableLine(
        label=f"{snapshot.get_kind_display()}{of_congress}",
        snapshot=snapshot,
        days=snapshot.age_in_days(today),
        standing=standing,
        warning=warning,
        can_go_back=snapshot.kind in LOADERS
        and former(snapshot.kind, congress=snapshot.congress_id) is not None,
    )


def _states(congresses: tuple[int, ...]) -> Iterator[StateLine]:
    in_use = {number: _maps_by_state(number) for number in congresses}
    for state in STATES.values():
        maps = tuple(in_use[number].get(state.code, MISSING) for number in congresses)
        yield StateLine(state.name, maps)


def _maps_by_state(congress: int) -> dict[str, str]:
    """Of a state that was redrawn since, the former map is missing like no map at all."""
    return {
        each.state: OWN if each.made_for == congress else CARRIED
        for each in StateMap.objects.in_use(congress)
        if each.holds
    }


def _counted(
    states: tuple[StateLine, ...], congresses: tuple[int, ...]
) -> Iterator[MapsOfCongress]:
    for index, congress in enumerate(congresses):
        number = Counter(state.maps[index] for state in states)
        yield MapsOfCongress(congress, number[OWN], number[CARRIED], number[MISSING])
