"""What a supporter can do from the receipt."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from letters import receipt
from letters.models import Delivery, Letter, Notice
from letters.notices import mail_due
from letters.states import NotAllowed, Reason, State
from representatives.models import Term
from tests.factories import make_campaign, make_delivery, make_letter

pytestmark = pytest.mark.django_db


def test_a_receipt_link_opens_its_letter_and_no_other():
    letter = make_letter()

    assert Letter.objects.by_receipt(letter.receipt_token) == letter
    with pytest.raises(Letter.DoesNotExist):
        Letter.objects.by_receipt(letter.receipt_token[:-1] + "!")


def test_a_new_version_makes_older_receipt_links_void():
    letter = make_letter()
    Letter.objects.filter(id=letter.id).update(receipt_version=2)

    with pytest.raises(Letter.DoesNotExist):
        Letter.objects.by_receipt(letter.receipt_token)


def test_a_fresh_code_opens_the_receipt_once():
    letter = make_letter()
    receipt.ask_for_code(letter=letter)
    mail_due()
    digits = re.search(r"\d{6}", mail.outbox[-1].body)[0]

    assert receipt.unlock(letter=letter, digits=digits)
    assert not receipt.unlock(letter=letter, digits=digits)


def test_a_reported_letter_is_self_reported_and_never_accepted():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)

    receipt.report_finished(delivery=delivery)

    assert delivery.state == State.SELF_REPORTED
    assert "1,171 political prisoners" in delivery.submitted_text


def test_a_report_can_be_undone():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)
    receipt.report_finished(delivery=delivery)

    receipt.undo_report(delivery=delivery)

    assert (delivery.state, delivery.submitted_text) == (State.NEEDS_SUPPORTER, None)


def test_an_accepted_letter_cannot_be_reported():
    with pytest.raises(NotAllowed):
        receipt.report_finished(delivery=make_delivery(state=State.ACCEPTED))


def test_only_what_has_not_left_is_taken_back():
    letter = make_letter()
    make_delivery(letter=letter, seat="HWY00", state=State.ACCEPTED)
    make_delivery(letter=letter, seat="SWY01", state=State.WAITING)
    make_delivery(letter=letter, seat="SWY02", state=State.NEEDS_SUPPORTER)

    assert receipt.withdraw(letter=letter) == 2
    assert letter.deliveries.filter(state=State.ACCEPTED).count() == 1


def test_a_hand_off_has_everything_ready_for_the_form():
    delivery = make_delivery(seat="SWY02", state=State.NEEDS_SUPPORTER)

    ready = receipt.hand_off(delivery)

    assert ("Last name", "Škłoŭ") in ready.fields
    assert ready.message.startswith("Dear Senator Lummis,")
    assert ready.page.url.startswith("https://www.lummis.senate.gov")


def test_where_no_form_is_known_the_home_page_is_named_as_such():
    ready = receipt.hand_off(make_delivery(seat="HWY00", state=State.NEEDS_SUPPORTER))

    assert (ready.page.is_form, ready.page.url) == (False, "https://hageman.house.gov")


def test_a_copy_is_mailed_with_what_every_office_gets():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)

    receipt.mail_copy(letter=delivery.letter)
    mail_due()

    assert "Dear Representative Hageman," in mail.outbox[-1].body
    assert delivery.letter.notices.get(kind=Notice.Kind.COPY).mailed_at


def test_a_hand_off_counts_days_to_today_whatever_the_campaigns_day(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    day = timezone.now() + timedelta(days=100)
    campaign = make_campaign(state="live", delivery_at=day, closes_at=day + timedelta(days=9))
    delivery = make_delivery(letter=make_letter(campaign=campaign), state=State.NEEDS_SUPPORTER)
    days = f"{(timezone.localdate() - date(2023, 2, 9)).days:,} days since"

    assert days in receipt.hand_off(delivery).message
    receipt.report_finished(delivery=delivery)
    assert days in delivery.submitted_text


def test_an_office_that_was_quicker_does_not_keep_the_others(monkeypatch):
    letter = make_letter()
    for seat in ("HWY00", "SWY01"):
        make_delivery(letter=letter, seat=seat)
    move = Delivery.move

    def too_late_for_the_house(self, after, **changes):
        if self.seat_id == "HWY00":
            raise NotAllowed("it has left")
        move(self, after, **changes)

    monkeypatch.setattr(Delivery, "move", too_late_for_the_house)

    assert receipt.withdraw(letter=letter) == 2


def test_a_letter_for_somebody_who_left_is_not_to_be_finished():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)
    assert receipt.hand_off_obstacle(delivery) == ""

    Term.objects.filter(seat="HWY00").delete()

    assert receipt.hand_off_obstacle(delivery) == Reason.MEMBER_CHANGED
