"""When a question of a channel is answered, and what is told where it is not."""

import pytest

from letters.channels.interface import Ask, Question, unanswered
from letters.states import Reason
from tests.factories import make_identity
from tests.fake_channel import FakeChannel, asks_everything

TOPIC = Question(Ask.CHOICE, "topic SWY01", declined=Reason.ANSWER_MISSING, choices=("A", "B"))
SHORT = Question(Ask.TEXT, "text SWY01", declined=Reason.TOO_LONG, limit=5)
PHONE = Question(Ask.PHONE, "phone", declined=Reason.PHONE_MISSING)
TITLE = Question(Ask.PREFIX, "prefix", declined=Reason.PREFIX_MISSING, choices=("Mr.", "Ms."))


def unmet(question: Question, **person) -> str:
    return question.unmet(make_identity(prefix="", **person))


@pytest.mark.parametrize("question", [TOPIC, SHORT, PHONE, TITLE])
def test_what_is_not_answered_has_the_reason_of_the_question(question):
    assert unmet(question) == question.declined


def test_what_is_answered_is_no_obstacle():
    assert unmet(TOPIC, answers={"topic SWY01": "B"}) == Reason.NONE
    assert unmet(SHORT, answers={"text SWY01": "12345"}) == Reason.NONE
    assert unmet(PHONE, phone="307-555-0123") == Reason.NONE
    assert TITLE.unmet(make_identity(prefix="Ms.")) == Reason.NONE


def test_the_answer_for_another_office_is_none_for_this_one():
    assert unmet(TOPIC, answers={"topic SWY02": "B"}) == Reason.ANSWER_MISSING


def test_an_answer_that_the_form_no_longer_takes_says_that_the_form_has_changed():
    assert unmet(TOPIC, answers={"topic SWY01": "C"}) == Reason.FORM_CHANGED
    assert unmet(SHORT, answers={"text SWY01": "123456"}) == Reason.FORM_CHANGED


def test_a_line_break_is_two_characters_in_a_form():
    assert unmet(SHORT, answers={"text SWY01": "12\n45"}) == Reason.FORM_CHANGED


def test_a_title_that_this_gateway_does_not_take_is_none():
    assert TITLE.unmet(make_identity(prefix="Rabbi")) == Reason.PREFIX_MISSING


def test_the_first_open_question_is_the_one_that_is_told(write):
    channel = FakeChannel(name="fake")
    channel.asks = asks_everything

    assert unanswered(channel, write()) == Reason.PHONE_MISSING
    assert unanswered(channel, write(who={"phone": "307-555-0123"})) == Reason.PREFIX_MISSING


def test_each_gateway_asks_for_a_title_and_nothing_else(make_channel, write):
    assert unanswered(make_channel(), write()) == Reason.NONE
    assert unanswered(make_channel(), write(who={"prefix": ""})) == Reason.PREFIX_MISSING
