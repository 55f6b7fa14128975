"""The moment the code is entered: a hand-off is there at once, without any worker."""

import pytest

from letters.channels.hand_off import HandOffChannel
from letters.channels.interface import NeedsSupporter, Rejected
from letters.delivery import deliver_due
from letters.models import Letter, Notice
from letters.setting_off import set_off
from letters.states import Reason, State
from tests.factories import make_identity, make_letter
from tests.fake_channel import FakeChannel, asks_everything

pytestmark = pytest.mark.django_db

ANSWERED = {
    "phone": "307-555-0123",
    "answers": {
        "prefix SWY01": "Ms",
        "topic SWY01": "Veterans",
        "text SWY01": "Please help them.",
    },
}


def outcome(letter: Letter, seat: str = "SWY01") -> tuple[str, str, str]:
    set_off(letter)
    delivery = letter.deliveries.get(seat=seat)
    return delivery.state, delivery.channel, delivery.reason


def asked_and_answered(channel, **changes) -> Letter:
    channel.asks = asks_everything
    return make_letter(person=make_identity(**ANSWERED | changes))


def test_who_has_answered_everything_leaves_the_rest_to_us(channel):
    letter = asked_and_answered(channel)

    assert outcome(letter) == (State.WAITING, "fake", Reason.NONE)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("prefix SWY01", Reason.PREFIX_MISSING),
        ("topic SWY01", Reason.ANSWER_MISSING),
        ("text SWY01", Reason.TOO_LONG),
    ],
)
def test_a_declined_answer_is_a_hand_off_with_its_reason(channel, name, reason):
    given = {key: value for key, value in ANSWERED["answers"].items() if key != name}
    letter = asked_and_answered(channel, answers=given)

    assert outcome(letter) == (State.NEEDS_SUPPORTER, "hand_off", reason)


def test_a_declined_phone_is_told_although_a_better_way_was_closed_before(channel, monkeypatch):
    gateway = FakeChannel(name="gateway")
    gateway.hinders = Reason.OFFICE_NOT_LISTED
    listed = {"gateway": gateway, "fake": channel, "hand_off": HandOffChannel(name="hand_off")}
    monkeypatch.setattr("letters.routing.channels", lambda: listed)
    letter = asked_and_answered(channel, phone="")

    assert outcome(letter) == (State.NEEDS_SUPPORTER, "hand_off", Reason.PHONE_MISSING)


def test_an_office_that_asks_nothing_is_reached_whatever_others_ask(channel):
    channel.asks = lambda code: asks_everything(code) if code == "SWY01" else ()
    letter = make_letter()

    assert outcome(letter, "SWY01")[0] == State.NEEDS_SUPPORTER
    assert letter.deliveries.get(seat="SWY02").state == State.WAITING


def composing(channel, monkeypatch, error: Exception) -> Letter:
    def compose(envelope):
        raise error

    monkeypatch.setattr(channel, "compose", compose)
    return make_letter()


def test_what_only_a_person_can_finish_is_found_by_composing(channel, monkeypatch):
    letter = composing(channel, monkeypatch, NeedsSupporter(Reason.TOO_LONG))

    assert outcome(letter) == (State.NEEDS_SUPPORTER, "hand_off", Reason.TOO_LONG)
    assert not letter.notices.filter(kind=Notice.Kind.NEEDS_SUPPORTER).exists()


@pytest.mark.parametrize("error", [Rejected(Reason.OUR_MISTAKE), ZeroDivisionError("a bug")])
def test_our_own_mistake_is_left_to_a_worker_and_keeps_nobody_from_confirming(
    channel, monkeypatch, error
):
    letter = composing(channel, monkeypatch, error)

    assert outcome(letter) == (State.WAITING, "fake", Reason.NONE)


def test_a_form_that_asks_for_more_on_the_day_is_a_hand_off_then(channel):
    letter = make_letter()
    set_off(letter)
    channel.asks = asks_everything

    deliver_due()

    delivery = letter.deliveries.get(seat="SWY01")
    assert (delivery.state, delivery.reason) == (State.NEEDS_SUPPORTER, Reason.PHONE_MISSING)
    assert not channel.sent
