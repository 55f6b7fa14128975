"""The local offices as our own table: one line an office."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from representatives.states import STATES
from representatives.tables import TableRefused

NAME = "local-offices.csv"
KEY = re.compile(r"([A-Z]\d{6})-[\w.'-]{1,52}")
# So many characters at most; longer is not what it says.
LONGEST = {
    "address": 200, "suite": 100, "building": 200, "city": 50, "zip": 10, "phone": 20, "fax": 20,
    "hours": 200,
}  # fmt: skip


@dataclass(frozen=True)
class OfficeRow:
    """One office; what the source does not say is empty."""

    key: str
    address: str = ""
    suite: str = ""
    building: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    hours: str = ""

    @property
    def bioguide(self) -> str:
        return self.key[:7]


NAMES = [field.name for field in fields(OfficeRow)]


def write_offices(rows: Iterable[OfficeRow]) -> str:
    """The rows as CSV, by key."""
    text = io.StringIO()
    writer = csv.DictWriter(text, NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in sorted(rows, key=lambda row: row.key))
    return text.getvalue()


def read_offices(text: str) -> list[OfficeRow]:
    """The rows of a written table, checked."""
    try:
        rows = [OfficeRow(**line) for line in csv.DictReader(io.StringIO(text), strict=True)]
    except (TypeError, csv.Error) as error:
        raise TableRefused(f"The table of local offices cannot be read: {error}.") from error
    check_offices(rows)
    return rows


def check_offices(rows: list[OfficeRow]) -> None:
    """Refuse a table that cannot be true."""
    if not rows:
        raise TableRefused("There is no local office in it.")
    seen = set()
    for row in rows:
        if not KEY.fullmatch(row.key):
            raise TableRefused(f"The malformed key {row.key[:60]!r} is no local office's.")
        if row.key in seen:
            raise TableRefused(f"The local office {row.key} is there twice.")
        seen.add(row.key)
        if row.state not in STATES:
            raise TableRefused(f"The local office {row.key} is in no state.")
        for name, longest in LONGEST.items():
            if len(getattr(row, name)) > longest:
                raise TableRefused(f"The {name} of the local office {row.key} is too long.")
