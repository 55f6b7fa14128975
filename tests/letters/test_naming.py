"""States, parties and offices in their supporter's language; English where none is spoken."""

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from letters.naming import PARTIES, office_name, state_name, states_by_name
from representatives.models import Seat
from representatives.roster.table import NAME, read_roster
from representatives.states import STATES
from representatives.tables import read_table

OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.mark.parametrize("code", OTHERS)
def test_every_state_has_a_name_of_its_own_in_every_language(code):
    with override(code):
        names = {state_name(state) for state in STATES}

    assert len(names) == len(STATES)
    assert not names & {state.name for state in STATES.values()}


@pytest.mark.parametrize("code", OTHERS)
def test_every_party_of_the_roster_has_a_name_in_every_language(code):
    parties = {row.party for row in read_roster(read_table(NAME)[0]) if row.party}

    assert parties <= set(PARTIES)
    with override(code):
        assert not {gettext(party) for party in parties} & parties


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [("en", "Alabama", "Wyoming"), ("be", "Агая", "Юта"), ("ru", "Айдахо", "Юта")],
)
def test_the_states_stand_as_their_alphabet_has_them(code, first, last):
    with override(code):
        names = [name for _, name in states_by_name()]

    assert (names[0], names[-1]) == (first, last)


def test_the_belarusian_i_stands_between_z_and_k():
    with override("be"):
        names = [name for _, name in states_by_name()]

    assert names.index("Заходняя Вірджынія") < names.index("Ілінойс") < names.index("Каларада")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seat", "english", "belarusian"),
    [
        ("SWY01", "Senator for Wyoming", "Сенатар ад штата Ваёмінг"),
        (
            "HTX37",
            "Representative for Texas 37",
            "Член Палаты прадстаўнікоў ад штата Тэхас, акруга 37",
        ),
        (
            "HWY00",
            "Representative for Wyoming at large",
            "Член Палаты прадстаўнікоў ад штата Ваёмінг",
        ),
        (
            "HDC00",
            "Delegate for District of Columbia",
            "Дэлегат у Палаце прадстаўнікоў, Акруга Калумбія",
        ),
        (
            "HPR00",
            "Resident Commissioner for Puerto Rico",
            "Рэзідэнт-камісар у Палаце прадстаўнікоў, Пуэрта-Рыка",
        ),
    ],
)
def test_an_office_is_named_in_its_readers_language(seat, english, belarusian):
    seat = Seat.objects.get(code=seat)

    assert office_name(seat) == english
    with override("be"):
        assert office_name(seat) == belarusian
