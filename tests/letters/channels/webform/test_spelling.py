"""What a recipe's author has mistyped is understood, and organizers are told."""

import pytest

from letters.channels.webform.intake.spelling import meant
from letters.channels.webform.recipe import By, Kind
from tests.letters.channels.webform.writing import make_yaml, read, read_with, step_of, steps_of

KNOWN = frozenset({"required", "max_length", "options", "check", "uncheck", "fill_in"})


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("requird", "required"),
        ("maxlength", "max_length"),
        ("Fill_In", "fill_in"),
        ("check", "check"),
        # As far from a known word as another word may be.
        ("optional", "optional"),
        ("checked", "checked"),
    ],
)
def test_only_a_word_that_is_nearly_known_is_taken_for_it(word, right):
    assert meant(word, KNOWN) == right


def test_a_mistyped_word_counts_and_is_told():
    reading = read_with('- fill_in: [{selector: "#a", value: b, requird: true}]')

    assert step_of(reading, Kind.FILL).required
    assert reading.notes == ("the word 'requird' is taken for 'required'",)


@pytest.mark.parametrize("written", ["maxlength: 300", "options: {maxlength: 300}"])
def test_a_mistyped_limit_keeps_a_letter_from_being_too_long(written):
    text = make_yaml().replace("value: $MESSAGE", f"value: $MESSAGE, {written}")

    assert read(text).recipe.text_limit == 300


def test_a_mistyped_step_is_that_step():
    reading = read_with("- recpatcha: [{value: true}]")

    assert reading.recipe.by == By.PERSON
    assert reading.notes == ("the step 'recpatcha' is taken for 'recaptcha'",)


@pytest.mark.parametrize(
    "button",
    ['{click_on: , value: Go, selector: "#go"}', '{click_on: [{value: Go, selector: "#go"}]}'],
)
def test_a_step_that_was_indented_too_far_is_a_step(button):
    menu = '{selector: "#a", value: $TOPIC, options: [Foreign Affairs]}'

    reading = read_with(after=(f"- select: [{menu}, {button}]",))

    assert [step.selector for step in steps_of(reading, Kind.CLICK)] == ["#go", "#submit"]
    assert len(steps_of(reading, Kind.SELECT)) == 1
    assert "a click_on that stands inside a select is a step of its own" in reading.notes


def test_how_long_to_wait_for_something_is_no_step():
    find = "- find: [{wait: 10, selector: h1, value: Thank you}]"

    assert step_of(read_with(last=(find,)), Kind.FIND).selector == "h1"
