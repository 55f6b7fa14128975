"""A form asks its supporter for what it requires, and for nothing else."""

from dataclasses import replace

import pytest

from letters.channels.interface import Ask, Question
from letters.channels.webform.asking import questions
from letters.channels.webform.filling import lay_out
from letters.channels.webform.recipe import By, Kind, Step
from letters.states import Reason
from tests.letters.channels.webform.letters import (
    make_field,
    make_letter,
    make_menu,
    make_recipe,
)

TITLE = Question(Ask.PREFIX, "prefix", Reason.PREFIX_MISSING)
PHONE = Question(Ask.PHONE, "phone", Reason.PHONE_MISSING)
CAPPED = make_field("$MESSAGE", max_length=20)


def asked(*steps: Step, by: By = By.PLAIN, **letter) -> tuple[Question, ...]:
    return questions(make_recipe(*steps, by=by), make_letter(**letter))


def test_a_form_that_requires_what_everybody_gives_asks_nothing():
    assert asked(make_field("$NAME_FIRST"), make_field("$EMAIL"), make_field("$ADDRESS_ZIP4")) == ()


def test_a_required_phone_number_is_asked_for_once():
    assert asked(make_field("$PHONE", "#day"), make_field("$PHONE_PARENTHESES", "#night")) == (
        PHONE,
    )
    assert asked(make_field("$PHONE"), who={"phone": ""}) == (PHONE,)


@pytest.mark.parametrize("variable", ["$PHONE", "$NAME_PREFIX", "$ADDRESS_COUNTY"])
def test_what_may_stay_empty_is_not_asked_for(variable):
    assert asked(make_field(variable, required=False)) == ()


@pytest.mark.parametrize("title", ["", "Ms."])
def test_a_field_takes_the_title_that_is_asked_for_once(title):
    assert asked(make_field("$NAME_PREFIX"), who={"prefix": title}) == (TITLE,)


@pytest.mark.parametrize("title", ["", "Dr."])
def test_a_menu_asks_in_its_own_words(title):
    menu = make_menu("$NAME_PREFIX", "--=", "Mr.", "Mx.", "Other")
    own = Question(
        Ask.PREFIX, "prefix SWY01", Reason.PREFIX_MISSING, choices=("Mr.", "Mx.", "Other")
    )

    assert asked(menu, who={"prefix": title}) == (own,)


@pytest.mark.parametrize("title", ["Mr.", "MR", "Mister"])
def test_a_title_that_the_menu_has_in_any_spelling_is_an_answer(title):
    menu = make_menu("$NAME_PREFIX", "Mr", "Mx.")

    assert asked(menu, who={"prefix": title}) == (TITLE,)


@pytest.mark.parametrize("kind", [Kind.SELECT, Kind.CHOOSE])
def test_the_topic_is_asked_for_only_where_no_synonym_fits(kind):
    assert asked(make_menu("$TOPIC", "Foreign Policy", "Other", kind=kind)) == ()
    assert asked(make_menu("$TOPIC", "Defense", "Other=X", kind=kind)) == (
        Question(Ask.CHOICE, "topic SWY01", Reason.ANSWER_MISSING, choices=("Defense", "Other")),
    )


def test_a_shorter_text_is_asked_for_only_where_none_of_ours_fits():
    question = Question(Ask.TEXT, "text SWY01", Reason.TOO_LONG, limit=20)

    assert asked(CAPPED) == (question,)
    assert asked(make_field("$MESSAGE", max_length=5_000)) == ()
    assert asked(replace(CAPPED, max_length=90), short_statement="Act.") == ()


def test_a_county_is_asked_for_in_the_forms_words_where_it_has_any():
    menu = asked(make_menu("$ADDRESS_COUNTY", "Laramie", "Teton"))
    field = asked(make_field("$ADDRESS_COUNTY", max_length=30))

    assert (menu[0].ask, menu[0].choices) == (Ask.CHOICE, ("Laramie", "Teton"))
    assert (field[0].ask, field[0].name, field[0].limit) == (Ask.TEXT, "county SWY01", 30)


def test_the_last_digits_of_the_zip_code_are_asked_for_where_we_do_not_have_them():
    [question] = asked(make_field("$ADDRESS_ZIP4"), who={"zip4": ""})

    assert (question.ask, question.name, question.limit) == (Ask.TEXT, "zip4 SWY01", 4)


@pytest.mark.parametrize("step", [Step(Kind.CAPTCHA), make_field("$CAPTCHA_SOLUTION")])
def test_a_form_that_a_person_must_finish_asks_nothing(step):
    assert asked(step, make_field("$PHONE"), CAPPED) == ()
    assert asked(make_field("$PHONE"), by=By.PERSON) == ()


def test_whoever_answers_every_question_has_a_letter_for_the_form():
    steps = (
        make_field("$PHONE"),
        make_menu("$NAME_PREFIX", "Citizen", "Comrade"),
        replace(make_menu("$TOPIC", "Taxes", "Other"), selector="#topic"),
        make_field("$ADDRESS_COUNTY", "#county"),
        make_field("$ADDRESS_ZIP4", "#zip4"),
        CAPPED,
    )
    bare = {"phone": "", "prefix": "", "zip4": ""}
    answers = {
        question.name: question.choices[0] if question.choices else "1234"
        for question in asked(*steps, who=bare)
    }

    told = bare | {"phone": answers.pop("phone"), "answers": answers}
    plan = lay_out(make_recipe(*steps), make_letter(who=told))

    assert len(plan.actions) == len(steps) + 2
