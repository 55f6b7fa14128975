"""The Census Bureau's file of ZIP codes and districts, and the CSV that is made of such files."""

import pytest

from representatives.tables import TableRefused
from representatives.zip_map.sources import read_source

HEAD = (
    "GEOID_CD119_20|NAMELSAD_CD119_20|AREALAND_CD119_20|OID_ZCTA5_20|GEOID_ZCTA5_20"
    "|NAMELSAD_ZCTA5_20|AREALAND_PART|AREAWATER_PART"
)
CSV = b"state_fips,state_abbr,zcta,cd\n17,IL,60614,5\n17,IL,60614,7\n56,WY,82001,0\n11,DC,20001,0\n"


def census(*pieces, head=HEAD):
    """A file of pieces, each a district's GEOID, a ZIP code and square metres of land."""
    lines = [f"{geoid}|A district|9|2|{code}|ZCTA|{land}|0" for geoid, code, land in pieces]
    return "\ufeff{}\r\n".format("\r\n".join([head, *lines])).encode()


def words(content, congress=119):
    return {
        code: " ".join(sorted(map(str, districts)))
        for code, districts in read_source(content, congress=congress).items()
    }


def test_both_forms_say_the_same():
    pieces = [
        ("1705", "60614", 10),
        ("1707", "60614", 1),
        ("5600", "82001", 5),
        ("1198", "20001", 5),
    ]

    assert words(census(*pieces)) == words(CSV)


@pytest.mark.parametrize(
    "piece", [("1707", "60614", 0), ("17ZZ", "60614", 5), ("1707", "", 5), ("", "60614", 5)]
)
def test_a_piece_without_land_district_or_zip_is_nobodys(piece):
    assert words(census(("1705", "60614", 10), piece)) == {"60614": "IL-5"}


def test_a_file_of_another_congress_is_refused():
    with pytest.raises(TableRefused, match="is of Congress 119; that of 120 is asked for"):
        read_source(census(), congress=120)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (census(head=HEAD.replace("CD119", "SLDU24")), "does not say in its head which Congress"),
        (census(("9901", "60614", 5)), "cannot be read"),
        (census(("17xx", "60614", 5)), "cannot be read"),
        (census(("1705", "60614", "much")), "cannot be read"),
        (census(head="GEOID_CD119_20|GEOID_ZCTA5_20") + b"1705|60614\n", "cannot be read"),
        (census(("1705", "60614", 5))[:-9], "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"<html>Not here</html>\n<p>at all", "cannot be read"),
    ],
)
def test_a_file_that_is_something_else_is_refused(content, sentence):
    with pytest.raises(TableRefused, match=sentence):
        read_source(content, congress=119)
