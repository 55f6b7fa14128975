"""What a supporter may say where the lookup leaves it open: this one, or "I don't know"."""

from dataclasses import replace

from representatives.lookup.answers import Lookup, Outcome, Reason, ResolvedBy


class NotACandidate(ValueError):
    """The district is none of the lookup's candidates."""


class AmbiguousState(ValueError):
    """The candidates lie in several states: ask which one."""


def choose_district(lookup: Lookup, *, district: str) -> Lookup:
    """The seats of the candidate `district` ("IL-5") that the supporter says is theirs.

    Raises NotACandidate for any other.
    """
    chosen = [found for found in lookup.house if found.district == district]
    if lookup.outcome != Outcome.CANDIDATES or not chosen:
        raise NotACandidate("Please choose one of the districts that your ZIP code touches.")
    senators = _senators_of(lookup, chosen[0].state)
    return replace(
        lookup,
        outcome=Outcome.EXACT if senators else Outcome.TERRITORY,
        seats=(*chosen, *senators),
        resolved_by=ResolvedBy.CHOICE,
        reason=Reason.NONE,
    )


def leave_district_open(lookup: Lookup, *, state: str = "") -> Lookup:
    """The senators alone, for "I don't know": the representative's letter waits.

    `state` is needed where the candidates lie in several; raises AmbiguousState without it.
    """
    if lookup.outcome not in {Outcome.CANDIDATES, Outcome.STATE_ONLY}:
        raise NotACandidate("There is nothing to leave open.")
    state = state or (lookup.states[0] if len(lookup.states) == 1 else "")
    if state not in lookup.states:
        raise AmbiguousState("Please say which state you live in.")
    return replace(
        lookup,
        outcome=Outcome.STATE_ONLY,
        seats=_senators_of(lookup, state),
        reason=Reason.LEFT_OPEN,
    )


def _senators_of(lookup: Lookup, state: str) -> tuple:
    return tuple(found for found in lookup.senators if found.state == state)
