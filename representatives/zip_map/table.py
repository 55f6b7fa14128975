"""The map of a Congress as our own table: one line a ZIP code, `60614,IL-3 IL-5 IL-7`.

`CO-?` says that the ZIP lies in Colorado and its district is not known: ask for the street.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from representatives.districts import District
from representatives.seat_codes import every_seat
from representatives.states import FREELY_ASSOCIATED, MILITARY, STATES
from representatives.tables import TableRefused

ZIP = re.compile(r"[0-9]{5}")
LEAST_ZIPS = 40_000

ZipMap = Mapping[str, tuple[District, ...]]


def name_of(congress: int) -> str:
    """The file that holds the map of a Congress."""
    return f"zip-districts-{congress}.txt"


def write_zip_map(zip_map: ZipMap) -> str:
    """One line a ZIP code, in order."""
    return "".join(
        f"{code},{' '.join(map(str, districts))}\n" for code, districts in sorted(zip_map.items())
    )


def read_zip_map(text: str) -> ZipMap:
    """The lines of a written map, checked."""
    zip_map = {}
    parsed: dict[str, tuple[District, ...]] = {}
    for line in text.splitlines():
        code, _, districts = line.partition(",")
        if districts not in parsed:
            parsed[districts] = _districts(districts)
        zip_map[code] = parsed[districts]
    check_zip_map(zip_map)
    return zip_map


def _districts(text: str) -> tuple[District, ...]:
    try:
        return tuple(District.parse(each) for each in text.split(" "))
    except ValueError as error:
        raise TableRefused(f"The ZIP table cannot be read at {text!r}.") from error


def states_of(zip_map: ZipMap) -> set[str]:
    """The states, and what else the post knows, that a map has ZIP codes of."""
    return {district.state for districts in zip_map.values() for district in districts}


def check_zip_map(zip_map: ZipMap) -> None:
    """Refuse a map that cannot be true: no such ZIP code or district, one missing in its state."""
    _check_form(zip_map)
    named = {district for districts in zip_map.values() for district in districts}
    if not named:
        raise TableRefused("The ZIP table names no district.")
    for district in named:
        if not (district.exists or _is_open(district)):
            raise TableRefused(f"The ZIP table names {district}, which is not a district.")
    _check_coverage(named, states={district.state for district in named})


def check_whole_map(zip_map: ZipMap) -> None:
    """Refuse a part of the states, or of the ZIP codes."""
    check_zips(zip_map)
    named = {district for districts in zip_map.values() for district in districts}
    _check_coverage(named, states=set(STATES))


def check_zips(zips: Collection[str]) -> None:
    """Refuse a part of the ZIP codes, and what is none."""
    if len(zips) < LEAST_ZIPS:
        raise TableRefused(f"The ZIP table has {len(zips)} ZIP codes; that is not all of them.")
    _check_form(zips)


def _check_form(zips: Iterable[str]) -> None:
    for code in zips:
        if not ZIP.fullmatch(code):
            raise TableRefused(f"The ZIP table has {code!r}, which is not a ZIP code.")


def _is_open(district: District) -> bool:
    """A state with several districts, or one without any, of which only the name is known."""
    return district.number is None and (
        district.state in MILITARY | FREELY_ASSOCIATED or District(district.state, 1).exists
    )


def _check_coverage(named: set[District], *, states: set[str]) -> None:
    there = {
        District(state, number)
        for _, chamber, state, number in every_seat()
        if chamber == "house" and state in states
    }
    if missing := sorted(there - named):
        raise TableRefused(f"No ZIP code of the table touches {', '.join(map(str, missing[:5]))}.")
