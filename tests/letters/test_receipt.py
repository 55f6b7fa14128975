"""What a supporter can do from the receipt."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from campaign.models import Signatory
from letters import receipt
from letters.codes import Verdict
from letters.models import Delivery, Disowning, Letter, Notice
from letters.notices import mail_due
from letters.retention import erase_what_is_over
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

    assert receipt.unlock(letter=letter, digits=digits) == Verdict.RIGHT
    assert receipt.unlock(letter=letter, digits=digits) == Verdict.WORN_OUT


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


@pytest.mark.parametrize("code_was_entered", [True, False])
def test_that_a_letter_was_disowned_is_told_once_and_outlives_it(time_machine, code_was_entered):
    letter = make_delivery().letter if code_was_entered else make_letter()
    receipt.disown(letter=letter)
    receipt.disown(letter=letter)

    time_machine.move_to(timezone.now() + timedelta(days=3))
    erase_what_is_over()

    told = Disowning.objects.get()
    assert told.code_was_entered is code_was_entered
    assert (told.campaign, told.destination) == (letter.signatory.campaign, letter.destination)
    assert Letter.objects.exists() is code_was_entered


def test_of_a_disowned_letter_nothing_says_who():
    assert {field.name for field in Disowning._meta.get_fields()} == {
        "id",
        "campaign",
        "destination",
        "at",
        "code_was_entered",
    }


def test_an_erased_letter_is_not_a_disowned_one():
    receipt.erase(letter=make_letter())

    assert not Disowning.objects.exists()


def test_a_disowned_letter_that_is_just_leaving_is_told_and_goes_after_its_outcome():
    letter = make_delivery(state=State.SENDING, lease_token=uuid4()).letter

    assert not receipt.disown(letter=letter)

    assert Disowning.objects.count() == 1
    assert Signatory.objects.get().erasure_asked_at
