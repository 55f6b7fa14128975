"""What holds for every address, found by trying many."""

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from representatives.addresses import Address, AddressNotUnderstood, parse_address
from representatives.districts import District
from representatives.lookup import Finder, Outcome
from representatives.lookup.interface import Match
from representatives.states import POSTAL_CODES, STATES
from representatives.tables import read_table
from representatives.zip_map.table import name_of, read_zip_map

pytestmark = pytest.mark.django_db
ZIP_MAP = read_zip_map(read_table(name_of(119))[0])
many = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ZIPS = sorted(ZIP_MAP)
zips = st.sampled_from(ZIPS)
states = st.sampled_from(["", *sorted(POSTAL_CODES)])
streets = st.sampled_from(["", "5 Elm St", "PO Box 12", "PSC 1 Box 2, APO"])

districts = st.sampled_from([District(s.code, n) for s in STATES.values() for n in s.numbers])
places = st.lists(st.builds(Match, districts, st.just("") | zips), max_size=4)


class AnyGeocoder:
    """Finds what a property says."""

    needs_street = True
    found = ()

    def basis(self, congress):
        return "chance"

    def matches(self, address, *, congress):
        return AnyGeocoder.found


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


def odd_text(chance: random.Random) -> str:
    """Any characters, half of the time around what an address is made of."""
    any_letters = "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(60)))
    if chance.random() < 0.5:
        return any_letters
    known = ["PO Box", "APO", "5 Elm St", ",", "TX", "Wyoming", "USA", chance.choice(ZIPS)]
    return " ".join([any_letters, *chance.choices(known, k=3), chance.choice(ZIPS)])


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 1, 3)])
def test_ten_thousand_odd_texts_raise_nothing(day):
    finder, chance, understood = Finder(on=day, offline=True), random.Random(5), 0

    for _ in range(10_000):
        try:
            address = parse_address(odd_text(chance))
        except AddressNotUnderstood:
            continue
        understood += finder.find(address).outcome in Outcome

    assert understood > 1000


@pytest.mark.parametrize("odd", ["\x00", "82001" * 200_000, "5 Elm St, " * 100_000 + "82001"])
def test_no_field_is_too_odd_or_too_long(finder, odd):
    for address in (Address(odd), Address("82001", odd, odd), Address("82001", state=odd)):
        assert finder.find(address).outcome in Outcome


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 1, 3)])
def test_no_seat_lies_where_neither_the_zip_nor_a_street_does(settings, day):
    fake = {"BACKEND": f"{__name__}.AnyGeocoder", "OPTIONS": {}}
    settings.LOOKUP_PROVIDERS = settings.LOOKUP_PROVIDERS | {"census": fake}
    finder = Finder(on=day)

    @many
    @given(code=zips, state=states, found=places)
    def holds(code, state, found):
        AnyGeocoder.found = tuple(found)
        lookup = finder.find(Address(code, "5 Elm St", state=state))
        by_street = {match.district for match in found}
        states = {district.state for district in ZIP_MAP[code]}

        assert set(lookup.states) <= states | {district.state for district in by_street}
        for house in lookup.house:
            known = {str(each) for each in by_street | set(ZIP_MAP[code])}
            assert house.district in known
        if lookup.outcome == Outcome.CANDIDATES:
            assert 2 <= len(lookup.house) <= 6
        assert not state or set(lookup.states) <= {state}

    holds()


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


def test_no_zip_is_without_an_answer_in_the_next_congress():
    finder = Finder(on=date(2027, 1, 3), offline=True)

    outcomes = {finder.find(Address(code)).outcome for code in ZIP_MAP}

    assert outcomes == set(Outcome) - {Outcome.NOT_FOUND, Outcome.UNAVAILABLE}
