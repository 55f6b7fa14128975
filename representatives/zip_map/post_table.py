"""What the post says of each ZIP code as our own table: one line each, `60614,IL,Chicago`.

A table beside the map, because no Congress moves a city. Maps are built with its states; the
database has its cities alone: on a state line the post's state would be the wrong one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from representatives.states import POSTAL_CODES
from representatives.tables import TableRefused
from representatives.zip_map.table import check_zips

NAME = "zip-post.txt"
CITY = re.compile(r"[A-Z][\w .'&-]{0,49}")


@dataclass(frozen=True)
class PostalZip:
    """A ZIP code with the state and the city that the post gives it."""

    zip: str
    state: str
    city: str


def write_post(post: Iterable[PostalZip]) -> str:
    """One line a ZIP code, in order."""
    return "".join(
        f"{each.zip},{each.state},{each.city}\n" for each in sorted(post, key=lambda one: one.zip)
    )


def read_post(text: str) -> list[PostalZip]:
    """The lines of a written table, checked."""
    lines = (line.split(",", 2) for line in text.splitlines())
    # What a short line lacks is refused as empty.
    post = [PostalZip(*[*line, "", ""][:3]) for line in lines]
    check_post(post)
    return post


def check_post(post: Iterable[PostalZip]) -> None:
    """Refuse a table that cannot be true: a part of the ZIP codes, no state, no city's name."""
    times = Counter(each.zip for each in post)
    check_zips(times)
    if twice := [code for code, each in times.items() if each > 1]:
        raise TableRefused(f"The post's table has {twice[0]} more than once.")
    if odd := {each.state for each in post} - POSTAL_CODES:
        raise TableRefused(f"The post's table has {min(odd)!r}, which is not a state.")
    for city in {each.city for each in post}:
        if not CITY.fullmatch(city):
            raise TableRefused(f"The post's table has {city!r}, which is not a city's name.")
