"""An element grown from a selector is the one that the selector finds."""

import pytest

from letters.channels.webform.recipe import Kind, Step
from letters.rehearsal.forms.building import Sheet, built
from letters.rehearsal.forms.describing import form_of
from letters.rehearsal.forms.growing import Ground, grown, new, planted, surrounded
from letters.rehearsal.forms.selecting import CannotBuild, path_of
from tests.letters.rehearsal.forms.recipes import EMAIL, MESSAGE, SUBMIT, make_recipe


@pytest.mark.parametrize(
    "selector",
    [
        "#email",
        "[id='1EAF0FFA']",
        "input.btn.btn-primary",
        "input[name='input_6.1']",
        "[name=input_4]",
        "input[data-step~='two'][required]",
        "form > .gform_footer > input",
        "#gform_2 .gform-footer input#gform_submit_button_2",
        ".elementor-labels-above input[name='form_fields[name]']",
        "main #form_1 div.field input",
        "label + input",
        "h3 ~ div input",
        "li:nth-child(3) input",
        "div.row > input:nth-of-type(2)",
        "input:first-child",
        "tr:nth-child(2n+1) td:nth-child(2) input",
        "input:not([disabled])",
        "#one, #two",
    ],
)
def test_a_selector_finds_what_was_grown_from_it(selector):
    path = path_of(selector)
    ground, element = Ground(path), grown(path, "input")

    ground.form.append(planted(element, path))

    assert ground.top.cssselect(selector)[0] is element
    assert element in ground.form.iterdescendants()


def test_what_stands_around_several_fields_stands_there_once():
    paths = [path_of(each) for each in ("#wrap .c", "#form input.b", "#wrap #form .a input")]
    ground = Ground(*paths)
    ground.form.extend(planted(grown(path, "input"), path) for path in paths)

    assert ground.form.get("id") == "form"
    assert len(ground.top.cssselect("#wrap")) == 1
    assert len(ground.top.cssselect("#wrap #form input, #wrap #form .c")) == 3


def test_thanks_stand_in_what_their_selector_asks_for():
    path = path_of("#gform_confirmation_message_2 span")
    box = new("div")
    box.append(surrounded(grown(path), path))

    assert box.cssselect("#gform_confirmation_message_2 span")


def test_a_selector_that_cannot_be_read_says_so():
    with pytest.raises(CannotBuild, match="cannot be read"):
        path_of("input[")


def test_a_landmark_is_grown_only_where_nothing_is_found():
    marks = [Step(Kind.FIND, each) for each in ("#gform_2", "#field_1_25", "#input_2_9")]
    form = form_of(make_recipe(*marks, EMAIL, MESSAGE, SUBMIT))
    top = built(form, Sheet(0, tokens={}))

    assert top.cssselect("#gform_2")[0].tag == "form"
    assert top.cssselect("#field_1_25")[0].tag == "div"
    assert [each.tag for each in top.cssselect("#input_2_9")] == ["input"]


@pytest.mark.parametrize(
    ("selector", "tag", "inside"),
    [
        ("button.btn[type='submit']", "button", None),
        ("input[type=submit].gform_button", "input", None),
        (".btn[value=Submit]", "input", None),
        ("#gform_submit_button_2", "button", None),
        (".elementor-button-text", "span", "button"),
    ],
)
def test_the_button_is_of_the_tag_that_its_selector_means(selector, tag, inside):
    form = form_of(make_recipe(EMAIL, MESSAGE, Step(Kind.CLICK, selector)))
    (button,) = built(form, Sheet(0, tokens={})).cssselect(selector)

    assert button.tag == tag
    assert inside is None or button.getparent().tag == inside


def test_a_label_is_clicked_for_its_box():
    label = Step(Kind.CLICK, "label[for='agree']")
    top = built(form_of(make_recipe(EMAIL, MESSAGE, label, SUBMIT)), Sheet(0, tokens={}))

    assert top.cssselect("label[for='agree']")
    assert top.cssselect("input#agree")[0].get("type") == "checkbox"
