"""The gateways' names of offices, and ours: they differ in one seat."""

import json
import re

# The House gateway knows American Samoa as AQ; its postal code, and our seat's, is AS.
OURS, THEIRS = "HAS00", "HAQ00"
OFFICE_CODE = re.compile(r"H[A-Z]{2}\d{2}|S[A-Z]{2}0[1-3]")


class NoList(ValueError):
    """The answer is no list of offices; the text says why and quotes nothing."""


def to_office(seat_code: str) -> str:
    """Our seat's code as the gateway writes it."""
    return THEIRS if seat_code == OURS else seat_code


def to_seat(office_code: str) -> str:
    """The gateway's code as our seat's."""
    return OURS if office_code == THEIRS else office_code


def read_offices(answer: str, *, chamber: str) -> tuple[str, ...]:
    """Our seat codes of the offices that take part, sorted.

    Reads a JSON array of code strings, or of objects with an `office_code`. An empty array is a
    failure of the call, not a list: NoList, as for anything else that names no office of `chamber`.
    """
    try:
        rows = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise NoList("the answer is not JSON") from error
    if not isinstance(rows, list):
        raise NoList("the answer is no array")
    codes = [row.get("office_code") if isinstance(row, dict) else row for row in rows]
    initial = chamber[0].upper()
    seats = {
        to_seat(code)
        for code in codes
        if isinstance(code, str) and OFFICE_CODE.fullmatch(code) and code[0] == initial
    }
    if not seats:
        raise NoList(f"none of {len(codes)} entries is an office of the {chamber}")
    return tuple(sorted(seats))
