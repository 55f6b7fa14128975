"""What holds for every address, found by trying many."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from representatives.addresses import Address, AddressNotUnderstood, parse_address
from representatives.districts import District
from representatives.lookup import Finder, Outcome
from representatives.states import POSTAL_CODES, STATES
from representatives.tables import read_table
from representatives.zip_map.table import name_of, read_zip_map

pytestmark = pytest.mark.django_db
ZIP_MAP = read_zip_map(read_table(name_of(119))[0])
many = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
zips = st.sampled_from(sorted(ZIP_MAP))
states = st.sampled_from(["", *sorted(POSTAL_CODES)])
streets = st.sampled_from(["", "5 Elm St", "PO Box 12", "PSC 1 Box 2, APO"])


@pytest.fixture
def finder(november):
    return Finder(on=november, offline=True)


@many
@given(text=st.text() | st.builds("{} {}{}".format, st.text(), states, zips))
def test_no_text_raises_anything_but_its_own_refusal(finder, text):
    try:
        address = parse_address(text)
    except AddressNotUnderstood:
        return

    assert finder.find(address).outcome in Outcome


@many
@given(code=zips, state=states, street=streets)
def test_no_seat_lies_outside_the_states_of_the_zip(finder, code, state, street):
    lookup = finder.find(Address(code, street, state=state))

    assert set(lookup.states) <= {district.state for district in ZIP_MAP[code]}
    assert not state or set(lookup.states) <= {state}


@many
@given(code=zips, state=states)
def test_one_seat_is_named_only_where_one_district_is_possible(finder, code, state):
    lookup = finder.find(Address(code, state=state))
    possible = {each for each in ZIP_MAP[code] if state in ("", each.state)}

    if lookup.is_settled:
        assert {str(each) for each in possible} == {found.district for found in lookup.house}
    if lookup.outcome == Outcome.CANDIDATES:
        assert 2 <= len(lookup.house) == len(possible) <= 6


@many
@given(code=zips, state=states, street=streets)
def test_the_senators_are_all_of_their_states_and_no_others(finder, code, state, street):
    lookup = finder.find(Address(code, street, state=state))

    assert len(lookup.senators) == sum(len(STATES[each].classes) for each in lookup.states)


def test_every_district_is_the_answer_to_some_address(finder):
    found = {house.district for code in ZIP_MAP for house in finder.find(Address(code)).house}

    everywhere = {str(District(s.code, n)) for s in STATES.values() for n in s.numbers}
    assert found == everywhere
