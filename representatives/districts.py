"""A House district as a plain value, and how it is written: `TX-37`, `WY-0`, `CO-?`."""

from dataclasses import dataclass
from typing import Self

from representatives.seat_codes import house_seat_code
from representatives.states import STATES


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
