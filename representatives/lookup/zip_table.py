"""The districts that a ZIP code touches, from the loaded maps; no network."""

from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup.answers import Reason
from representatives.lookup.interface import Match, ProviderFailed
from representatives.models import StateMap, ZipDistrict
from representatives.redistricting import MapInUse

# As the driver gives them out: all rows at once would take more room than the table.
ROWS_AT_ONCE = 1000
ZIP, PLACE = itemgetter(0), itemgetter(1, 2)

Touched = dict[str, tuple[Match, ...]]


class ZipTable:
    """Reads all maps once a process, and again when another one is loaded."""

    needs_street = False

    def __init__(self):
        self._touched: dict[int, Touched] = {}

    def matches(self, address: Address, *, congress: int) -> tuple[Match, ...]:
        """What its ZIP code touches; nothing for a ZIP code that nobody knows.

        ZIP codes share their matches, which therefore name none.
        """
        try:
            return self._touched[congress][address.zip]
        except KeyError:
            return self._in(congress).get(address.zip, ())

    def _in(self, congress: int) -> Touched:
        if congress not in self._touched:
            self._touched[congress] = _touched_in(congress)
        return self._touched[congress]


def _touched_in(congress: int) -> Touched:
    maps = StateMap.objects.in_use(congress)
    if not maps:
        raise ProviderFailed(Reason.NO_MAP, f"Congress {congress}")
    return _read(maps)


@lru_cache(maxsize=2)
def _read(maps: tuple[MapInUse, ...]) -> Touched:
    """The maps in memory; of those that no longer hold, the states alone."""
    holding = {each.state for each in maps if each.holds}
    touched: Touched = {}
    known: dict[tuple, tuple[Match, ...]] = {}
    rows = ZipDistrict.objects.of(maps).values_list("zip", "state", "district")
    for code, of_zip in groupby(rows.iterator(ROWS_AT_ONCE), key=ZIP):
        places = tuple(map(PLACE, of_zip))
        if places not in known:
            known[places] = _matches(places, holding)
        touched[code] = known[places]
    return touched


def _matches(places: tuple[tuple[str, int | None], ...], holding: set[str]) -> tuple[Match, ...]:
    """Each once: of a state whose map is gone, several districts become one open one."""
    matches = (
        Match(District(state, number if state in holding else None), mapped=state in holding)
        for state, number in places
    )
    return tuple(dict.fromkeys(matches))
