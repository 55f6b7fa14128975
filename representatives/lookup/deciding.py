"""The rules: what an address, its ZIP code's districts and a street found make of each other.

Never one of several districts silently, never a seat outside the ZIP's states unless the street
says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup.answers import Outcome, Reason, ResolvedBy
from representatives.lookup.interface import Match
from representatives.states import FREELY_ASSOCIATED, MILITARY, STATES


@dataclass(frozen=True)
class Verdict:
    """What is known so far: House districts, and the states whose senators are named."""

    outcome: Outcome
    districts: tuple[District, ...] = ()
    states: tuple[str, ...] = ()
    reason: Reason = Reason.NONE
    resolved_by: ResolvedBy = ResolvedBy.NOTHING

    @classmethod
    def settled(cls, district: District, resolved_by: ResolvedBy) -> Self:
        """One district is known, and with it every seat."""
        is_territory = STATES[district.state].is_territory
        return cls(
            Outcome.TERRITORY if is_territory else Outcome.EXACT,
            districts=(district,),
            states=(district.state,),
            resolved_by=resolved_by,
        )

    @property
    def a_street_may_settle_it(self) -> bool:
        return (
            self.outcome in {Outcome.CANDIDATES, Outcome.STATE_ONLY, Outcome.UNAVAILABLE}
            or self.reason == Reason.STATE_MISMATCH
        )

    def because(self, reason: Reason) -> Self:
        """The same, with what the street could not settle; a deeper reason stays."""
        has_its_reason = self.outcome in {Outcome.NOT_FOUND, Outcome.UNAVAILABLE}
        return self if has_its_reason else replace(self, reason=reason)


def without_map(address: Address) -> Verdict:
    """What can be said where no table of ZIP codes answers."""
    if address.is_military:
        return Verdict(Outcome.MILITARY)
    return Verdict(Outcome.UNAVAILABLE, reason=Reason.NO_MAP)


def by_zip(address: Address, matches: Iterable[Match]) -> Verdict:
    """What the ZIP code says alone, narrowed to the state that the supporter wrote."""
    touched = {match.district for match in matches}
    stated, zip_states = address.state.upper(), {district.state for district in touched}
    if address.is_military or (zip_states and zip_states <= MILITARY):
        return Verdict(Outcome.MILITARY)
    if not touched and stated not in FREELY_ASSOCIATED:
        return Verdict(Outcome.NOT_FOUND, reason=Reason.ZIP_UNKNOWN)
    if touched and stated and stated not in zip_states:
        return Verdict(Outcome.NOT_FOUND, reason=Reason.STATE_MISMATCH)
    nearby = {district for district in touched if stated in {"", district.state}}
    states = {district.state for district in nearby}
    if states <= FREELY_ASSOCIATED:
        return Verdict(Outcome.NOT_REPRESENTED)
    if unknown := {district.state for district in nearby if district.number is None}:
        return Verdict(
            Outcome.STATE_ONLY, states=tuple(sorted(unknown)), reason=Reason.DISTRICT_UNKNOWN
        )
    return _among(nearby, states, is_po_box=address.is_po_box)


def _among(nearby: set[District], states: set[str], *, is_po_box: bool) -> Verdict:
    """Every district is known: one, or several to choose from."""
    in_order = tuple(sorted(nearby))
    if is_po_box and len(states) == 1 and not STATES[in_order[0].state].has_one_house_seat:
        return Verdict(Outcome.STATE_ONLY, states=tuple(states), reason=Reason.PO_BOX)
    if len(in_order) == 1:
        return Verdict.settled(in_order[0], ResolvedBy.ZIP)
    return Verdict(
        Outcome.CANDIDATES,
        districts=in_order,
        states=tuple(sorted(states)),
        reason=Reason.PO_BOX if is_po_box else Reason.SPLIT_ZIP,
    )


def by_street(
    verdict: Verdict,
    address: Address,
    *,
    found: Iterable[Match],
    by_zip: Iterable[Match],
) -> Verdict:
    """What a street that was found adds: it settles the seat where it fits what else is known.

    It has to lie in the state that the supporter wrote; where none was written in a state of the
    ZIP code, or in that very ZIP code: the table misses some states.
    """
    found = [match for match in found if match.district.exists]
    zip_states = {match.district.state for match in by_zip}
    if not found:
        return verdict.because(Reason.STREET_NOT_FOUND)
    if stated := address.state.upper():
        fitting = {match.district for match in found if match.district.state == stated}
    else:
        fitting = {
            match.district
            for match in found
            if match.district.state in zip_states or match.zip == address.zip
        }
    if len(fitting) == 1:
        return Verdict.settled(fitting.pop(), ResolvedBy.ADDRESS)
    return verdict.because(Reason.STREET_AMBIGUOUS if fitting else Reason.STREET_ELSEWHERE)
