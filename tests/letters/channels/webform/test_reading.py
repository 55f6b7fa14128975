"""A malformed file is quarantined with a reason that a person understands."""

import pytest

from letters.channels.webform.intake.reading import LARGEST, Quarantined
from letters.channels.webform.recipe import By, Kind
from tests.letters.channels.webform.writing import make_yaml, read, read_with, step_of


def reason(text: str | bytes, name: str = "Z000001") -> str:
    with pytest.raises(Quarantined) as caught:
        read(text, name)
    return str(caught.value)


def test_a_plain_recipe_becomes_ours():
    recipe = read_with().recipe

    assert [step.kind for step in recipe.steps] == [Kind.VISIT, Kind.FILL, Kind.CLICK]
    assert (recipe.host, recipe.success) == ("www.example.senate.gov", "Thank you")
    assert (recipe.by, recipe.why) == (By.PLAIN, "")


def test_yes_no_and_numbers_stay_texts():
    menu = '- select: [{selector: "#a", value: Yes, options: {Yes: Y, No: N, 1: 007, null: 1.50}}]'

    options = step_of(read_with(menu), Kind.SELECT).options

    assert [(each.text, each.value) for each in options] == [
        ("Yes", "Y"), ("No", "N"), ("1", "007"), ("null", "1.50"),
    ]  # fmt: skip


def test_a_tab_is_told_with_its_line():
    text = make_yaml().replace("  method: post", "\tmethod: post")

    assert reason(text) == "Line 3 has a tab where only spaces may stand."


def test_a_broken_line_is_told_with_its_number():
    text = make_yaml().replace('contains: "Thank you"', 'contains: "Thank you')

    assert "is no YAML: " in reason(text)
    assert reason(text).startswith("Line ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"a: \x00", "characters that no YAML may have"),
        (b"just a text", "has no names with values"),
        (b"- a\n- b", "has no names with values"),
        (b"a: 1\n---\nb: 2", "is several in one"),
        (b"{[a]: b}", "where a name must stand"),
        (b"[" * 5000, "nested more deeply"),
        (b"a: " * 30, "is no YAML"),
        (b"#" * (LARGEST + 1), "no recipe is that long"),
        (b"bioguide: Z000001", "contact_form has no names with values"),
        (b"bioguide: Z000001\ncontact_form: {steps: soon}", "no list of steps"),
        (b"bioguide: Z000001\ncontact_form: {steps: [visit]}", "A step has no names"),
    ],
)
def test_what_is_no_recipe_says_why(text, words):
    assert words in reason(text)


def test_anchors_are_refused_before_they_multiply():
    laughs = "\n".join(f"x{n}: &x{n} [{', '.join(f'*x{n - 1}' for _ in range(9))}]" for n in (1, 2))

    assert reason(f"x0: &x0 [lol]\n{laughs}") == (
        "Line 2 refers to another line (*): recipes spell things out."
    )


def test_a_name_that_stands_twice_is_refused():
    text = make_yaml().replace("  method: post", "  steps: []\n  method: post")

    assert reason(text) == "Line 3: 'steps' stands there twice."


def test_the_same_said_twice_is_said():
    text = make_yaml().replace("required: true", "required: true, required: true")

    assert step_of(read(text), Kind.FILL).required


def test_a_menu_may_have_the_same_text_twice():
    menu = '- select: [{selector: "#a", value: $TOPIC, options: {Other: A, Other: B}}]'

    options = step_of(read_with(menu), Kind.SELECT).options

    assert [(each.text, each.value) for each in options] == [("Other", "A"), ("Other", "B")]


def test_the_file_must_be_named_after_its_member():
    assert reason(make_yaml(), "Z000002") == "The file is named Z000002, but speaks of 'Z000001'."
    assert reason("404: Not Found") == "The file is named Z000001, but speaks of nobody."
