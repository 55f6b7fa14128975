"""The post's city of each ZIP code as our own table: one line a ZIP code, `60614,Chicago`.

A table beside the map, because no Congress moves a city. It has no state: on a state line the
post's would name the wrong one.
"""

import re
from collections.abc import Mapping

from representatives.tables import TableRefused
from representatives.zip_map.table import check_zips

NAME = "zip-cities.txt"
CITY = re.compile(r"[A-Z][\w .'&-]{0,49}")

Cities = Mapping[str, str]


def write_cities(cities: Cities) -> str:
    """One line a ZIP code, in order."""
    return "".join(f"{code},{city}\n" for code, city in sorted(cities.items()))


def read_cities(text: str) -> Cities:
    """The lines of a written table, checked."""
    cities = {}
    for line in text.splitlines():
        code, _, city = line.partition(",")
        cities[code] = city
    check_cities(cities)
    return cities


def check_cities(cities: Cities) -> None:
    """Refuse a table that cannot be true: a part of the ZIP codes, a city that is no name."""
    check_zips(cities)
    for city in set(cities.values()):
        if not CITY.fullmatch(city):
            raise TableRefused(f"The table of cities has {city!r}, which is not a city's name.")
