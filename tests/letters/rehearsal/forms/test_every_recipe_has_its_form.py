"""Each office's page is what its recipe describes; read with a parser that did not build it."""

from collections import Counter

import pytest
from lxml import html

from letters.channels.webform.recipe import By, Kind, Recipe
from letters.channels.webform.table import embedded_table
from letters.models import Arrival
from letters.rehearsal.forms.describing import form_of
from tests.letters.rehearsal.forms.recipes import make_office
from tests.letters.rehearsal.forms.visitor import Visitor, from_description

RECIPES = embedded_table().recipes
TAGS = {
    Kind.FILL: {"input", "textarea"},
    Kind.SELECT: {"select"},
    Kind.CHOOSE: {"input"},
    Kind.CHECK: {"input"},
    Kind.UNCHECK: {"input"},
    Kind.CLICK: {"input", "button", "label", "a", "span", "div"},
}
each_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES.keys())


def pages_of(visitor: Visitor, recipe: Recipe) -> list:
    """As a browser shows them in the end: where a script builds the form, what it builds."""
    address, pages = make_office(recipe), []
    for number in range(1, len(form_of(recipe).pages) + 1):
        visitor.open(f"{address}?page={number}")
        assert visitor.answer.status_code == 200
        pages.append(from_description(visitor, f"{address}fields/?page={number}"))
    return pages


def steps_around_sending(recipe: Recipe) -> tuple[list, list]:
    """Those before the letter leaves with the click itself, and those after."""
    last = max(at for at, step in enumerate(recipe.steps) if step.kind == Kind.CLICK)
    return list(recipe.steps[: last + 1]), list(recipe.steps[last + 1 :])


@each_recipe
def test_what_a_step_names_is_there_and_is_the_first_of_its_kind(visitor, recipe):
    pages = pages_of(visitor, recipe)
    before, _ = steps_around_sending(recipe)
    source = "".join(step.value for step in before if step.kind == Kind.INJECT)
    brought = html.fragment_fromstring(source, create_parent="div")
    for step in before:
        if step.selector:
            found = [each for page in pages for each in page.cssselect(step.selector)]
            assert found or brought.cssselect(step.selector), step.selector
        if step.kind in TAGS:
            assert not found or found[0].tag in TAGS[step.kind], step.selector
        if step.kind in TAGS and step.kind != Kind.CLICK:
            assert not found or found[0].get("name"), step.selector


@each_recipe
def test_menus_have_the_recipes_entries(visitor, recipe):
    if any(step.kind == Kind.INJECT for step in recipe.steps):
        pytest.skip("its menus are those of the form that the recipe brings along")
    pages = pages_of(visitor, recipe)

    for step in recipe.steps:
        if step.kind == Kind.SELECT and step.options:
            (menu,) = [each for page in pages for each in page.cssselect(step.selector)]
            entries = [(each.text or "", each.get("value")) for each in menu]
            assert entries[0] == ("Select one", "")
            assert entries[1:] == [(each.text, each.value) for each in step.options]


@each_recipe
def test_ids_and_names_are_told_apart(visitor, recipe):
    for page in pages_of(visitor, recipe):
        ids = Counter(each.get("id") for each in page.cssselect("[id]"))
        names = Counter(each.get("name") for each in page.cssselect("form [name]"))
        assert not [each for each in ids if ids[each] > 1]
        assert not [each for each in names if names[each] > 1]


@each_recipe
def test_required_and_capped_fields_say_so(visitor, recipe):
    pages = pages_of(visitor, recipe)

    for step in recipe.steps:
        found = [each for page in pages for each in page.cssselect(step.selector or "no-such")]
        if step.kind in {Kind.FILL, Kind.SELECT} and found:
            assert bool(found[0].get("required")) == step.required
            assert found[0].get("maxlength") == (step.max_length and str(step.max_length))


@each_recipe
def test_success_is_seen_after_a_letter_and_not_before(visitor, recipe):
    before = " ".join(" ".join(p.text_content().split()) for p in pages_of(visitor, recipe))
    visitor.open(make_office(recipe))
    before += visitor.text
    after = visitor.open(make_office(recipe) + "thanks/")

    assert not recipe.success or recipe.success not in before
    assert recipe.success in after.text
    for step in steps_around_sending(recipe)[1]:
        if step.kind == Kind.FIND:
            assert step.value in after.find(step.selector).text_content()
            assert step.value or not visitor.open(make_office(recipe)).page.cssselect(step.selector)


@pytest.mark.parametrize(
    "recipe", [pytest.param(r, id=b) for b, r in RECIPES.items() if r.by != By.PERSON]
)
def test_a_person_without_tricks_can_write(visitor, recipe):
    """Page after page; what only a script can build or send is built and sent as it would."""
    form = form_of(recipe)
    visitor.open(make_office(recipe))
    for number, _ in enumerate(form.pages, start=1):
        if form.is_built_by_script and number == 1:
            visitor.page = from_description(visitor, f"{make_office(recipe)}fields/")
        visitor.fill(recipe)
        extra = {"action": "elementor_pro_forms_send_form"} if form.is_sent_by_script else {}
        visitor.send(**extra)

    assert Arrival.objects.get().status == 200, visitor.text
    assert recipe.success in visitor.text


def test_old_pages_are_of_several_stacks():
    old = [form_of(each) for each in RECIPES.values() if form_of(each).charset != "utf-8"]

    assert len({form.style.name for form in old}) >= 2
    assert {form.charset for form in old} == {"windows-1252"}


def test_every_stack_is_rehearsed():
    styles = Counter(form_of(recipe).style.name for recipe in RECIPES.values())

    assert set(styles) == {
        "CreativEngine",
        "Gravity Forms",
        "index.cfm",
        "Elementor",
        "Contact Form 7",
        "IQ EForm.aspx",
        "Drupal",
    }
