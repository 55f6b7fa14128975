"""Every recipe that the product has is filled in for whoever answers its questions."""

from dataclasses import replace

import pytest

from letters.channels.interface import Ask, NeedsSupporter
from letters.channels.webform.asking import questions
from letters.channels.webform.filling import lay_out, parts
from letters.channels.webform.homing import at_home
from letters.channels.webform.recipe import By, Kind
from letters.channels.webform.table import embedded_table
from letters.channels.webform.topics import like
from letters.states import Reason
from tests.letters.channels.webform.letters import answered, make_letter

RECIPES = embedded_table().recipes
FOR_A_MACHINE = sorted(name for name, each in RECIPES.items() if each.by != By.PERSON)
MENUS = {
    name: step.options
    for name, recipe in RECIPES.items()
    for step in recipe.steps
    if step.value == "$TOPIC" and step.kind == Kind.SELECT
}
FIELDS = {Kind.FILL, Kind.SELECT, Kind.CHOOSE}
# Senators whose menu has nothing of the kind: there the supporter chooses, or there is no choice.
WITHOUT_FOREIGN_AFFAIRS = {"B001319", "C001113"}
LETTER = make_letter(statement="We urge you. " * 300, short_statement="We urge you to act.")


@pytest.mark.parametrize("name", FOR_A_MACHINE)
def test_every_required_field_has_a_value(name):
    recipe = RECIPES[name]

    plan = lay_out(recipe, answered(recipe, LETTER))

    written = {each.selector: each for each in plan.actions if each.value or each.wanted}
    required = [step for step in recipe.steps if step.required and step.kind in FIELDS]
    assert [step.selector for step in required if step.selector not in written] == []
    assert plan.message and "“" not in plan.as_text().partition("Message")[0]


@pytest.mark.parametrize("name", sorted(set(RECIPES) - set(FOR_A_MACHINE)))
def test_what_a_person_must_finish_is_left_to_them(name):
    with pytest.raises(NeedsSupporter, match=Reason.CAPTCHA):
        lay_out(RECIPES[name], LETTER)
    assert questions(RECIPES[name], LETTER) == ()


@pytest.mark.parametrize("name", FOR_A_MACHINE)
def test_without_a_phone_number_none_is_sent(name):
    recipe = RECIPES[name]
    letter = replace(
        answered(recipe, LETTER), person=replace(answered(recipe, LETTER).person, phone="")
    )

    asks = Ask.PHONE in {question.ask for question in questions(recipe, letter)}
    if asks:
        with pytest.raises(NeedsSupporter, match=Reason.PHONE_MISSING):
            lay_out(recipe, letter)
    else:
        labels = [part.label for part in parts(lay_out(recipe, letter))]
        assert "Phone" not in labels


@pytest.mark.parametrize("name", sorted(MENUS))
def test_the_topic_is_foreign_affairs_wherever_there_is_such_an_entry(name):
    names = {
        "foreign affairs",
        "foreign relations",
        "foreign policy",
        "international affairs",
        "international relations",
        "foreign affairs, military & veterans",
        "foreign relations/international affairs",
        "foreign policy & international relations",
    }

    chosen = [option.text.casefold() for option in like("International Affairs", MENUS[name])]

    assert (name in WITHOUT_FOREIGN_AFFAIRS) == (chosen == [])
    assert set(chosen[:1]) <= names


@pytest.mark.parametrize("name", FOR_A_MACHINE)
def test_in_a_rehearsal_nothing_leads_to_the_office(name):
    recipe = RECIPES[name]

    plan = at_home(lay_out(recipe, answered(recipe, LETTER)), "http://127.0.0.1/forms/")

    leading = [each for each in plan.actions if each.kind in {Kind.VISIT, Kind.INJECT}]
    assert [each for each in leading if f'action="https://{recipe.host}' in each.value] == []
    assert plan.actions[0].value == "http://127.0.0.1/forms/"
