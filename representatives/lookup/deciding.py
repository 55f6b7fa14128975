"""The rules: what an address, its ZIP code's districts and a street found make of each other.

Never one of several districts silently, never a seat outside the ZIP's states unless the street
says so.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Self

from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup.answers import Outcome, Reason, ResolvedBy
from representatives.lookup.interface import Match
from representatives.states import FREELY_ASSOCIATED, MILITARY, STATES

# More than these nobody can choose from; no ZIP code touches more.
MOST_CANDIDATES = 6
# ZIP codes that begin with the same three digits are neighbours.
NEIGHBOURHOOD = 3


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

    @classmethod
    def open_among(cls, districts: Iterable[District], reason: Reason) -> Self:
        """One of these, and the supporter may say which."""
        in_order = tuple(sorted(districts))
        states = tuple(sorted({district.state for district in in_order}))
        return cls(Outcome.CANDIDATES, districts=in_order, states=states, reason=reason)

    @classmethod
    def of_states(cls, states: Iterable[str], reason: Reason) -> Self:
        """The senators alone: no district is known."""
        return cls(Outcome.STATE_ONLY, states=tuple(sorted(states)), reason=reason)

    @property
    def a_street_may_settle_it(self) -> bool:
        return self.outcome in {
            Outcome.CANDIDATES,
            Outcome.STATE_ONLY,
            Outcome.UNAVAILABLE,
        } or self.reason in {Reason.STATE_MISMATCH, Reason.STATE_UNCONFIRMED}

    def because(self, reason: Reason) -> Self:
        """The same, with what the street could not settle; a deeper reason stays."""
        if self.reason == Reason.STATE_MISMATCH and reason == Reason.GEOCODER_DOWN:
            # Nobody has looked there yet.
            return replace(self, reason=Reason.STATE_UNCONFIRMED)
        has_its_reason = self.outcome in {Outcome.NOT_FOUND, Outcome.UNAVAILABLE}
        return self if has_its_reason else replace(self, reason=reason)


def without_map(address: Address) -> Verdict:
    """What can be said where no table of ZIP codes answers."""
    if address.is_military:
        return Verdict(Outcome.MILITARY)
    return Verdict(Outcome.UNAVAILABLE, reason=Reason.NO_MAP)


def by_zip(address: Address, matches: Collection[Match]) -> Verdict:
    """What the ZIP code says alone, narrowed to the state that the supporter wrote."""
    stated, zip_states = address.state.upper(), {match.district.state for match in matches}
    if address.is_military or (zip_states and zip_states <= MILITARY):
        return Verdict(Outcome.MILITARY)
    if not matches and stated not in FREELY_ASSOCIATED:
        return Verdict(Outcome.NOT_FOUND, reason=Reason.ZIP_UNKNOWN)
    if matches and stated and stated not in zip_states:
        return Verdict(Outcome.NOT_FOUND, reason=Reason.STATE_MISMATCH)
    nearby = [match for match in matches if stated in {"", match.district.state}]
    if {match.district.state for match in nearby} <= FREELY_ASSOCIATED:
        return Verdict(Outcome.NOT_REPRESENTED)
    if any(match.district.number is None for match in nearby):
        return _not_all_known(nearby, is_po_box=address.is_po_box)
    return _among({match.district for match in nearby}, is_po_box=address.is_po_box)


def _not_all_known(nearby: Iterable[Match], *, is_po_box: bool) -> Verdict:
    """A district is not known, because the map has none for it or the state's map is missing.

    The map has none where only the post told the state: that is the ZIP code's home, and the other
    states may be the table's error. A map that is missing says nothing for or against any of them.
    """
    states = {match.district.state for match in nearby}
    homes = {
        match.district.state for match in nearby if match.district.number is None and match.mapped
    }
    if not homes and len(states) > 1:
        return Verdict.of_states(states, Reason.SEVERAL_STATES)
    if is_po_box:
        return Verdict.of_states(homes or states, Reason.PO_BOX)
    return Verdict.of_states(homes or states, Reason.DISTRICT_UNKNOWN if homes else Reason.NO_MAP)


def _among(nearby: Collection[District], *, is_po_box: bool) -> Verdict:
    """Every district is known: one, or several to choose from."""
    state, *others = {district.state for district in nearby}
    if is_po_box and not others and not STATES[state].has_one_house_seat:
        return Verdict.of_states([state], Reason.PO_BOX)
    if len(nearby) == 1:
        return Verdict.settled(*nearby, ResolvedBy.ZIP)
    return Verdict.open_among(nearby, Reason.PO_BOX if is_po_box else Reason.SPLIT_ZIP)


def by_street(
    verdict: Verdict,
    address: Address,
    *,
    found: Iterable[Match],
    by_zip: Collection[Match],
) -> Verdict:
    """What a street that was found adds: it settles the seat where it fits what else is known.

    A place in another ZIP code than written, and in none of its districts, is one more candidate:
    either the street or the ZIP code is wrong.
    """
    found = [match for match in found if match.district.exists]
    if not found:
        return verdict.because(Reason.STREET_NOT_FOUND)
    inside = [match for match in found if _lies_in_state(match, address, by_zip)]
    fitting = {match.district for match in inside if _fits_zip(match, address, by_zip)}
    if len(fitting) == 1:
        return Verdict.settled(*fitting, ResolvedBy.ADDRESS)
    if fitting:
        return _reopened(verdict, fitting, Reason.STREET_AMBIGUOUS)
    if verdict.outcome == Outcome.CANDIDATES:
        elsewhere = {match.district for match in inside}
        return _reopened(verdict, {*verdict.districts, *elsewhere}, Reason.STREET_ELSEWHERE)
    return verdict.because(Reason.STREET_ELSEWHERE)


def _reopened(verdict: Verdict, districts: Collection[District], reason: Reason) -> Verdict:
    if len(districts) > MOST_CANDIDATES:
        return verdict.because(reason)
    return Verdict.open_among(districts, reason)


def _lies_in_state(match: Match, address: Address, by_zip: Iterable[Match]) -> bool:
    """In the state that was written; else in one of the ZIP code's, or in that very ZIP code:
    the table misses some states."""
    if address.state:
        return match.district.state == address.state.upper()
    zip_states = {touched.district.state for touched in by_zip}
    return match.district.state in zip_states or match.zip == address.zip


def _fits_zip(match: Match, address: Address, by_zip: Iterable[Match]) -> bool:
    """In that ZIP code, or in a district that it touches.

    A street and a state that agree against the ZIP code are two of three. PO boxes' ZIP codes have
    no streets and no district: there the next streets must do.
    """
    touched = [each for each in by_zip if each.district.state == match.district.state]
    if not touched or match.zip == address.zip:
        return True
    if match.district in {each.district for each in touched}:
        return True
    unknown = [each for each in touched if each.district.number is None]
    if not match.zip:
        return bool(unknown)
    is_near = match.zip[:NEIGHBOURHOOD] == address.zip[:NEIGHBOURHOOD]
    return is_near and any(each.mapped for each in unknown)
