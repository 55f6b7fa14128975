"""The fields of a recipe: what goes in, how much, and what never does."""

import re

import pytest

from letters.channels.webform.recipe import Kind
from tests.letters.channels.webform.writing import (
    FIELD,
    make_yaml,
    read,
    read_with,
    step_of,
    steps_of,
)


def test_what_is_optional_and_not_known_is_left_out():
    reading = read_with(FIELD.format(selector="#a", value="$SHOE_SIZE", required="false"))

    assert len(steps_of(reading, Kind.FILL)) == 1
    assert reading.notes == ("what asks for $SHOE_SIZE is left empty",)


@pytest.mark.parametrize(
    ("written", "variable"),
    [
        ("$PHONE_HYPHENS", "$PHONE"),
        ("$PREFIX", "$NAME_PREFIX"),
        ("$ZIP5", "$ADDRESS_ZIP5"),
        ("$name_first", "$NAME_FIRST"),
        ("Re: $subject", "Re: $SUBJECT"),
        ("$100", "$100"),
    ],
)
def test_a_variable_by_another_name_is_the_same(written, variable):
    reading = read_with(FIELD.format(selector="#a", value=written, required="true"))

    assert step_of(reading, Kind.FILL).value == variable


@pytest.mark.parametrize("number", ["222-222-2222", "(202) 555.0100", "12025550100"])
def test_a_made_up_telephone_number_is_never_sent(number):
    reading = read_with(FIELD.format(selector="#a", value=number, required="true"))

    assert step_of(reading, Kind.FILL).value == "$PHONE"
    assert reading.notes == ("a made-up telephone number gives way to the supporter's own",)


@pytest.mark.parametrize("literal", ["20500-0003", "N/A", "2025"])
def test_another_literal_stays_what_it_is(literal):
    reading = read_with(FIELD.format(selector="#a", value=literal, required="true"))

    assert step_of(reading, Kind.FILL).value == literal


@pytest.mark.parametrize("written", ["options: {blacklist: '()]'}", "blacklist: '()]'"])
def test_signs_that_a_field_refuses_are_changed(written):
    text = make_yaml().replace("value: $MESSAGE", f"value: $MESSAGE, {written}")

    reading = read(text)

    (change,) = step_of(reading, Kind.FILL).changes
    assert reading.notes == ()
    assert re.sub(change.pattern, change.becomes, "a (b) [c]") == "a b [c"


@pytest.mark.parametrize(
    ("written", "required"),
    [
        ("true", True),
        ("Yes", True),
        ('"true"', True),
        ("false", False),
        ('"No"', False),
        ("", False),
    ],
)
def test_required_is_understood_as_a_text(written, required):
    step = step_of(read_with(FIELD.format(selector="#a", value="x", required=written)), Kind.FILL)

    assert step.required is required


def test_the_letter_itself_is_always_required():
    reading = read(make_yaml().replace("required: true", "required: false"))

    assert step_of(reading, Kind.FILL).required


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("options: {max_length: 500}", 500),
        ("max_length: 1200", 1200),
        ("max_length: 900, options: {allows_plus: false}", 900),
        ('max_length: "5,000 characters"', 5000),
        ("max_length: plenty", None),
        ("max_length: 0", None),
        ("options: {allows_plus: false}", None),
    ],
)
def test_a_limit_is_found_in_the_options_and_beside_them(written, limit):
    text = make_yaml().replace("value: $MESSAGE", f"value: $MESSAGE, {written}")

    assert read(text).recipe.text_limit == limit


@pytest.mark.parametrize(
    ("variable", "part"),
    [("AREA_CODE", "202"), ("EXCHANGE_CODE", "555"), ("SUBSCRIBER_NUMBER", "0123")],
)
def test_a_telephone_number_may_be_asked_for_in_parts(variable, part):
    step = step_of(
        read_with(FIELD.format(selector="#a", value=f"$PHONE_{variable}", required="true")),
        Kind.FILL,
    )

    number = "(202) 555-0123"
    for change in step.changes:
        number = re.sub(change.pattern, change.becomes, number)
    assert (step.value, number) == ("$PHONE", part)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("$SUBJECT", "$MESSAGE", "$MESSAGE"),
        ("$MESSAGE", "$SUBJECT", "$MESSAGE"),
        ("$PHONE", "$EMAIL", "$EMAIL"),
    ],
)
def test_of_two_texts_for_one_field_the_letter_stays_else_the_later(first, second, kept):
    fields = [FIELD.format(selector="#a", value=each, required="true") for each in (first, second)]

    reading = read_with(*fields)

    assert [step.value for step in steps_of(reading, Kind.FILL) if step.selector == "#a"] == [kept]
    assert reading.notes == ("#a is to be filled in with two things",)


def test_a_field_of_that_name_on_the_next_page_is_another_one():
    field = FIELD.format(selector="#zip", value="$ADDRESS_ZIP5", required="true")

    reading = read_with(field, '- click_on: [{selector: "#next"}]', field)

    assert [step.selector for step in steps_of(reading, Kind.FILL)] == ["#zip", "#zip", "#message"]


def test_the_same_written_twice_is_written_once_and_stays_required():
    twice = [
        FIELD.format(selector="#a", value="$EMAIL", required=required)
        for required in ("true", "false")
    ]

    reading = read_with(*twice)

    assert step_of(reading, Kind.FILL).required and len(steps_of(reading, Kind.FILL)) == 2
    assert reading.notes == ()
