"""Titles, states and answers are found in a menu as that menu words them."""

import pytest

from letters.channels.webform.menus import entries, for_state, for_title, for_topic, named
from representatives.states import STATES
from tests.letters.channels.webform.letters import make_options

TITLES = make_options("Mr. and Mrs.", "MR.", "Mrs", "Ms. =Ms.", "Doctor", "Mx.", "None=null")


@pytest.mark.parametrize(
    ("title", "entry"), [("Mr.", "MR."), ("Mrs.", "Mrs"), ("Ms.", "Ms."), ("Dr.", "Doctor")]
)
def test_a_title_is_worded_as_the_menu_has_it(title, entry):
    assert for_title(TITLES, title)[0] == entry


@pytest.mark.parametrize("title", ["Miss", ""])
def test_no_other_title_is_taken_instead(title):
    assert for_title(TITLES, title) == ()


def test_a_title_of_two_is_nobodys():
    assert for_title(make_options("Mr. & Mrs.", "Dr. and Mr."), "Mr.") == ()


def test_of_a_menu_that_we_do_not_know_the_title_is_wanted_in_every_spelling():
    assert for_title((), "Ms.") == ("Ms.", "Ms")


@pytest.mark.parametrize(
    "entry",
    [
        "MI",
        "Michigan",
        "MICHIGAN",
        "Michigan=22_MI",
        "MI - Michigan",
        "Michigan (MI)",
        "MI=22",
        "22_MI",
    ],
)
def test_a_state_is_found_however_it_is_written(entry):
    menu = make_options("Minnesota=23_MN", "Mississippi (MS)", entry, "MO")
    text, _, value = entry.rpartition("=")

    assert for_state(menu, "MI")[0] == (text or value)


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("DC", "D.C.=9_D.C."),
        ("DC", "Washington DC=DC"),
        ("DC", "Washington, D.C."),
        ("VI", "Virgin Islands=56_VI"),
        ("AS", "America Samoa=2_AS"),
        ("PR", "Puerto Rico"),
        ("VA", "Virginia"),
        ("WA", "Washington"),
    ],
)
def test_what_is_no_state_and_what_sounds_alike_is_found_too(code, entry):
    menu = make_options("West Virginia", "Virginia Beach", "Washington County", entry)

    assert for_state(menu, code)[0] == entry.partition("=")[0]


@pytest.mark.parametrize("code", STATES)
def test_in_a_menu_of_all_states_each_finds_itself_only(code):
    menu = make_options(*(f"{state.name}={number}" for number, state in enumerate(STATES.values())))
    numbers = {str(number) for number in range(len(STATES))}

    wanted = for_state(menu, code)

    assert wanted[0] == STATES[code].name
    assert len(numbers & set(wanted)) == 1


def test_a_page_that_has_changed_is_searched_for_every_name_of_the_state():
    assert for_state((), "MI") == (
        "MI",
        "Michigan",
        "MI - Michigan",
        "MI-Michigan",
        "Michigan (MI)",
    )


def test_the_line_that_asks_to_choose_is_no_choice():
    menu = make_options("--=null", "Select an issue", "- Choose -", " ", "Other", "Other", "Taxes")

    assert entries(menu) == ("Other", "Taxes")


def test_an_entry_is_named_by_its_text_and_then_by_its_value():
    menu = make_options("Arts &amp; Humanities=ART", "Yes, I would like a response=Yes")

    assert named(menu, "arts & humanities") == ("Arts & Humanities", "ART")
    assert named(menu, "Yes") == ("Yes, I would like a response", "Yes")


def test_a_literal_that_the_menu_does_not_list_is_still_wanted():
    assert named(make_options("No"), "Response Requested") == ("Response Requested",)


def test_a_synonym_is_wanted_under_all_its_names():
    wanted = for_topic(make_options("Taxes", "Foreign Policy=FP"), "International Affairs")

    assert wanted[:2] == ("Foreign Policy", "FP")
    assert "Foreign Affairs" in wanted


@pytest.mark.parametrize("other", [["Other", "General"], ["Taxes", "International Trade"]])
def test_without_a_synonym_nothing_is_chosen(other):
    assert for_topic(make_options(*other), "International Affairs") == ()


def test_where_there_is_one_entry_there_is_no_choice():
    assert for_topic(make_options("--=", "Other=OTH"), "International Affairs") == ("Other", "OTH")
