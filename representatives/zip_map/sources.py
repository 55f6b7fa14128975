"""The public tables of ZIP codes and districts, in both their forms.

The Census Bureau's relationship file has a line for each piece of a ZIP code's area, and names its
Congress in the head; land is where people live. The other (OpenSourceActivismTech/
us-zipcodes-congress, made of such files) has a line for each ZIP code and district. It drops the
state when it removes duplicates, so a ZIP code on a state line can lose its own state.
"""

import csv
import io
import re
from collections.abc import Iterator

from representatives.districts import District
from representatives.tables import TableRefused

CENSUS = "https://www2.census.gov/geo/docs/maps-data/data/rel2020/cd-sld/"
LICENCE = "public domain (Census-derived)"
CENSUS_DISTRICT = re.compile(r"GEOID_CD(\d{3})_20")
CENSUS_ZIP = "GEOID_ZCTA5_20"
LAND = "AREALAND_PART"


def published_at(congress: int) -> str:
    """Where the Census Bureau publishes the file of a Congress."""
    return f"{CENSUS}tab20_cd{congress}20_zcta520_natl.txt"


def read_source(content: bytes, *, congress: int) -> dict[str, set[District]]:
    """The districts that each ZIP code touches; TableRefused where it cannot be read.

    Refused as well where it says that it is another Congress's. The CSV does not say.
    """
    districts: dict[str, set[District]] = {}
    try:
        for code, district in _pairs(content.decode("utf-8-sig"), congress=congress):
            districts.setdefault(code, set()).add(district)
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        if isinstance(error, TableRefused):
            raise
        raise TableRefused(f"The ZIP source cannot be read: {error!r}.") from error
    return districts


def _pairs(text: str, *, congress: int) -> Iterator[tuple[str, District]]:
    head = text.partition("\n")[0]
    if "|" in head:
        yield from _of_census(text, column=_column_of(head, congress=congress))
        return
    for line in csv.DictReader(io.StringIO(text)):
        yield line["zcta"], District(line["state_abbr"], int(line["cd"]))


def _column_of(head: str, *, congress: int) -> str:
    """The districts' column of the Census Bureau's file; refused where it is another Congress's."""
    column = CENSUS_DISTRICT.search(head)
    if column is None:
        raise TableRefused("The ZIP source does not say in its head which Congress it is of.")
    if int(column[1]) != congress:
        raise TableRefused(
            f"The ZIP source is of Congress {int(column[1])}; that of {congress} is asked for."
        )
    return column[0]


def _of_census(text: str, *, column: str) -> Iterator[tuple[str, District]]:
    """The pieces with land, of those that lie in a ZIP code and in a district."""
    for line in csv.DictReader(io.StringIO(text), delimiter="|", quoting=csv.QUOTE_NONE):
        if not line[CENSUS_ZIP] or not line[column] or int(line[LAND]) <= 0:
            continue
        if district := District.of_geoid(line[column]):
            yield line[CENSUS_ZIP], district
