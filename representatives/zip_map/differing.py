"""What one map of ZIP codes changes in what we go by, a sentence a state."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from representatives.districts import District
from representatives.models import StateMap, ZipDistrict
from representatives.zip_map.table import ZipMap

# More of a state's ZIP codes than this is a redistricting or a broken source: a person must look.
SMALL_SHARE = 0.01
EXAMPLES = 3

# ZIP code to districts, by state.
ByState = dict[str, dict[str, frozenset[District]]]


@dataclass(frozen=True)
class StateDifference:
    """The ZIP codes of a state that touch other districts, with what they touch instead."""

    state: str
    changed: tuple[str, ...]
    of: int
    is_new: bool

    @property
    def is_small(self) -> bool:
        return not self.is_new and len(self.changed) <= SMALL_SHARE * self.of

    def __str__(self) -> str:
        if self.is_new:
            return f"{self.state}: no map of it is in force so far; {self.of} ZIP codes"
        such_as = "; ".join(self.changed[:EXAMPLES])
        more = "; …" if len(self.changed) > EXAMPLES else ""
        count = f"{len(self.changed)} of {self.of}"
        return f"{self.state}: {count} ZIP codes touch other districts: {such_as}{more}"


@dataclass(frozen=True)
class Difference:
    """Of the states that a map names, those in which it changes anything."""

    states: tuple[StateDifference, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(map(str, self.states))

    @property
    def too_large(self) -> str:
        """Why a person must look at it; empty where it is small."""
        if large := [each.state for each in self.states if not each.is_small]:
            return (
                f"{', '.join(large)}: new, or more than {SMALL_SHARE:.0%} of the ZIP codes "
                "touch other districts"
            )
        return ""


def map_in_force(congress: int) -> ByState:
    """What we go by in a Congress: each state's own map, or the one that still holds."""
    maps = [each for each in StateMap.objects.in_use(congress) if each.holds]
    rows = ZipDistrict.objects.of(maps).values_list("zip", "state", "district")
    return _by_state((code, District(state, number)) for code, state, number in rows)


def difference(before: ByState, after: ZipMap) -> Difference:
    """From what we go by to a new map; a state that this does not name stays as it is."""
    new = _by_state((code, each) for code, districts in after.items() for each in districts)
    return Difference(tuple(found for state in sorted(new) if (found := _of(state, before, new))))


def _of(state: str, before: ByState, after: ByState) -> StateDifference | None:
    if state not in before:
        return StateDifference(state, (), of=len(after[state]), is_new=True)
    old, new = before[state], after[state]
    changed = tuple(
        f"{code} {_words(old.get(code))} → {_words(new.get(code))}"
        for code in sorted(old.keys() | new.keys())
        if old.get(code) != new.get(code)
    )
    return StateDifference(state, changed, of=len(old), is_new=False) if changed else None


def _words(districts: frozenset[District] | None) -> str:
    return " ".join(sorted(map(str, districts))) if districts else "none"


def _by_state(pairs: Iterable[tuple[str, District]]) -> ByState:
    touched: dict[str, dict[str, set[District]]] = defaultdict(lambda: defaultdict(set))
    for code, district in pairs:
        touched[district.state][code].add(district)
    return {
        state: {code: frozenset(districts) for code, districts in zips.items()}
        for state, zips in touched.items()
    }
