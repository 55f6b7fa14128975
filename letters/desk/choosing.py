"""Which of the 541 seats a desk page shows, and in which order: read from the page's address."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from letters.desk.seats import SeatLine

DESCENDING = "-"


@dataclass(frozen=True)
class Choice:
    """Filters and order. Seats and members are public: nothing personal gets into an address."""

    chamber: str = ""
    state: str = ""
    channel: str = ""
    # `known`, `unknown` or `wrong`: what we know of the seats' official forms.
    form: str = ""
    text: str = ""
    sort: str = ""
    # Whose letters are counted: `rehearsal` or `live`; empty is the installation's own.
    letters: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Choice":
        """Unknown parameters are ignored, unknown values choose nothing."""
        known = {name: query.get(name, "").strip() for name in asdict(cls())}
        return cls(**known)

    @property
    def column(self) -> str:
        return self.sort.removeprefix(DESCENDING)

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith(DESCENDING)

    def among(self, lines: Iterable[SeatLine]) -> list[SeatLine]:
        """The lines that every filter lets through."""
        return [line for line in lines if self._takes(line)]

    def ordered(self, rows: list, keys: dict[str, Callable]) -> list:
        """The rows in the chosen order; the roster's own for a column that nobody offers."""
        key = keys.get(self.column)
        return sorted(rows, key=key, reverse=self.is_descending) if key else rows

    def link(self, **changes: str) -> str:
        """The address of the same page with another choice."""
        chosen = {name: value for name, value in asdict(replace(self, **changes)).items() if value}
        return f"?{urlencode(chosen)}"

    def sort_link(self, column: str) -> str:
        """Sorts by that column; once more turns the order around."""
        again = self.sort == column
        return self.link(sort=f"{DESCENDING}{column}" if again else column)

    def _takes(self, line: SeatLine) -> bool:
        exact = (
            (self.chamber, line.chamber),
            (self.state, line.state),
            (self.channel, line.channel),
            (self.form, line.form),
        )
        words = f"{line.code} {line.place} {line.member}".casefold()
        return self.text.casefold() in words and all(
            not wanted or wanted == found for wanted, found in exact
        )


@dataclass(frozen=True)
class Heading:
    """A column's title, with the link that sorts by it and how it is sorted now."""

    label: str
    link: str
    # As in the attribute aria-sort.
    sorted: str


def headings(columns: dict[str, str], choice: Choice) -> list[Heading]:
    """One heading for each column (name → title)."""
    return [
        Heading(label=label, link=choice.sort_link(name), sorted=_sorted(name, choice))
        for name, label in columns.items()
    ]


def _sorted(name: str, choice: Choice) -> str:
    if name != choice.column:
        return "none"
    return "descending" if choice.is_descending else "ascending"
