"""A House district as a plain value, and how it is written: `TX-37`, `WY-0`, `CO-?`."""

from dataclasses import dataclass
from typing import Self

from representatives.seat_codes import house_seat_code
from representatives.states import BY_FIPS, STATES

# In a GEOID: at large, and the delegate or commissioner of DC and PR. Water is nobody's district.
NUMBER_ZERO = {"00", "98"}
WATER = "ZZ"


@dataclass(frozen=True, order=True)
class District:
    """A district of a state; number 0 is at large, None is "known state, unknown district"."""

    state: str
    number: int | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `TX-37` or `CO-?`; a ValueError for anything else."""
        state, _, number = text.partition("-")
        return cls(state, None if number == "?" else int(number))

    @classmethod
    def of_geoid(cls, geoid: str) -> Self | None:
        """Read the Census Bureau's `4837`; None for water, KeyError or ValueError for nonsense."""
        state, code = BY_FIPS[geoid[:2]].code, geoid[2:]
        if code == WATER:
            return None
        return cls(state, 0 if code in NUMBER_ZERO else int(code))

    def __str__(self) -> str:
        return f"{self.state}-{'?' if self.number is None else self.number}"

    @property
    def exists(self) -> bool:
        """Whether this is one of the 441 districts that send somebody to the House."""
        return self.state in STATES and self.number in STATES[self.state].numbers

    @property
    def seat_code(self) -> str:
        """`HTX37`; only for a district with a number."""
        return house_seat_code(self.state, self.number)
