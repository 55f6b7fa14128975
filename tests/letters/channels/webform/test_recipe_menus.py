"""Menus in all the ways that recipes write them."""

import pytest

from letters.channels.webform.recipe import By, Kind
from tests.letters.channels.webform.writing import read_with, step_of


def options_of(written: str, kind: str = "select") -> list[tuple[str, str]]:
    reading = read_with(f'- {kind}: [{{selector: "#a", value: $TOPIC, options: {written}}}]')
    return [(each.text, each.value) for each in step_of(reading, Kind(kind)).options]


def test_a_list_has_texts_that_are_values():
    assert options_of("[Mr., ' Ms. ']") == [("Mr.", "Mr."), ("Ms.", "Ms.")]


def test_a_hash_has_texts_and_values():
    assert options_of("{Foreign Relations: FR}") == [("Foreign Relations", "FR")]


def test_entities_are_the_characters_that_a_page_shows():
    assert options_of("{Banking &amp; Credit: BN}") == [("Banking & Credit", "BN")]


def test_a_list_of_hashes_is_one_menu():
    assert options_of("[{Agriculture: AGR}, Other]") == [("Agriculture", "AGR"), ("Other", "Other")]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("{AL: Alabama, AK: Alaska, DC: District of Columbia}", ("Alabama", "AL")),
        ("{AGR: Agriculture, FR: Foreign Relations, H_1: Human Rights}", ("Agriculture", "AGR")),
        ("{22_MI: Michigan, 23_MN: Minnesota}", ("Michigan", "22_MI")),
        # As is the custom.
        ("{Alabama: AL, Alaska: AK}", ("Alabama", "AL")),
        ("{Alabama: 22_AL, Alaska: 23_AK}", ("Alabama", "22_AL")),
        # Two texts may have one value, but no two values one text.
        ("{CRIME: Law, GUNS: Law, TAX: Taxes}", ("CRIME", "Law")),
        # Undecidable.
        ("{Guns: Firearms, Flooding: Emergency Management}", ("Guns", "Firearms")),
        ("{Mr.: Mr., Dr.: 'Dr. '}", ("Mr.", "Mr.")),
        ("{OTHER: Other}", ("OTHER", "Other")),
    ],
)
def test_which_side_is_the_text_is_decided_by_what_the_entries_look_like(written, first):
    assert options_of(written)[0] == first


def test_a_constant_is_a_menu_that_we_know():
    states = options_of("US_STATES")

    assert len(states) == 51
    assert ("District of Columbia", "DC") in states
    assert len(options_of("US_STATES_AND_TERRITORIES")) == 62


@pytest.mark.parametrize("name", ["DEPENDENT", "''"])
def test_a_menu_that_depends_on_another_has_no_entries_yet(name):
    assert options_of(name) == []


def test_an_unknown_constant_is_told_and_left_to_the_page():
    reading = read_with('- select: [{selector: "#a", value: $TOPIC, options: PLANETS}]')

    assert step_of(reading, Kind.SELECT).options == ()
    assert reading.notes == ("the menu 'PLANETS' is not known: it is read from the page",)


def test_choices_may_be_radio_buttons():
    assert options_of("{Yes: Y, No: N}", kind="choose") == [("Yes", "Y"), ("No", "N")]


def test_an_email_may_be_asked_for_twice():
    reading = read_with(
        '- fill_in: [{selector: "#a", value: $EMAIL}, {selector: "#b", value: $EMAIL}]'
    )

    filled = [step.selector for step in reading.recipe.steps if step.value == "$EMAIL"]
    assert filled == ["#a", "#b"]
    assert reading.recipe.by == By.PLAIN
