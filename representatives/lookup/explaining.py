"""How a lookup came to its answer, step by step, for an organizer who has to answer for it.

No step carries the address: the states and districts that it touches, and nothing finer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from representatives.addresses import Address
from representatives.lookup.answers import Holder, Lookup, Outcome, Reason, ResolvedBy, SeatFound
from representatives.lookup.interface import Match, ProviderFailed
from representatives.models import Snapshot, StateMap, Term

RULES: dict[str, str] = {
    ResolvedBy.ZIP: "The ZIP code touches one district, and its state is the one that was written.",
    ResolvedBy.ADDRESS: "The street lies in one district that fits the ZIP code or the state.",
    Reason.SPLIT_ZIP: "The ZIP code touches several districts: the supporter chooses.",
    Reason.SEVERAL_STATES: "The ZIP code touches several states, and one has no map yet.",
    Reason.DISTRICT_UNKNOWN: "The ZIP code tells its state alone: its district is not in the map.",
    Reason.NO_MAP: "The state has new lines, and their map is not loaded: only a street tells.",
    Reason.PO_BOX: "A PO box does not tell where a person lives.",
    Reason.STATE_MISMATCH: "The state that was written is none that the ZIP code touches.",
    Reason.STATE_UNCONFIRMED: "The ZIP code does not touch that state, and no geocoder answered.",
    Reason.ZIP_UNKNOWN: "No table knows the ZIP code.",
    Reason.STREET_NOT_FOUND: "The street was not found: what the ZIP code says stands.",
    Reason.STREET_AMBIGUOUS: "The street was found in several districts: the supporter chooses.",
    Reason.STREET_ELSEWHERE: "The street was found where the ZIP code or the state does not lie.",
    Reason.GEOCODER_DOWN: "The geocoder did not answer: what the ZIP code says stands.",
    Reason.NO_ROSTER: "Not all seats are in the database.",
    Outcome.MILITARY: "Military post does not tell where a person votes.",
    Outcome.NOT_REPRESENTED: "A freely associated state has no seat in Congress.",
    Outcome.UNAVAILABLE: "There is no table of ZIP codes for that Congress.",
}


@dataclass(frozen=True)
class Asked:
    """One provider, what its answer rests on, and what it found, or how it failed."""

    provider: str
    basis: str
    matches: tuple[Match, ...] = ()
    failed: ProviderFailed | None = None


@dataclass(frozen=True)
class Step:
    """What was looked at, and what it said."""

    what: str
    said: str


@dataclass(frozen=True)
class Explanation:
    """A lookup, and the steps to it in their order."""

    lookup: Lookup
    steps: tuple[Step, ...]


def steps_of(lookup: Lookup, asked: Sequence[Asked], address: Address) -> tuple[Step, ...]:
    """The day, the maps, every provider, the rule that was applied, and who holds each seat."""
    by_zip = [match for each in asked if not each.basis for match in each.matches]
    return (
        Step("Day", f"{lookup.on}: Congress {lookup.congress} sits"),
        *_maps(lookup, by_zip),
        *(Step(each.provider, _answer(each, address)) for each in asked),
        Step("Rule", _rule(lookup)),
        *_seats(lookup),
    )


def _maps(lookup: Lookup, by_zip: Sequence[Match]) -> Iterator[Step]:
    """The map of each state that the ZIP code touches."""
    mapped = {match.district.state: match.mapped for match in by_zip}
    newest = StateMap.objects.filter(state__in=mapped).newest(lookup.congress)
    for state, is_mapped in sorted(mapped.items()):
        what = f"Map of {state}"
        if not is_mapped:
            yield Step(what, f"none of Congress {lookup.congress}: its lines are new")
        elif found := newest.get(state):
            carried = "" if found.congress_id == lookup.congress else ", whose lines still hold"
            yield Step(what, f"Congress {found.congress_id}{carried}: {_origin(found.snapshot)}")


def _answer(asked: Asked, address: Address) -> str:
    basis = f"{asked.basis}: " if asked.basis else ""
    if asked.failed:
        return f"{basis}failed, {asked.failed}"
    if not asked.matches:
        return f"{basis}found nothing"
    if not asked.basis:
        return ", ".join(str(match.district) for match in asked.matches)
    return basis + ", ".join(_place(match, address) for match in asked.matches)


def _place(match: Match, address: Address) -> str:
    if not match.zip:
        return str(match.district)
    return f"{match.district} in {'that' if match.zip == address.zip else 'another'} ZIP code"


def _rule(lookup: Lookup) -> str:
    applied = (lookup.resolved_by, lookup.reason, lookup.outcome)
    said = next(RULES[each] for each in applied if each in RULES)
    return f"{said} Outcome: {lookup.outcome}"


def _seats(lookup: Lookup) -> Iterator[Step]:
    """The term by which each seat is held, and what says so."""
    terms = Term.objects.sitting(lookup.on).select_related("snapshot", "correction")
    sitting = {term.seat_id: term for term in terms.filter(seat__in=[s.seat for s in lookup.seats])}
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    for found in lookup.seats:
        yield Step(found.seat, _holder(found, sitting.get(found.seat), roster))


def _holder(found: SeatFound, term: Term | None, roster: Snapshot | None) -> str:
    if term is None:
        if found.holder == Holder.VACANT:
            return f"{found.label}: vacant, by {_origin(roster)}"
        reach = (
            f"is of {roster.as_of} and reaches to {roster.covers_until}"
            if roster
            else "is not loaded"
        )
        return f"{found.label}: not known, the roster {reach}"
    estimate = ", an estimate" if term.end_estimated else ""
    source = f"a correction of {term.correction.made_by}" if term.correction else None
    return (
        f"{found.label}: {term.member} ({term.member_id}), {term.start} to {term.end}{estimate}, "
        f"by {source or _origin(term.snapshot)}"
    )


def _origin(snapshot: Snapshot) -> str:
    return f"{snapshot} from {snapshot.source}"
