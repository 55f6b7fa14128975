"""The districts that a ZIP code touches, from the loaded map; no network."""

from dataclasses import dataclass
from functools import lru_cache

from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup.answers import Reason
from representatives.lookup.interface import Match, ProviderFailed
from representatives.models import Snapshot, ZipDistrict
from representatives.states import STATES

Touched = dict[str, tuple[District, ...]]


@dataclass(frozen=True)
class LoadedMap:
    """What the ZIP codes touch; `states_only` of an older Congress, whose districts are gone."""

    touched: Touched
    states_only: bool


class ZipTable:
    """Reads the whole map once a process and again when another one is loaded."""

    needs_street = False

    def __init__(self):
        self._maps: dict[int, LoadedMap] = {}

    def matches(self, address: Address, *, congress: int) -> tuple[Match, ...]:
        """The districts its ZIP code touches; none for a ZIP code that nobody knows."""
        if congress not in self._maps:
            self._maps[congress] = _map_for(congress)
        loaded = self._maps[congress]
        touched = loaded.touched.get(address.zip, ())
        if loaded.states_only and len(touched) > 1 and not address.state:
            raise ProviderFailed(Reason.NO_MAP, f"Congress {congress}, several states")
        return tuple(Match(district, address.zip) for district in touched)


def _map_for(congress: int) -> LoadedMap:
    """The map of that Congress, else the states of the newest one before it."""
    found = ZipDistrict.objects.map_for(congress)
    if found is None:
        raise ProviderFailed(Reason.NO_MAP, f"Congress {congress}")
    mapped, snapshot = found
    # A number alone can come back after a rollback, with another map behind it.
    loaded_at = Snapshot.objects.values_list("loaded_at", flat=True).get(pk=snapshot)
    states_only = mapped != congress
    return LoadedMap(_read(mapped, (snapshot, loaded_at), states_only=states_only), states_only)


@lru_cache(maxsize=2)
def _read(congress: int, version: tuple, *, states_only: bool) -> Touched:
    """The map in memory, or only the states of it, which no redistricting moves."""
    kept: dict[tuple[District, ...], tuple[District, ...]] = {}
    touched: Touched = {}
    rows = ZipDistrict.objects.filter(congress=congress).order_by("zip", "state", "district")
    for code, state, number in rows.values_list("zip", "state", "district"):
        district = _state_alone(state) if states_only else District(state, number)
        before = touched.get(code, ())
        if district not in before:
            after = (*before, district)
            touched[code] = kept.setdefault(after, after)
    return touched


def _state_alone(state: str) -> District:
    known = STATES.get(state)
    return District(state, 0 if known and known.has_one_house_seat else None)
