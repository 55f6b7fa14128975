"""Which offices take part at the rehearsal gateways."""

from functools import cache
from pathlib import Path

from representatives.seat_codes import every_seat

# One code a line, below lines of `#` that say where they come from.
SENATE_OFFICES = Path(__file__).resolve().parent / "data" / "senate-offices.txt"


@cache
def house_offices() -> tuple[str, ...]:
    """All 441, as the House writes them.

    American Samoa is AQ there. The channel has its own line for that: here speaks the other side.
    """
    codes = [code for code, chamber, _, _ in every_seat() if chamber == "house"]
    return tuple("HAQ00" if code == "HAS00" else code for code in codes)


@cache
def senate_offices() -> tuple[str, ...]:
    """The 48 that took part in April 2023."""
    lines = SENATE_OFFICES.read_text().splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
