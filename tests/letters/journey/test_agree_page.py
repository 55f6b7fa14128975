"""The page that asks where a letter goes when its office is not as it was."""

import pytest
from django.core import mail
from django.test import Client

from letters.models import Delivery
from letters.notices import mail_due, tell_of_hold
from letters.states import Reason, State
from representatives.congress import lookup_day
from representatives.models import Snapshot, Term
from tests.letters.journey.conftest import text_of
from tests.letters.test_agreeing import NEW, take_over


@pytest.fixture
def receipt(supporter) -> str:
    """The path of a receipt; the representative of its writer has left, and Ann Lee came."""
    path = supporter.confirm()
    hold(Reason.MEMBER_CHANGED)
    take_over("HWY00")
    return path


def hold(reason: str) -> None:
    Delivery.objects.filter(seat="HWY00").update(state=State.HELD, reason=reason)


def house() -> Delivery:
    return Delivery.objects.get(seat="HWY00")


def page_of(receipt: str) -> str:
    return f"{receipt}offices/{house().id}/seat/"


def test_the_receipt_and_the_mail_lead_there(client, receipt):
    tell_of_hold(house())
    mail_due()

    assert page_of(receipt) in client.get(receipt).content.decode()
    assert page_of(receipt) in mail.outbox[-1].body
    assert "Whom you wrote to no longer holds this seat." in mail.outbox[-1].body
    assert "The organizers look into it" not in text_of(client.get(receipt))


def test_what_a_fact_holds_asks_nobody(client, receipt):
    hold(Reason.FACT_CHANGED)
    tell_of_hold(house())
    mail_due()

    assert page_of(receipt) not in client.get(receipt).content.decode()
    assert "The organizers look into it" in mail.outbox[-1].body
    assert client.get(page_of(receipt)).url == receipt


def test_the_page_says_who_left_and_who_came(client, receipt):
    text = text_of(client.get(page_of(receipt)))

    assert "Harriet M. Hageman no longer holds this seat." in text
    assert "Ann Lee" in text
    assert "Nothing goes there before you say so." in text


def test_a_get_agrees_to_nothing(client, receipt):
    client.get(page_of(receipt))

    assert house().state == State.HELD


def test_a_yes_sets_the_letter_off(client, receipt):
    answer = client.post(page_of(receipt), {"seat": "HWY00"}, follow=True)

    assert house().member_id == NEW
    assert house().state in {State.WAITING, State.NEEDS_SUPPORTER}
    assert "We have a question for you" not in text_of(answer)


def test_a_second_yes_changes_nothing(client, receipt):
    client.post(page_of(receipt), {"seat": "HWY00"})
    before = house().changed_at

    answer = client.post(page_of(receipt), {"seat": "HWY00"})

    assert (answer.url, house().changed_at) == (receipt, before)


def test_without_a_choice_the_page_asks_again(client, receipt):
    answer = client.post(page_of(receipt), {}, follow=True)

    assert "Choose the district that is yours" in text_of(answer)
    assert house().state == State.HELD


def test_it_can_be_taken_back_for_this_office_alone(client, receipt):
    client.post(page_of(receipt), {"take_back": "1"})

    assert (house().state, house().reason) == (State.WITHDRAWN, Reason.TAKEN_BACK)
    assert not Delivery.objects.exclude(seat="HWY00").filter(state=State.WITHDRAWN).exists()


def test_a_vacant_seat_can_only_be_waited_for(client, receipt):
    Term.objects.filter(member=NEW).delete()

    text = text_of(client.get(page_of(receipt)))

    assert "Nobody holds this seat at the moment." in text
    assert "Yes, my letter goes there" not in text


def test_before_the_new_congress_is_known_the_page_says_when_to_come_back(client, receipt):
    Snapshot.objects.filter(kind="roster").update(covers_until=lookup_day())

    assert "Please come back in a few days" in text_of(client.get(page_of(receipt), follow=True))


def test_a_hand_off_to_somebody_who_left_leads_there(client, receipt):
    Delivery.objects.filter(seat="HWY00").update(state=State.NEEDS_SUPPORTER, reason="")
    hand_off = f"{receipt}offices/{house().id}/"
    assert client.get(hand_off).url == page_of(receipt)

    answer = client.post(page_of(receipt), {"seat": "HWY00"})

    assert answer.url == hand_off
    assert "Dear Representative Lee," in client.get(hand_off).content.decode()


def test_the_page_is_its_writers_alone(receipt):
    assert Client().get(page_of(receipt)).url == f"{receipt}code/"
    assert Client().post(page_of(receipt), {"take_back": "1"}).url == f"{receipt}code/"
    assert house().state == State.HELD
