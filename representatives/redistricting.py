"""Which states have new lines from a Congress on: a map holds until its state is redrawn."""

from dataclasses import dataclass
from datetime import datetime

from representatives.states import FREELY_ASSOCIATED, MILITARY, STATES

# The states with new lines from the start of a Congress on. Of a Congress that is not here nobody
# has said yet which states keep theirs.
REDRAWN = {120: frozenset(["AL", "CA", "FL", "LA", "MO", "NC", "OH", "TN", "TX", "UT"])}


@dataclass(frozen=True)
class MapInUse:
    """Which map tells a state's districts in a Congress: the newest one up to it.

    Where it no longer `holds` the state has new lines, and its map tells the state of a ZIP code
    alone. `version` is another one as soon as another map is loaded.
    """

    state: str
    made_for: int
    holds: bool
    version: tuple[int, datetime]


def carries(state: str, congress: int) -> bool:
    """Whether the state's map of the Congress before is still true in this one."""
    return not _has_lines(state) or state not in REDRAWN.get(congress, {state})


def holds(state: str, *, made_for: int, congress: int) -> bool:
    """Whether a state's map of one Congress is true in another, the same or a later one."""
    later = range(made_for + 1, congress + 1)
    return made_for <= congress and all(carries(state, each) for each in later)


def _has_lines(state: str) -> bool:
    """Not a state with one seat, nor what sends nobody: no Congress redraws those."""
    if state in MILITARY | FREELY_ASSOCIATED:
        return False
    return not STATES[state].has_one_house_seat
