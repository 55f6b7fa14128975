"""What is told of a mail that somebody waits for: as it stands, and the same to everybody."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from letters import notices
from letters.channels.interface import Unavailable
from letters.channels.smtp import RecipientRefused
from letters.mailing import (
    SLOW,
    USUAL,
    Mailing,
    code_mailing,
    receipt_code_mailing,
    refuses_mail,
)
from letters.models import Notice
from letters.models.notice import SECOND_CLICK
from letters.notices import mail_due, order_again, order_notice
from letters.receipt import ask_for_code, unlock
from letters.states import Reason
from letters.submission import change_email, resend_code
from tests.factories import make_identity, make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return make_letter()


@pytest.fixture
def mail_with(monkeypatch):
    """Mails what is due while the mail server answers with this."""

    def mail_with(error: type[Exception]) -> None:
        def refuse(self):
            raise error(Reason.REFUSED)

        with monkeypatch.context() as patched:
            patched.setattr(notices.EmailMessage, "send", refuse)
            mail_due()

    return mail_with


def told(letter, *, asked_at=None) -> Mailing:
    return code_mailing(letter=letter, asked_at=asked_at or timezone.now())


def test_a_code_is_on_its_way_until_it_is_mailed(letter):
    assert told(letter) == Mailing.ON_ITS_WAY

    mail_due()

    assert told(letter) == Mailing.MAILED


def test_a_code_whose_first_try_goes_on_is_on_its_way(letter):
    letter.notices.update(tries=1, lease_until=timezone.now() + timedelta(minutes=1))

    assert told(letter) == Mailing.ON_ITS_WAY


def test_a_code_that_was_tried_in_vain_is_not_taken_yet_also_while_it_is_tried_again(
    letter, mail_with
):
    mail_with(Unavailable)
    assert told(letter) == Mailing.NOT_TAKEN

    letter.notices.update(tries=2, lease_until=timezone.now() + timedelta(minutes=1))
    assert told(letter) == Mailing.NOT_TAKEN


def test_a_code_that_nobody_came_to_is_not_taken_yet(letter, time_machine):
    time_machine.move_to(timezone.now() + SLOW + timedelta(seconds=1))

    assert told(letter) == Mailing.NOT_TAKEN


def test_a_code_that_the_address_refuses_is_told_as_refused_also_if_it_was_mailed(
    letter, mail_with
):
    mail_with(RecipientRefused)
    assert told(letter) == Mailing.REFUSED

    letter.notices.update(mailed_at=timezone.now())
    assert told(letter) == Mailing.REFUSED


@pytest.mark.parametrize(
    "ask", [resend_code, lambda letter: change_email(letter=letter, email=make_identity().email)]
)
def test_a_new_code_is_on_its_way_whatever_became_of_the_one_before(letter, mail_with, ask):
    for _ in range(5):
        mail_with(RecipientRefused)
        letter.notices.update(ordered_at=F("ordered_at") - SECOND_CLICK)
        assert ask(letter=letter)

    assert told(letter) == Mailing.ON_ITS_WAY


class TestWithoutALetter:
    """A program, or a mailbox that starts too many letters: told what a letter would be told."""

    @pytest.fixture(autouse=True)
    def asked(self, db):
        self.at = timezone.now()

    def told(self) -> Mailing:
        return told(None, asked_at=self.at)

    def test_a_code_is_on_its_way_for_as_long_as_one_takes(self, time_machine):
        assert self.told() == Mailing.ON_ITS_WAY

        time_machine.move_to(self.at + USUAL + timedelta(seconds=1))

        assert self.told() == Mailing.MAILED

    def test_no_code_overtakes_one_that_was_ordered_before(self, time_machine, mail_with):
        Notice.objects.filter(letter=make_letter()).update(ordered_at=self.at)
        mail_with(Unavailable)

        time_machine.move_to(self.at + USUAL + timedelta(seconds=1))
        assert self.told() == Mailing.ON_ITS_WAY

        time_machine.move_to(self.at + SLOW + timedelta(seconds=1))
        assert self.told() == Mailing.NOT_TAKEN

    def test_a_code_has_left_when_one_that_was_ordered_later_has(self):
        Notice.objects.filter(letter=make_letter()).update(ordered_at=self.at)
        order_notice(letter=make_letter(), kind=Notice.Kind.RECEIPT)
        Notice.objects.filter(kind="receipt").update(mailed_at=timezone.now())

        assert self.told() == Mailing.MAILED

    def test_what_waits_for_another_installation_holds_nothing_up(self, time_machine):
        letter = make_letter()
        Notice.objects.filter(letter=letter).update(ordered_at=self.at)
        type(letter).objects.update(destination="live")

        time_machine.move_to(self.at + USUAL + timedelta(seconds=1))

        assert self.told() == Mailing.MAILED


def test_no_code_for_the_receipt_is_told_of_before_one_is_asked_for(letter):
    mail_due()

    assert receipt_code_mailing(letter) is None


def test_a_code_for_the_receipt_is_told_of_from_the_asking_until_it_is_used(letter, monkeypatch):
    ask_for_code(letter=letter)
    assert receipt_code_mailing(letter) == Mailing.ON_ITS_WAY

    monkeypatch.setattr("letters.codes.secrets.randbelow", lambda _: 123456)
    mail_due()
    assert receipt_code_mailing(letter) == Mailing.MAILED

    unlock(letter=letter, digits="123456")
    assert receipt_code_mailing(letter) is None


def test_a_code_for_the_receipt_that_is_no_longer_good_is_not_told_of(letter, time_machine):
    ask_for_code(letter=letter)
    mail_due()

    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    assert receipt_code_mailing(letter) is None


def test_a_code_for_the_receipt_that_was_given_up_is_not_told_of(letter):
    ask_for_code(letter=letter)
    letter.notices.update(gave_up_at=timezone.now())

    assert receipt_code_mailing(letter) is None


@pytest.mark.parametrize(
    ("error", "mailing"),
    [(Unavailable, Mailing.NOT_TAKEN), (RecipientRefused, Mailing.REFUSED)],
)
def test_a_code_for_the_receipt_that_does_not_arrive_is_told_as_it_stands(
    letter, mail_with, error, mailing
):
    mail_due()
    ask_for_code(letter=letter)
    mail_with(error)

    assert receipt_code_mailing(letter) == mailing


def test_an_address_refuses_mail_if_it_refused_the_last_one(letter, mail_with):
    mail_with(RecipientRefused)
    order_again(letter=letter, kind=Notice.Kind.COPY)
    assert refuses_mail(letter)

    mail_due()
    assert not refuses_mail(letter)

    letter.notices.filter(kind="copy").update(refused_at=timezone.now())
    assert refuses_mail(letter)


def test_an_address_that_was_never_written_to_refuses_nothing(letter):
    assert not refuses_mail(letter)
