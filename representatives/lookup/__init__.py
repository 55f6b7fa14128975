"""From an address to the right seats: `find_seats(address)`, and the supporter's own choice."""

from representatives.lookup.answers import Holder, Lookup, Outcome, Reason, ResolvedBy, SeatFound
from representatives.lookup.choosing import (
    AmbiguousState,
    NotACandidate,
    choose_district,
    leave_district_open,
)
from representatives.lookup.explaining import Explanation, Step
from representatives.lookup.finding import Finder, find_seats

__all__ = [
    "AmbiguousState",
    "Explanation",
    "Finder",
    "Holder",
    "Lookup",
    "NotACandidate",
    "Outcome",
    "Reason",
    "ResolvedBy",
    "SeatFound",
    "Step",
    "choose_district",
    "find_seats",
    "leave_district_open",
]
