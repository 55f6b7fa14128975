"""The send counts: true, with every zero, and nothing added that differs."""

import pytest

from letters.desk.counting import GROUPS, HEADINGS, TO_LOOK_AT, send_counts_of
from letters.models import Letter
from letters.states import Reason, State
from tests.factories import make_campaign, make_delivery, make_letter, make_prisoner

pytestmark = pytest.mark.django_db


def count(campaign, destination="rehearsal"):
    return send_counts_of(campaign=campaign, destination=destination)


def make_confirmed(state_of_house=State.ACCEPTED, **changes):
    letter = make_letter()
    make_delivery(letter=letter, seat="HWY00", state=state_of_house, **changes)
    for seat in ("SWY01", "SWY02"):
        make_delivery(letter=letter, seat=seat, state=State.NEEDS_SUPPORTER)
    return letter


def test_every_seat_and_state_is_there_without_any_letter():
    counts = count(make_campaign())

    assert len(counts.seats) == 541
    assert len(counts.states) == 56
    assert counts.letters == counts.offices.letters == counts.offices_written_to == 0


def test_a_letter_counts_once_and_its_offices_each():
    letter = make_confirmed()

    counts = count(letter.signatory.campaign)

    assert counts.letters == 1
    assert counts.offices.letters == counts.offices_written_to == 3
    assert (counts.offices.accepted, counts.offices.needs_supporter) == (1, 2)
    assert counts.seats["HWY00"].accepted == 1
    wyoming = next(state for state in counts.states if state.state == "WY")
    assert (wyoming.letters, wyoming.offices.letters) == (1, 3)


def test_a_letter_without_its_code_is_not_counted():
    letter = make_letter()

    counts = count(letter.signatory.campaign)

    assert counts.letters == counts.offices.letters == 0


def test_a_letter_taken_back_before_its_code_is_not_counted():
    letter = make_letter()
    letter.deliveries.update(state=State.WITHDRAWN)

    assert count(letter.signatory.campaign).offices.withdrawn == 0


def test_rehearsal_and_live_are_counted_apart():
    letter = make_confirmed()

    counts = count(letter.signatory.campaign, destination="live")

    assert counts.letters == counts.offices.letters == 0


def test_an_erased_person_still_counts():
    letter = make_confirmed()
    letter.signatory.erased_at = letter.created_at
    letter.signatory.identity, letter.signatory.email_hash = None, ""
    letter.signatory.save()

    assert count(letter.signatory.campaign).letters == 1


@pytest.mark.parametrize("state", [State.ACCEPTED, State.SELF_REPORTED, State.HANDED_OVER])
def test_accepted_self_reported_and_by_hand_are_never_added(state):
    letter = make_confirmed(state_of_house=state)

    tally = count(letter.signatory.campaign).seats["HWY00"]

    names = ("accepted", "self_reported", "by_hand")
    assert sorted(getattr(tally, name) for name in names) == [0, 0, 1]


def test_every_state_but_the_unconfirmed_one_has_exactly_one_column():
    counted = [state for states in GROUPS.values() for state in states]

    assert sorted(counted) == sorted(set(State) - {State.AWAITING_CODE})
    assert list(HEADINGS) == ["letters", *GROUPS]


def test_the_personal_share_of_a_seat_is_of_all_its_letters():
    for likeness in ("personal", "edited", "form"):
        letter = make_confirmed()
        letter.likeness = likeness
        letter.save()

    seats = count(letter.signatory.campaign).seats

    assert (seats["HWY00"].letters, seats["HWY00"].personal) == (3, 1)
    assert seats["HWY00"].personal_share == 33
    assert seats["HTX01"].personal_share is None


def test_troubles_are_grouped_by_reason_the_largest_first():
    for _ in range(2):
        letter = make_confirmed(state_of_house=State.FAILED, reason=Reason.REFUSED)
    make_confirmed(state_of_house=State.UNCERTAIN, reason=Reason.NO_ANSWER)

    troubles = count(letter.signatory.campaign).troubles

    failed = [(trouble.reason, trouble.number) for trouble in troubles if trouble.state == "failed"]
    assert failed == [("refused", 2)]
    assert [trouble.number for trouble in troubles] == [6, 2, 1]
    assert {trouble.state for trouble in troubles} <= set(TO_LOOK_AT)


def test_an_office_that_hears_of_a_person_twice_has_heard_one_story():
    campaign = make_confirmed().signatory.campaign
    people = [make_prisoner(campaign, name) for name in ("Aaa Told", "Bbb Told")]
    for prisoner in (*people, people[0]):
        Letter.objects.filter(id=make_confirmed().id).update(prisoner=prisoner)

    stories = count(campaign).stories

    assert (stories["HWY00"], stories.get("HTX01")) == (2, None)


def test_the_number_of_queries_does_not_grow_with_the_letters(django_assert_num_queries):
    letter = make_confirmed()
    for _ in range(5):
        make_confirmed()

    with django_assert_num_queries(5):
        count(letter.signatory.campaign)
