"""From the public tables of ZIP codes to ours, with what they miss added by rule."""

from collections.abc import Collection

from representatives.districts import District
from representatives.redistricting import has_lines
from representatives.states import STATES
from representatives.zip_map.post_table import PostalZip
from representatives.zip_map.sources import read_source
from representatives.zip_map.table import ZipMap, check_zip_map


def build_zip_map(content: bytes, *, post: Collection[PostalZip], congress: int) -> ZipMap:
    """The districts of every ZIP code of the Census and of the post, checked.

    A source of some states makes a map of those; one of all that have lines makes a map of all.
    """
    districts = read_source(content, congress=congress)
    mapped = {district.state for touched in districts.values() for district in touched}
    is_whole = mapped.issuperset(filter(has_lines, STATES))
    for postal in post:
        if not is_whole and postal.state not in mapped:
            continue
        touched = districts.setdefault(postal.zip, set())
        if postal.state not in {district.state for district in touched}:
            touched.add(_home(postal.state))
    zip_map = {code: _in_order(touched) for code, touched in districts.items()}
    check_zip_map(zip_map)
    return zip_map


def _home(state: str) -> District:
    """What is known of a ZIP by its state alone: the state's single district, or none."""
    known = STATES.get(state)
    return District(state, 0 if known and known.has_one_house_seat else None)


def _in_order(touched: set[District]) -> tuple[District, ...]:
    """By state and number, and what is not known last."""
    return tuple(sorted(touched, key=lambda each: (each.number is None, each.state, each.number)))
