"""At most one reminder, some days later, and only of what can still be finished."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from letters import hand_off
from letters.models import Delivery, Notice
from letters.notices import mail_due
from letters.reminding import order_reminders
from letters.retention import erase_signatory
from letters.states import State
from representatives.models import Term
from tests.factories import make_campaign, make_delivery, make_letter

pytestmark = pytest.mark.django_db
TOO_SOON, LATER = timedelta(days=2, hours=23), timedelta(days=3, hours=1)


@pytest.fixture
def letter():
    """Two of its offices need its supporter; every mail before the reminder has left."""
    letter = make_letter(campaign=make_campaign())
    for seat in ("HWY00", "SWY01"):
        make_delivery(letter=letter, seat=seat, state=State.NEEDS_SUPPORTER)
    mail_due()
    mail.outbox.clear()
    return letter


def remind(after: timedelta = LATER) -> list:
    """What is mailed when the hourly task has run at that time."""
    with time_machine.travel(timezone.now() + after):
        order_reminders()
        mail_due()
    return mail.outbox


def test_after_some_days_the_offices_that_need_them_are_told_once(letter):
    (mailed,) = remind()

    assert mailed.subject == "Something waits for you"
    assert "2 offices still need you" in mailed.body
    assert f"/receipt/{letter.receipt_token}/offices/" in mailed.body
    assert "Škłoŭ" not in mailed.body


def test_nobody_is_reminded_at_once(letter):
    assert not remind(TOO_SOON)


def test_there_is_never_a_second_one(letter):
    remind()

    assert len(remind(timedelta(days=40))) == 1
    assert Notice.objects.filter(kind="reminder").count() == 1


def test_what_was_done_in_the_meantime_is_not_told(letter):
    for delivery in letter.deliveries.filter(state=State.NEEDS_SUPPORTER):
        hand_off.report_finished(delivery=delivery)

    assert not remind()


def test_what_is_done_between_ordering_and_mailing_is_not_told(letter):
    with time_machine.travel(timezone.now() + LATER):
        order_reminders()
        Delivery.objects.update(state=State.SELF_REPORTED)
        mail_due()

    assert not mail.outbox


@pytest.mark.parametrize("report", [hand_off.could_not, hand_off.ask_by_hand])
def test_whoever_could_not_or_asked_by_hand_is_left_alone(letter, report):
    for delivery in letter.deliveries.filter(state=State.NEEDS_SUPPORTER):
        report(delivery=delivery)

    assert not remind()


def test_only_what_is_left_is_told(letter):
    hand_off.ask_by_hand(delivery=letter.deliveries.get(seat="HWY00"))

    (mailed,) = remind()

    assert "an office still needs you" in mailed.body
    assert "Hageman" not in mailed.body


def test_a_letter_to_somebody_who_left_is_nothing_to_remind_of(letter):
    Term.objects.filter(seat="HWY00").delete()

    (mailed,) = remind()

    assert "Hageman" not in mailed.body


def test_after_the_campaigns_end_nobody_is_reminded(letter):
    make_campaign(closes_at=timezone.now() + timedelta(days=2))

    assert not remind()


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_campaign_that_takes_no_letters_reminds_nobody(letter, state):
    make_campaign(state=state)

    assert not remind()


def test_erased_people_are_not_reminded(letter):
    erase_signatory(letter.signatory)

    assert not remind()


def test_a_letter_without_its_code_is_no_hand_off():
    make_letter(campaign=make_campaign())

    with time_machine.travel(timezone.now() + LATER):
        assert order_reminders() == 0
