"""The tables in the repository: what they are made of and what they must hold."""

import pytest

from representatives.districts import District
from representatives.local_offices import table as local_offices
from representatives.roster.table import NAME, read_roster
from representatives.tables import read_table
from representatives.zip_map import post_table
from representatives.zip_map.table import name_of, read_zip_map

REPAIRED = ["57255", "57430", "57638", "57641", "57642", "57645", "57648", "57660", "57717"]


@pytest.fixture(scope="module")
def roster():
    return {row.seat: row for row in read_roster(read_table(NAME)[0])}


@pytest.fixture(scope="module")
def zip_map():
    return read_zip_map(read_table(name_of(119))[0])


def test_the_roster_has_541_seats_and_537_members(roster):
    vacant = {seat for seat, row in roster.items() if row.is_vacant}

    assert len(roster) == 541
    assert vacant == {"HCA14", "HFL20", "HGA13", "HTX23"}


def test_appointed_senators_serve_beyond_an_estimated_end(roster):
    estimated = {seat for seat, row in roster.items() if row.end_estimated}

    assert estimated == {"SFL03", "SOH03"}


def test_the_resident_commissioner_serves_four_years(roster):
    assert roster["HPR00"].term_end.isoformat() == "2029-01-03"


def test_the_misspelt_contact_form_is_repaired(roster):
    assert roster["HFL06"].contact_form.startswith("https://fine.house.gov/")


def test_every_contact_form_is_an_official_page(roster):
    forms = [row.contact_form for row in roster.values() if row.contact_form]

    assert len(forms) == 89
    assert all(form.startswith(("https://", "http://")) for form in forms)


@pytest.mark.parametrize("code", REPAIRED)
def test_the_south_dakota_zips_have_their_home_state(zip_map, code):
    assert District("SD", 0) in zip_map[code]


@pytest.mark.parametrize("code", ["81120", "81137", "81324"])
def test_the_colorado_zips_ask_for_the_street(zip_map, code):
    assert District("CO", None) in zip_map[code]


@pytest.mark.parametrize(
    ("code", "districts"),
    [
        ("60614", "IL-3 IL-5 IL-7"),
        ("60690", "IL-?"),
        ("81120", "NM-3 CO-?"),
        ("96910", "GU-0"),
        ("96799", "AS-0"),
        ("00901", "PR-0"),
        ("09001", "AE-?"),
        ("96941", "FM-?"),
    ],
)
def test_a_zip_touches_its_districts(zip_map, code, districts):
    assert " ".join(map(str, zip_map[code])) == districts


def test_each_table_tells_its_source_date_and_licence():
    for name in (NAME, name_of(119), post_table.NAME, local_offices.NAME):
        _, provenance = read_table(name)

        assert provenance.source.startswith("https://")
        assert provenance.as_of and provenance.licence and provenance.command
        assert len(provenance.source_sha256) == 64
