"""Which click may send, and which page says that the letter is there."""

import pytest

from letters.channels.webform.judging import Seen, has_succeeded, is_found, last_find, may_send
from letters.channels.webform.recipe import Action, Kind, Plan


def make_plan(success="Thank you", finds=()):
    click = Action(Kind.CLICK, "#send")
    return Plan("X000000", (click, *(Action(Kind.FIND, each) for each in finds)), success)


@pytest.mark.parametrize(
    ("tag", "kind", "sends"),
    [
        ("input", "submit", True),
        ("button", "button", True),
        ("a", "", True),
        ("div", "", True),
        ("input", "text", True),
        ("label", "", False),
        ("input", "checkbox", False),
        ("input", "radio", False),
    ],
)
def test_once_the_message_stands_there_every_click_but_a_toggle_may_send(tag, kind, sends):
    assert may_send(message_is_filled=True, tag=tag, kind=kind) == sends
    assert not may_send(message_is_filled=False, tag=tag, kind=kind)


def judged(before: Seen, after: Seen, plan: Plan | None = None) -> bool:
    return has_succeeded(plan or make_plan(), before=before, after=after)


def test_a_text_that_is_there_only_afterwards_tells_of_success():
    assert judged(Seen("Write to me"), Seen("Thank\n  you, Nina"))


@pytest.mark.parametrize("after", ["Sorry", "thank you", ""])
def test_without_the_recipes_text_there_is_no_success(after):
    assert not judged(Seen("Write to me"), Seen(after))


def test_a_text_that_was_there_before_tells_nothing():
    assert not judged(Seen("Thank you for writing"), Seen("Thank you for writing"))


def test_where_the_text_was_there_before_the_find_decides():
    before = Seen("Thank you for writing")

    assert judged(before, Seen("Thank you", was_found=True))


def test_a_find_that_was_there_before_tells_nothing():
    assert not judged(Seen("", was_found=True), Seen("", was_found=True), make_plan(success=""))


def test_a_recipe_without_any_sign_of_success_never_succeeds():
    assert not judged(Seen(""), Seen("anything"), make_plan(success=" "))


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_an_error_does_not_thank_anybody(status):
    assert not judged(Seen(""), Seen("Thank you", was_found=True, status=status))


def test_the_last_find_behind_the_click_is_the_one_that_counts():
    plan = make_plan(finds=("#one", "#two"))

    assert last_find(plan, after=0).selector == "#two"
    assert last_find(plan, after=2) is None


@pytest.mark.parametrize(
    ("value", "texts", "found"),
    [
        ("", ["anything"], True),
        ("", [], False),
        ("Thank you", ["Sorry", "Many  Thank\nyou's"], True),
        ("Thank (you|him)", ["Thank him"], True),
        ("Thank you (", ["Thank you ("], True),
        ("Thank you (", ["Thank you"], False),
        ("Thank you", ["thank you"], False),
        ("Thank you", [], False),
    ],
)
def test_a_find_asks_for_a_text_or_an_expression_in_what_its_selector_finds(value, texts, found):
    assert is_found(Action(Kind.FIND, "h1", value), texts) == found
