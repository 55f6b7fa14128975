"""What a supporter can do from the receipt."""

import re

import pytest
from django.core import mail

from letters import receipt
from letters.models import Delivery, Letter, Notice
from letters.notices import mail_due
from letters.states import NotAllowed, State
from tests.factories import make_delivery, make_letter

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


def test_only_what_has_not_left_is_taken_back():
    letter = make_letter()
    make_delivery(letter=letter, seat="HWY00", state=State.ACCEPTED)
    make_delivery(letter=letter, seat="SWY01", state=State.WAITING)
    make_delivery(letter=letter, seat="SWY02", state=State.NEEDS_SUPPORTER)

    assert receipt.withdraw(letter=letter) == 2
    assert letter.deliveries.filter(state=State.ACCEPTED).count() == 1


def test_a_copy_is_mailed_with_what_every_office_gets():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)

    receipt.mail_copy(letter=delivery.letter)
    mail_due()

    assert "Dear Representative Hageman," in mail.outbox[-1].body
    assert delivery.letter.notices.get(kind=Notice.Kind.COPY).mailed_at


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
