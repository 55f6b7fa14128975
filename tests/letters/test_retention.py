"""Nothing is kept longer than promised."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from campaign.models import Signatory
from letters.delivery import claim
from letters.models import Arrival, Attempt, Delivery, Letter, OpenSeat
from letters.models.open_seat import Outcome
from letters.open_seats import leave_open, look_due
from letters.retention import erase_as_asked, erase_signatory, erase_what_is_over
from letters.states import State
from tests.factories import (
    make_campaign,
    make_delivery,
    make_letter,
    make_organization,
    make_prisoner,
)

pytestmark = pytest.mark.django_db


def later(time_machine, **time) -> None:
    time_machine.move_to(timezone.now() + timedelta(**time))


def settled_letter(**changes) -> Letter:
    letter = make_letter(**changes)
    for seat in ("HWY00", "SWY01", "SWY02"):
        delivery = make_delivery(letter=letter, seat=seat, state=State.ACCEPTED)
        delivery.submitted_text = "what was sent"
        delivery.save()
    return Letter.objects.get(id=letter.id)


def test_a_letter_without_its_code_is_gone_after_48_hours(time_machine):
    make_letter()

    later(time_machine, hours=47)
    erase_what_is_over()
    assert Letter.objects.count() == 1

    later(time_machine, hours=2)
    erase_what_is_over()
    assert (Letter.objects.count(), Signatory.objects.count()) == (0, 0)


def test_a_confirmed_letter_stays(time_machine):
    make_delivery()

    later(time_machine, hours=49)
    erase_what_is_over()

    assert Letter.objects.count() == 1


def test_texts_go_30_days_after_the_last_office_and_counts_stay(time_machine):
    make_campaign(delivery_at=None)
    letter = settled_letter()

    later(time_machine, days=29)
    erase_what_is_over()
    assert letter.deliveries.exclude(submitted_text=None).count() == 3

    later(time_machine, days=2)
    erase_what_is_over()
    assert letter.deliveries.exclude(submitted_text=None).count() == 0
    assert letter.deliveries.filter(state=State.ACCEPTED).count() == 3


def test_whom_a_letter_named_goes_with_its_text():
    letter = settled_letter()
    letter.named_prisoners.add(make_prisoner(letter.signatory.campaign, "A Cousin"))
    letter.frozen_facts.set(letter.appeal.facts.all())

    erase_signatory(letter.signatory)

    assert not letter.named_prisoners.exists()
    assert not letter.frozen_facts.exists()


def test_texts_stay_as_long_as_one_office_is_open(time_machine):
    make_campaign(delivery_at=None)
    letter = settled_letter()
    Delivery.objects.filter(letter=letter, seat="SWY01").update(state=State.NEEDS_SUPPORTER)

    later(time_machine, days=60)
    erase_what_is_over()

    assert Letter.objects.get(id=letter.id).text_erased_at is None


def test_texts_stay_until_30_days_after_the_delivery_day(time_machine):
    make_campaign(delivery_at=timezone.now() + timedelta(days=20))
    letter = settled_letter(organization_ids=(make_organization().id,))

    later(time_machine, days=40)
    erase_what_is_over()

    assert Letter.objects.get(id=letter.id).text_erased_at is None


def test_who_ticked_no_organization_is_forgotten_30_days_after_the_last_office(time_machine):
    letter = settled_letter()

    later(time_machine, days=31)
    erase_what_is_over()

    signatory = Signatory.objects.get(id=letter.signatory_id)
    assert (signatory.person, signatory.email_hash) == (None, "")


def test_who_ticked_an_organization_stays_until_the_campaigns_date(time_machine):
    now = timezone.now()
    make_campaign(closes_at=now + timedelta(days=10), identity_days=90)
    letter = settled_letter(organization_ids=(make_organization().id,))

    later(time_machine, days=99)
    erase_what_is_over()
    assert Signatory.objects.get(id=letter.signatory_id).person is not None

    later(time_machine, days=2)
    erase_what_is_over()
    assert Signatory.objects.get(id=letter.signatory_id).person is None
    assert letter.signatory.consents.get().withdrawn_at is None


def test_what_is_open_two_weeks_after_the_end_is_given_up(time_machine):
    make_campaign(closes_at=timezone.now() + timedelta(days=1))
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)

    later(time_machine, days=16)
    erase_what_is_over()

    assert Delivery.objects.get(id=delivery.id).state == State.FAILED


def test_erasure_empties_the_row_and_takes_back_what_has_not_left():
    letter = make_letter(organization_ids=(make_organization().id,))
    make_delivery(letter=letter, state=State.WAITING)

    assert erase_signatory(letter.signatory)

    signatory = Signatory.objects.get(id=letter.signatory_id)
    assert signatory.person is None
    assert signatory.consents.filter(withdrawn_at=None).count() == 0
    assert set(letter.deliveries.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert Letter.objects.get(id=letter.id).own_words is None


def test_erasure_while_a_letter_is_being_sent_waits_for_its_outcome():
    delivery = make_delivery(state=State.WAITING)
    delivery.move(State.SENDING, lease_token=delivery.id)

    assert not erase_signatory(delivery.letter.signatory)
    signatory = Signatory.objects.get(id=delivery.letter.signatory_id)
    assert (signatory.person is None, signatory.visibility) == (False, "private")

    delivery.move(State.ACCEPTED)
    assert erase_as_asked() == 1
    assert Signatory.objects.get(id=signatory.id).person is None


def test_what_may_have_arrived_is_not_called_withdrawn_at_erasure():
    delivery = make_delivery(state=State.WAITING)
    Attempt.objects.create(
        delivery=delivery,
        number=1,
        channel="house_cwc",
        submission_begun_at=timezone.now(),
        outcome=Attempt.Outcome.UNCERTAIN,
    )

    erase_signatory(delivery.letter.signatory)

    assert Delivery.objects.get(id=delivery.id).state == State.FAILED


def test_what_the_rehearsal_congress_got_goes_with_the_letter():
    delivery = make_delivery(state=State.ACCEPTED)
    arrival = Arrival.objects.create(
        receiver="house_cwc", delivery_key=delivery.delivery_key, status=200, body="a letter"
    )

    erase_signatory(delivery.letter.signatory)

    assert Arrival.objects.get(id=arrival.id).body is None


def test_what_a_rehearsal_form_got_goes_with_the_letter_of_its_sender():
    delivery = make_delivery(state=State.ACCEPTED)
    own = Arrival.objects.create(
        receiver="webform",
        delivery_key=delivery.letter.signatory.email_hash,
        status=200,
        body="a form",
    )
    other = Arrival.objects.create(receiver="webform", status=200, body="somebody else's")

    erase_signatory(delivery.letter.signatory)

    assert Arrival.objects.get(id=own.id).body is None
    assert Arrival.objects.get(id=other.id).body == "somebody else's"


def test_an_abandoned_session_is_gone_with_its_time():
    session = SessionStore()
    session["address"] = "2020 Carey Ave"
    session.set_expiry(-1)
    session.save()

    erase_what_is_over()

    assert not Session.objects.exists()


def test_an_erasure_in_the_middle_of_sending_waits_for_the_outcome():
    delivery = make_delivery()
    [sending] = claim()
    Attempt.objects.create(
        delivery=delivery, number=1, channel="fake", submission_begun_at=timezone.now()
    )

    assert not erase_signatory(delivery.letter.signatory)
    assert Delivery.objects.get(id=delivery.id).state == State.SENDING

    sending.move(State.ACCEPTED)
    erase_as_asked()
    delivery.letter.signatory.refresh_from_db()
    assert delivery.letter.signatory.erased_at


class TestAnOpenSeat:
    @pytest.fixture
    def letter(self) -> Letter:
        make_campaign(delivery_at=None, closes_at=timezone.now() + timedelta(days=100))
        letter = settled_letter()
        leave_open(letter)
        return letter

    def test_keeps_text_and_identity(self, letter, time_machine):
        later(time_machine, days=60)
        erase_what_is_over()

        letter.refresh_from_db()
        assert letter.text_erased_at is None
        assert letter.signatory.person is not None

    def test_settled_last_says_when_the_30_days_begin(self, letter, time_machine):
        later(time_machine, days=20)
        letter.open_seat.settle(Outcome.DECLINED)

        later(time_machine, days=29)
        erase_what_is_over()
        letter.refresh_from_db()
        assert letter.text_erased_at is None

        later(time_machine, days=2)
        erase_what_is_over()
        letter.refresh_from_db()
        assert letter.text_erased_at

    def test_settled_before_the_last_office_keeps_nothing_shorter(self, letter, time_machine):
        letter.open_seat.settle(Outcome.DECLINED)
        later(time_machine, days=20)
        letter.deliveries.filter(seat="SWY01").update(changed_at=timezone.now())

        later(time_machine, days=29)
        erase_what_is_over()

        letter.refresh_from_db()
        assert letter.text_erased_at is None

    def test_ends_with_the_campaign_and_lets_the_text_go(self, letter, time_machine):
        later(time_machine, days=101)
        look_due()

        later(time_machine, days=31)
        erase_what_is_over()

        letter.refresh_from_db()
        assert letter.text_erased_at

    def test_goes_with_the_person(self, letter):
        OpenSeat.objects.update(candidates=["HWY00"])

        erase_signatory(letter.signatory)

        left = OpenSeat.objects.get(letter=letter)
        assert (left.outcome, left.candidates) == (Outcome.TAKEN_BACK, [])
