"""The office is not as it was: nothing goes anywhere before its writer has said so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters.agreeing import agree, question_for, take_back
from letters.delivery import deliver_due
from letters.models import Attempt, Delivery
from letters.states import NotAllowed, Reason, State
from letters.submission import ChosenSeat
from representatives.congress import lookup_day
from representatives.models import Member, Snapshot, Term
from tests.factories import make_delivery, make_identity, make_letter, make_state_map, numbers

pytestmark = pytest.mark.django_db
NEW = "N000001"


@pytest.fixture(autouse=True)
def no_geocoder(settings):
    settings.LOOKUP_PROVIDERS = {"zip_table": settings.LOOKUP_PROVIDERS["zip_table"]}


def take_over(seat: str) -> None:
    """Ann Lee holds that seat since today."""
    Member.objects.create(bioguide=NEW, first_name="Ann", last_name="Lee", official_name="Ann Lee")
    terms = Term.objects.filter(seat=seat)
    today, term = lookup_day(), terms.latest("start")
    terms.update(end=today)
    term.pk, term.member_id, term.start = None, NEW, today
    term.end = today + timedelta(days=500)
    term.save()


@pytest.fixture
def held(channel) -> Delivery:
    """Its member has left, and Ann Lee came."""
    delivery = make_delivery(resolved_by="zip")
    take_over("HWY00")
    deliver_due()
    delivery.refresh_from_db()
    return delivery


@pytest.fixture
def from_austin(channel) -> Delivery:
    """Chosen among the districts of a ZIP code in Texas."""
    member = Term.objects.sitting(lookup_day()).get(seat="HTX37").member_id
    letter = make_letter(
        person=make_identity(city="Austin", state="TX", zip="78701"),
        state="TX",
        district="TX-37",
        seats=(ChosenSeat("HTX37", member, "choice"),),
    )
    return make_delivery(letter=letter, seat="HTX37")


def new_lines(*districts: int) -> None:
    """78701 lies there, by a map that is loaded after the letter was written."""
    made = make_state_map("TX", {"78701": districts}, congress=119)
    later = timezone.now() + timedelta(seconds=next(numbers))
    Snapshot.objects.filter(pk=made.snapshot_id).update(loaded_at=later)


def now_is(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(id=delivery.id)


def test_nobody_is_asked_where_nothing_has_changed():
    assert question_for(make_delivery(state=State.NEEDS_SUPPORTER)) is None
    assert question_for(make_delivery(seat="SWY01")) is None


def test_who_holds_the_seat_today_is_offered(held):
    question = question_for(held)

    assert (question.reason, question.is_choice) == (Reason.MEMBER_CHANGED, False)
    assert [str(seat.sitting_term.member) for seat in question.offers] == ["Ann Lee"]


def test_once_agreed_the_letter_goes_to_the_new_member_once(held, channel):
    agree(delivery=held, seat="HWY00")

    deliver_due()

    assert (now_is(held).state, now_is(held).member_id) == (State.ACCEPTED, NEW)
    [(_, text)] = channel.sent
    assert "Representative Lee" in text


def test_nobody_agrees_twice(held):
    agree(delivery=held, seat="HWY00")

    with pytest.raises(NotAllowed):
        agree(delivery=held, seat="HWY00")


def test_nobody_agrees_to_an_office_that_was_not_offered(held):
    with pytest.raises(NotAllowed):
        agree(delivery=held, seat="HTX10")


def test_nobody_agrees_to_a_seat_that_is_vacant(held):
    Term.objects.filter(member=NEW).delete()

    assert question_for(held).offers[0].sitting_term is None
    with pytest.raises(NotAllowed):
        agree(delivery=held, seat="HWY00")


def test_where_the_roster_ends_with_the_congress_there_is_nothing_to_ask_yet(held):
    Snapshot.objects.filter(kind="roster").update(covers_until=lookup_day())

    question = question_for(held)

    assert (question.reason, question.offers) == (Reason.NEW_CONGRESS, ())


def test_what_only_a_person_can_finish_is_theirs_at_once(held, channel):
    channel.hinders = Reason.PAUSED

    going = agree(delivery=held, seat="HWY00")

    assert (going.state, now_is(held).state) == (State.NEEDS_SUPPORTER, State.NEEDS_SUPPORTER)
    assert now_is(held).channel == "hand_off"


def test_what_its_writer_was_to_finish_stays_theirs_with_the_new_member():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER, reason=Reason.NO_GATEWAY_KEY)
    take_over("HWY00")

    agree(delivery=delivery, seat="HWY00")

    after = now_is(delivery)
    assert (after.state, after.reason) == (State.NEEDS_SUPPORTER, Reason.NO_GATEWAY_KEY)
    assert (after.member_id, after.changed_by) == (NEW, "supporter")


def test_an_address_in_another_district_is_another_delivery(from_austin, channel):
    new_lines(10)
    deliver_due()

    going = agree(delivery=now_is(from_austin), seat="HTX10")
    deliver_due()

    former = now_is(from_austin)
    assert (former.state, former.reason) == (State.WITHDRAWN, Reason.MOVED)
    assert (now_is(going).state, going.replaces_id) == (State.ACCEPTED, from_austin.id)
    from_austin.letter.signatory.refresh_from_db()
    assert from_austin.letter.signatory.district == "TX-10"
    assert len(channel.sent) == 1


def test_a_letter_comes_back_when_the_new_lines_were_a_mistake(from_austin, channel):
    new_lines(10)
    deliver_due()
    going = agree(delivery=now_is(from_austin), seat="HTX10")
    new_lines(37)
    deliver_due()
    assert now_is(going).reason == Reason.ADDRESS_ELSEWHERE

    back = agree(delivery=now_is(going), seat="HTX37")
    deliver_due()

    assert (now_is(back).state, back.replaces_id) == (State.ACCEPTED, going.id)
    assert now_is(going).state == State.WITHDRAWN
    assert len(channel.sent) == 1


def test_a_letter_does_not_come_back_to_where_it_was_tried(from_austin, channel):
    new_lines(10)
    deliver_due()
    going = agree(delivery=now_is(from_austin), seat="HTX10")
    Attempt.objects.create(delivery=from_austin, number=1, channel="fake")
    new_lines(37)
    deliver_due()

    with pytest.raises(NotAllowed):
        agree(delivery=now_is(going), seat="HTX37")

    assert now_is(going).state == State.HELD


def test_a_letter_does_not_come_back_to_where_it_was_taken_back(from_austin):
    make_delivery(
        letter=from_austin.letter,
        seat="HTX10",
        state=State.WITHDRAWN,
        reason=Reason.TAKEN_BACK,
    )
    new_lines(10)
    deliver_due()

    with pytest.raises(NotAllowed):
        agree(delivery=now_is(from_austin), seat="HTX10")


def test_on_new_lines_the_district_is_chosen_again(from_austin, channel):
    new_lines(10, 37)
    Delivery.objects.update(resolved_by="zip")
    deliver_due()
    question = question_for(now_is(from_austin))
    assert (question.reason, question.is_choice) == (Reason.CHOOSE_AGAIN, True)

    agree(delivery=now_is(from_austin), seat="HTX37")
    deliver_due()

    after = now_is(from_austin)
    assert (after.state, after.resolved_by) == (State.ACCEPTED, "choice")


def test_agreeing_does_not_hide_that_the_address_is_not_found_yet(from_austin, channel):
    take_over("HTX37")
    new_lines(10)
    deliver_due()
    new_lines(None)

    agree(delivery=now_is(from_austin), seat="HTX37")
    deliver_due()

    after = now_is(from_austin)
    assert (after.state, after.reason) == (State.WAITING, Reason.ADDRESS_UNKNOWN)


def test_what_may_have_arrived_goes_to_no_other_office(from_austin):
    new_lines(10)
    Delivery.objects.update(state=State.NEEDS_SUPPORTER)
    Attempt.objects.create(
        delivery=from_austin, number=1, channel="fake", submission_begun_at=timezone.now()
    )

    with pytest.raises(NotAllowed):
        agree(delivery=now_is(from_austin), seat="HTX10")


def test_taken_back_it_goes_nowhere(held, channel):
    take_back(delivery=held)
    deliver_due()

    assert (now_is(held).state, now_is(held).reason) == (State.WITHDRAWN, Reason.TAKEN_BACK)
    assert channel.sent == []


def test_what_may_have_arrived_is_not_called_taken_back():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)
    Attempt.objects.create(
        delivery=delivery, number=1, channel="fake", submission_begun_at=timezone.now()
    )

    with pytest.raises(NotAllowed):
        take_back(delivery=delivery)
