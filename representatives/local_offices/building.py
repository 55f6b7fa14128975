"""From the public list of local offices to our table.

The source is unitedstates/congress-legislators (CC0), as YAML or JSON.
"""

from collections.abc import Set

from representatives.legislators import read_people
from representatives.local_offices.table import NAMES, OfficeRow, check_offices
from representatives.tables import TableRefused


def build_offices(content: bytes, *, members: Set[str]) -> list[OfficeRow]:
    """The checked rows of these members' offices; those of others wait until we know them."""
    try:
        rows = [
            _row(office)
            for person in read_people(content)
            if person["id"]["bioguide"] in members
            for office in person["offices"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise TableRefused(f"A local office in the source cannot be read: {error!r}.") from error
    check_offices(rows)
    return rows


def _row(office: dict) -> OfficeRow:
    told = {name: " ".join(str(office.get(name) or "").split()) for name in NAMES[1:]}
    return OfficeRow(key=str(office["id"]), **told)
