"""What a form must be told by the supporter before it can be filled in for them."""

from letters.channels.interface import Ask, Envelope, Question
from letters.channels.webform import variables
from letters.channels.webform.filling import MENUS
from letters.channels.webform.menus import entries, for_title, for_topic
from letters.channels.webform.recipe import MESSAGE, Kind, Recipe, Step
from letters.channels.webform.variables import VARIABLE, Values
from letters.states import Reason

LONGEST_COUNTY = 60


def questions(recipe: Recipe, envelope: Envelope) -> tuple[Question, ...]:
    """Whatever this form requires beyond the name and address, answered or not, each once.

    A form that a person must finish anyway asks nothing.
    """
    if recipe.needs_a_person:
        return ()
    values = Values.of(envelope)
    asked = [
        question
        for step in recipe.steps
        if step.kind == Kind.FILL or step.kind in MENUS
        for name in VARIABLE.findall(step.value)
        if step.required or name == MESSAGE
        for question in _about(name, step, values)
    ]
    return tuple(dict.fromkeys(asked))


def _about(variable: str, step: Step, values: Values) -> tuple[Question, ...]:
    if variable in variables.PHONE:
        return (Question(Ask.PHONE, "phone", Reason.PHONE_MISSING),)
    if variable == variables.PREFIX:
        return _about_title(step, values)
    if variable == variables.TOPIC and step.kind in MENUS:
        fits = for_topic(step.options, values.envelope.topic)
        return () if fits else (_choice(variable, step, values),)
    if variable == variables.COUNTY:
        return (_county(step, values),)
    if variable == variables.ZIP4 and not values.envelope.person.zip4:
        return (_text(variable, values, limit=4),)
    if variable == MESSAGE and step.max_length is not None and not values.message(step.max_length):
        return (_text(variable, values, limit=step.max_length),)
    return ()


def _about_title(step: Step, values: Values) -> tuple[Question, ...]:
    """In the menu's own words, unless it is known to have the title that was given."""
    name, menu = "prefix", entries(step.options)
    if menu and not for_title(step.options, values.envelope.person.prefix):
        name = values.question(variables.PREFIX)
    else:
        menu = ()
    return (Question(Ask.PREFIX, name, Reason.PREFIX_MISSING, choices=menu),)


def _county(step: Step, values: Values) -> Question:
    if step.kind in MENUS and step.options:
        return _choice(variables.COUNTY, step, values)
    return _text(variables.COUNTY, values, limit=step.max_length or LONGEST_COUNTY)


def _choice(variable: str, step: Step, values: Values) -> Question:
    return Question(
        Ask.CHOICE, values.question(variable), _declined(variable), choices=entries(step.options)
    )


def _text(variable: str, values: Values, *, limit: int) -> Question:
    return Question(Ask.TEXT, values.question(variable), _declined(variable), limit=limit)


def _declined(variable: str) -> Reason:
    return variables.MISSING.get(variable, Reason.ANSWER_MISSING)
