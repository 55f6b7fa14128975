"""From the public tables of ZIP codes to ours, with what they miss added by rule.

The districts' source (OpenSourceActivismTech/us-zipcodes-congress, from Census relationship files)
drops the state when it removes duplicates, so a ZIP on a state line can lose its own state.
"""

import csv
import io
from collections.abc import Iterable

from representatives.districts import District
from representatives.states import STATES
from representatives.tables import TableRefused
from representatives.zip_map.city_table import Cities, check_cities
from representatives.zip_map.post import PostalZip
from representatives.zip_map.table import ZipMap, check_zip_map


def build_zip_map(content: bytes, *, post: Iterable[PostalZip]) -> ZipMap:
    """The districts of every ZIP code of the Census and of the post, checked."""
    districts = _read(content)
    for postal in post:
        touched = districts.setdefault(postal.zip, set())
        if postal.state not in {district.state for district in touched}:
            touched.add(_home(postal.state))
    zip_map = {code: _in_order(touched) for code, touched in districts.items()}
    check_zip_map(zip_map)
    return zip_map


def build_cities(post: Iterable[PostalZip]) -> Cities:
    """The city that the post prefers for each of its ZIP codes, checked."""
    cities = {postal.zip: postal.city for postal in post}
    check_cities(cities)
    return cities


def _read(content: bytes) -> dict[str, set[District]]:
    districts: dict[str, set[District]] = {}
    try:
        for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
            district = District(line["state_abbr"], int(line["cd"]))
            districts.setdefault(line["zcta"], set()).add(district)
    except (KeyError, TypeError, ValueError) as error:
        raise TableRefused(f"The ZIP source cannot be read: {error!r}.") from error
    return districts


def _home(state: str) -> District:
    """What is known of a ZIP by its state alone: the state's single district, or none."""
    known = STATES.get(state)
    return District(state, 0 if known and known.has_one_house_seat else None)


def _in_order(touched: set[District]) -> tuple[District, ...]:
    """By state and number, and what is not known last."""
    return tuple(sorted(touched, key=lambda each: (each.number is None, each.state, each.number)))
