"""Every word of a recipe is checked, and nothing in it leads away from the Congress."""

import pytest

from letters.channels.webform.intake.reading import Quarantined
from letters.channels.webform.recipe import By, Kind
from tests.letters.channels.webform.writing import FIELD, make_yaml, read, read_with, steps_of


def reason(*before: str, **how) -> str:
    with pytest.raises(Quarantined) as caught:
        read_with(*before, **how)
    return str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/contact",
        "https://senate.gov.example.org/",
        "https://notsenate.gov/",
        "https://www.senate.gov@example.org/",
        "https://example.org\\\\@www.senate.gov/",
        "https://example.org\\\\.senate.gov/",
        "https://www.senate.gov:8443/",
        "https://www.senate.gov:x/",
        "ftp://www.senate.gov/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.org/",
        "https://[::1/",
        "",
    ],
)
def test_only_pages_of_the_congress_are_visited(address):
    assert reason(visit=address) == "It visits a page that is not one of the Senate or the House."


def test_a_page_is_visited_by_https_and_organizers_are_told():
    reading = read_with(visit="http://www.example.senate.gov/contact?p=form")

    assert reading.recipe.url == "https://www.example.senate.gov/contact?p=form"
    assert reading.notes == ("visited by https, where the recipe says http",)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("- teleport: [{selector: a}]", "There is no kind of step 'teleport'."),
        ("- inject: [{selector: a, value: b}]", "There is no kind of step 'inject'."),
        (FIELD.format(selector="a[", value="$EMAIL", required="true"), "it is no selector"),
        (FIELD.format(selector="a:visible", value="x", required="true"), "it is no selector"),
        (FIELD.format(selector="#a", value="$SHOE_SIZE", required="true"), "given $SHOE_SIZE"),
        ("- fill_in: [{value: $EMAIL}]", "names no selector"),
        ("- fill_in: [{selector: [a], value: $EMAIL}]", "the selector is no text"),
        ('- fill_in: [{selector: "#a", value: [b]}]', "value is a list or a hash"),
        ('- fill_in: ["#a"]', "A fill_in has no names with values"),
        ('- fill_in: [{selector: "#a", selector: "#b", value: x}]', "stands there twice"),
        ('- find: [{selector: h1, value: "Thank (you"}]', "is no pattern"),
        ('- select: [{selector: "#a", value: x, options: [[a]]}]', "where one of its entries"),
        ('- select: [{selector: "#a", value: x, options: {a: [b]}}]', "where one of its entries"),
        ('- find: [{selector: h1, value: "(a+)+b"}]', "might never end"),
        (f'- find: [{{selector: h1, value: "{"a?" * 101}"}}]', "might never end"),
        ('- visit: "https://www.senate.gov/"', "The first step, and only it, must visit"),
        ('- visit: ["https://a.senate.gov/", "https://b.senate.gov/"]', "several pages at once"),
    ],
)
def test_what_cannot_be_done_is_quarantined(step, words):
    assert words in reason(step)


def test_a_recipe_must_write_and_send_the_letter():
    whole = make_yaml()

    with pytest.raises(Quarantined, match="No step writes the letter"):
        read(whole.replace("$MESSAGE", "$SUBJECT"))
    with pytest.raises(Quarantined, match="No step sends the form after"):
        read(whole.replace('- click_on: [{selector: "#submit"}]', "- wait: 1"))


@pytest.mark.parametrize(
    ("written", "seconds"), [("3", ["3"]), ("0.5", ["0.5"]), ("600", ["30"]), ("a while", [])]
)
def test_a_wait_is_in_seconds(written, seconds):
    reading = read_with(f"- wait: [{{value: {written}}}]")

    assert [step.value for step in steps_of(reading, Kind.WAIT)] == seconds


def test_selectors_that_no_browser_takes_are_mended():
    reading = read_with(
        FIELD.format(selector="#1EAF-2 input", value="a", required="true"),
        FIELD.format(selector="[name=input_6.1]", value="b", required="true"),
        "- fill_in: [{name: 'input_6.3', value: c}]",
    )

    assert [step.selector for step in steps_of(reading, Kind.FILL)][:3] == [
        '[id="1EAF-2"] input', '[name="input_6.1"]', '[name="input_6.3"]',
    ]  # fmt: skip


def test_a_word_that_is_not_known_is_told():
    reading = read_with('- fill_in: [{selector: "#a", value: b, optional: true}]')

    assert reading.notes == ("the word 'optional' is not known and passed over",)


def test_a_pattern_of_success_becomes_a_last_find():
    text = make_yaml().replace('contains: "Thank you"', 'matches: "Thank(s| you)"')
    last = read(text).recipe.steps[-1]

    assert (last.kind, last.selector, last.value) == (Kind.FIND, "body", "Thank(s| you)")


@pytest.mark.parametrize(
    ("before", "by", "why"),
    [
        ("- recaptcha: [{value: true}]", By.PERSON, "captcha"),
        ("- fill_in: [{selector: a, value: $CAPTCHA_SOLUTION}]", By.PERSON, "captcha"),
        ('- fill_in: [{selector: "#form-field-a", value: a}]', By.BROWSER, "Elementor"),
        ('- fill_in: [{selector: "#input-0A1B2C3D-4040-F985-52CD-46", value: a}]', By.BROWSER,
         "CreativEngine"),
        ('- click_on: [{selector: ".opinion a"}]', By.BROWSER, "opens only after a click"),
        ("- click_on: [{selector: \"a[href='#']\"}]", By.BROWSER, "opens only after a click"),
        ("- click_on: [{selector: \"a[href='#form-2']\"}]", By.PLAIN, ""),
        ("- wait: [{value: 3}]", By.BROWSER, "waits until the page"),
        ('- find: [{selector: "#input_2_1"}]', By.PLAIN, ""),
    ],
)  # fmt: skip
def test_who_fills_a_form_in_is_told_with_the_reason(before, by, why):
    recipe = read_with(before).recipe

    assert recipe.by == by
    assert why in recipe.why
    assert bool(recipe.why) == (by != By.PLAIN)


def test_a_link_into_the_page_itself_may_be_missing_but_not_once_there_are_fields():
    link = "- click_on: [{selector: \"a[href='#form']\"}]"

    before, *_ = steps_of(read_with(link), Kind.CLICK)
    after, *_ = steps_of(read_with(after=(link,)), Kind.CLICK)

    assert (before.required, after.required) == (False, True)


def test_a_click_between_fields_is_told_and_the_one_that_sends_is_not():
    box = '- click_on: [{selector: "#choice_1"}]'
    whole = make_yaml(after=(box,)).replace('"#submit"', '"#contact .rollover"')

    assert read(whole).notes == ("chooses #choice_1, and does not say what that is",)
