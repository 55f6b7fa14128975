"""Mails to supporters: once for each occasion, tried again, given up in the end."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.models import Campaign, Fact
from letters import notices
from letters.channels.interface import Rejected, Unavailable
from letters.channels.smtp import RecipientRefused
from letters.models import Letter, Notice
from letters.models.notice import SECOND_CLICK
from letters.notices import mail_due, order_again, order_notice, tell_of, tell_of_hold
from letters.retention import erase_signatory
from letters.states import Reason, State
from representatives.models import Snapshot
from tests.factories import make_delivery, make_letter, make_prisoner

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    letter = make_letter()
    mail_due()
    mail.outbox.clear()
    return letter


@pytest.fixture
def broken_mail(monkeypatch):
    def refuse(self):
        raise smtplib.SMTPServerDisconnected("alena@example.org is unknown")

    monkeypatch.setattr(notices.EmailMessage, "send", refuse)


def test_one_occasion_is_mailed_once_however_often_it_is_ordered(letter):
    for _ in range(3):
        order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
        mail_due()

    assert len(mail.outbox) == 1


def test_what_a_worker_has_in_hand_no_other_mails(letter):
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    Notice.objects.filter(kind="receipt").update(lease_until=timezone.now() + timedelta(minutes=1))

    assert mail_due() == 0


def test_what_a_lost_worker_had_in_hand_is_mailed_after_its_lease(letter):
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    Notice.objects.filter(kind="receipt").update(lease_until=timezone.now() - timedelta(minutes=1))

    assert mail_due() == 1


def test_a_mail_that_does_not_leave_is_tried_later_and_given_up_in_the_end(letter, broken_mail):
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)

    for hours in (0, 1, 24, 47, 49):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            Notice.objects.update(due_at=timezone.now())
            assert mail_due() == 0
            given_up = letter.notices.get(kind="receipt").gave_up_at

    assert given_up
    assert letter.notices.get(kind="receipt").tries == 5


def test_a_mail_server_that_is_away_keeps_no_letter_waiting(letter, broken_mail, monkeypatch):
    for _ in range(3):
        make_letter()
    tried = []
    monkeypatch.setattr(notices, "_try_later", tried.append)

    mail_due()

    assert len(tried) == 1


def test_a_failing_mail_server_puts_no_address_into_the_log(letter, broken_mail, caplog):
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    mail_due()

    assert "SMTPServerDisconnected" in caplog.text
    assert "alena" not in caplog.text


def test_an_erased_person_gets_no_mail(letter):
    erase_signatory(letter.signatory)
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)

    assert mail_due() == 0
    assert mail.outbox == []


def test_one_kind_of_mail_is_not_asked_for_without_end(letter):
    asked = [order_again(letter=letter, kind=Notice.Kind.COPY, anew=True) for _ in range(8)]

    assert asked.count(True) == notices.IN_AN_HOUR


@pytest.mark.parametrize("kind", [Notice.Kind.RECEIPT_CODE, Notice.Kind.COPY])
def test_a_second_click_is_the_same_order_also_where_its_mail_has_left(letter, time_machine, kind):
    for _ in range(2):
        assert order_again(letter=letter, kind=kind)
        mail_due()
    assert len(mail.outbox) == 1

    time_machine.move_to(timezone.now() + SECOND_CLICK)
    assert order_again(letter=letter, kind=kind)
    mail_due()

    assert len(mail.outbox) == 2


def test_a_live_installation_mails_nothing_for_rehearsal_letters(letter, settings):
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    settings.LIVE, settings.DELIVERY_MODE = True, "live"

    assert mail_due() == 0


def test_an_address_that_no_mailer_takes_keeps_nobody_waiting(letter, monkeypatch):
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    other = make_letter()
    send = notices.EmailMessage.send

    def refuse_the_odd_one(self):
        if self.to == [letter.signatory.person.email]:
            raise ValueError("an address that nobody can write to")
        return send(self)

    monkeypatch.setattr(notices.EmailMessage, "send", refuse_the_odd_one)
    mail_due()

    assert [each.to for each in mail.outbox] == [[other.signatory.person.email]]
    assert letter.notices.get(kind="receipt").mailed_at is None


def test_an_hour_later_a_mail_may_be_asked_for_again(letter, time_machine):
    for _ in range(8):
        order_again(letter=letter, kind=Notice.Kind.RECEIPT_CODE, anew=True)
    assert not order_again(letter=letter, kind=Notice.Kind.RECEIPT_CODE, anew=True)

    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    assert order_again(letter=letter, kind=Notice.Kind.RECEIPT_CODE)


class TestAnOfficeThatNeedsTheSupporter:
    @pytest.fixture(autouse=True)
    def needing(self, letter):
        self.delivery = make_delivery(
            letter=letter, state=State.NEEDS_SUPPORTER, reason=Reason.TOO_LONG, channel="hand_off"
        )
        order_notice(letter=letter, kind=Notice.Kind.NEEDS_SUPPORTER, occasion="HWY00")

    def test_is_told_of_with_the_reason_the_text_and_the_links(self, letter):
        mail_due()

        body = mail.outbox[0].body
        assert "Representative for Wyoming" in body
        assert str(Reason.TOO_LONG.label) in body
        assert "Dear Representative Hageman," in body
        assert letter.receipt_token in body
        assert "https://hageman.house.gov" in body

    def test_is_told_of_again_when_it_needs_them_again(self):
        mail_due()
        self.delivery.move(State.WAITING)
        self.delivery.move(State.NEEDS_SUPPORTER)
        tell_of(self.delivery, Notice.Kind.NEEDS_SUPPORTER)

        mail_due()

        assert len(mail.outbox) == 2

    def test_is_not_told_to_send_what_somebody_freed_has_made_untrue(self, letter, settings):
        make_prisoner(letter.signatory.campaign, "Now Free", released=True).letters.add(letter)
        Campaign.objects.update(state="live", closes_at=timezone.now() + timedelta(days=9))
        Letter.objects.update(destination="live")
        Fact.objects.update(reviewed_at=timezone.now())
        Snapshot.objects.accept_age(by="organizer")
        settings.LIVE, settings.DELIVERY_MODE = True, "live"

        mail_due()

        assert mail.outbox == []

    def test_is_not_told_of_where_nothing_is_left_to_do(self):
        self.delivery.move(State.SELF_REPORTED, by="supporter")

        mail_due()

        assert mail.outbox == []


def test_what_is_held_is_told_of_with_the_reason(letter):
    held = make_delivery(letter=letter, state=State.HELD, reason=Reason.FACT_CHANGED)
    tell_of_hold(held)

    mail_due()

    assert str(Reason.FACT_CHANGED.label) in mail.outbox[0].body
    assert "Dear" not in mail.outbox[0].body


def test_two_workers_never_mail_the_same_notice():
    """A claim that asked other rows as well would be decided before the other worker's is seen."""
    order_notice(letter=make_letter(), kind=Notice.Kind.RECEIPT)
    with CaptureQueriesContext(connection) as asked:
        mail_due()
    claims = [each["sql"] for each in asked if '"tries" = (' in each["sql"]]
    assert claims
    assert not [sql for sql in claims if "SELECT" in sql]


def test_over_smtp_a_mail_keeps_to_a_time_limit_of_its_own(letter, monkeypatch, settings):
    sent = []
    settings.EMAIL_BACKEND = notices.SMTP
    monkeypatch.setattr(notices.SmtpMailer, "send", lambda self, mail, begin: sent.append(mail.to))
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)

    assert mail_due() == 1
    assert sent == [[letter.signatory.person.email]]
    assert timedelta(seconds=notices.SECONDS) < notices.LEASE


class TestOverSmtp:
    @pytest.fixture(autouse=True)
    def answering(self, letter, monkeypatch, settings, caplog):
        caplog.set_level("INFO")
        settings.EMAIL_BACKEND = notices.SMTP
        self.notice = order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
        self.asked = []

        def answer(error):
            def send(mailer, mail, begin):
                self.asked.append(mail)
                raise error(Reason.REFUSED, evidence=mail.to[0])

            monkeypatch.setattr(notices.SmtpMailer, "send", send)
            mail_due()
            self.notice.refresh_from_db()

        self.answer = answer

    def test_an_address_that_refuses_for_good_is_tried_once(self, letter, time_machine, caplog):
        self.answer(RecipientRefused)
        time_machine.move_to(timezone.now() + timedelta(hours=3))
        mail_due()

        assert self.notice.refused_at
        assert not self.notice.mailed_at
        assert len(self.asked) == 1
        assert "was refused" in caplog.text
        assert letter.signatory.person.email not in caplog.text

    @pytest.mark.parametrize("error", [Rejected, Unavailable])
    def test_any_other_trouble_is_tried_again(self, time_machine, error):
        self.answer(error)
        time_machine.move_to(timezone.now() + timedelta(hours=3))
        mail_due()

        assert not self.notice.refused_at
        assert len(self.asked) == 2

    def test_after_a_refusal_the_next_person_is_mailed_at_once(self):
        order_notice(letter=make_letter(), kind=Notice.Kind.RECEIPT)

        self.answer(RecipientRefused)

        assert len({mail.to[0] for mail in self.asked}) == 2

    def test_a_refused_mail_holds_no_later_one_back(self, letter):
        self.answer(RecipientRefused)
        held = make_delivery(letter=letter, state=State.HELD, reason=Reason.FACT_CHANGED)
        tell_of_hold(held)
        letter.notices.filter(kind="held").update(refused_at=timezone.now())
        held.move(State.WAITING)
        held.move(State.HELD, reason=Reason.FACT_CHANGED)

        tell_of_hold(held)

        assert letter.notices.unsettled().filter(kind="held").count() == 1
