"""The codes of the 541 seats: `HTX37` is a district's, `SWY01` a Senate class's."""

from collections.abc import Iterator
from datetime import date

from representatives.states import STATES

# The year in which each Senate class's term ends, modulo the six years of a term.
CLASS_ENDS = {1: 2031 % 6, 2: 2027 % 6, 3: 2029 % 6}


def house_seat_code(state: str, number: int) -> str:
    """`HTX37`; a state's only district is number 0: `HWY00`."""
    return f"H{state}{number:02}"


def senate_seat_code(state: str, senate_class: int) -> str:
    """`SWY01` is Wyoming's seat of class 1."""
    return f"S{state}{senate_class:02}"


def senate_seat_codes(state: str) -> tuple[str, ...]:
    """The codes of a state's two Senate seats; none for a territory."""
    return tuple(senate_seat_code(state, each) for each in STATES[state].classes)


def class_end(senate_class: int, *, after: date) -> date:
    """The first January 3 after that day on which the terms of a Senate class end."""
    year = after.year + (after >= date(after.year, 1, 3))
    return date(year + (CLASS_ENDS[senate_class] - year) % 6, 1, 3)


def class_start(senate_class: int, *, on: date) -> date:
    """The last January 3 until that day on which the terms of a Senate class began."""
    year = on.year - (on < date(on.year, 1, 3))
    return date(max(year - (year - CLASS_ENDS[senate_class]) % 6, date.min.year), 1, 3)


def commissioner_end(start: date) -> date:
    """Puerto Rico's commissioner serves four years, with the president."""
    year = start.year + 1 if start >= date(start.year, 1, 3) else start.year
    return date(year + (1 - year) % 4, 1, 3)


def every_seat() -> Iterator[tuple[str, str, str, int]]:
    """Code, chamber, state and number of each of the 541 seats, House first."""
    for state in STATES.values():
        for number in state.numbers:
            yield house_seat_code(state.code, number), "house", state.code, number
    for state in STATES.values():
        for senate_class in state.classes:
            yield senate_seat_code(state.code, senate_class), "senate", state.code, senate_class
