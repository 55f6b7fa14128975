"""A letter and a form to lay it out for."""

from dataclasses import replace

from letters.channels.interface import Ask, Envelope
from letters.channels.webform.asking import questions
from letters.channels.webform.recipe import By, Form, Kind, Option, Recipe, Step
from tests.letters.channels.letter import ENVELOPE, PERSON

COMPLETE = replace(PERSON, phone="202-555-0101", zip4="1234")


def make_letter(*, who: dict | None = None, charset: str = "", **changes) -> Envelope:
    """A letter whose writer has told everything; for a page in that character set."""
    form = Form(make_recipe(), charset=charset)
    person = replace(COMPLETE, **(who or {}))
    return replace(ENVELOPE, person=person, form=form, **changes)


def answered(recipe: Recipe, letter: Envelope, *, text: str = "Act.") -> Envelope:
    """The letter of somebody who answers whatever the form asks: by the first choice, or `text`."""
    answers = {
        question.name: question.choices[0] if question.choices else text
        for question in questions(recipe, letter)
        if question.choices or question.ask == Ask.TEXT
    }
    return replace(letter, person=replace(letter.person, answers=answers))


def make_recipe(*steps: Step, success: str = "Thank you", by: By = By.PLAIN) -> Recipe:
    """A page with these fields and a message."""
    visit = Step(Kind.VISIT, value="https://www.example.senate.gov/contact")
    message = make_field("$MESSAGE", "#message")
    send = Step(Kind.CLICK, "#send", required=True)
    with_message = () if any("$MESSAGE" in step.value for step in steps) else (message,)
    return Recipe("X000000", (visit, *steps, *with_message, send), success, by)


def make_field(value: str, selector: str = "#field", *, required: bool = True, **more) -> Step:
    return Step(Kind.FILL, selector, value, required, **more)


def make_menu(value: str, *entries: str, kind: Kind = Kind.SELECT, required: bool = True) -> Step:
    """Entries as `text` or `text=value`."""
    return Step(kind, "#menu", value, required, make_options(*entries))


def make_options(*entries: str) -> tuple[Option, ...]:
    pairs = [entry.rpartition("=") for entry in entries]
    return tuple(Option(text or value, value) for text, _, value in pairs)
