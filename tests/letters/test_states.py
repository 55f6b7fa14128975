"""A state changes only through the one table."""

from uuid import uuid4

import pytest
from django.utils import timezone

from letters.models import Delivery
from letters.states import BY_A_PERSON, BY_ITSELF, NotAllowed, State, check_allowed
from tests.factories import make_delivery

ALL_STEPS = [(before, after) for before in State for after in State]


def in_state(state: str) -> Delivery:
    leased = {"lease_token": uuid4(), "lease_until": timezone.now()}
    return make_delivery(state=state, **(leased if state == State.SENDING else {}))


def taking(after: str) -> dict:
    return {"lease_token": uuid4()} if after == State.SENDING else {}


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["", "supporter", "organizer"])
@pytest.mark.parametrize(("before", "after"), ALL_STEPS)
def test_a_delivery_takes_every_step_of_the_table_and_no_other(before, after, by):
    allowed = set(BY_ITSELF.get(before, ()))
    allowed |= BY_A_PERSON.get(before, set()) if by == "organizer" else set()
    delivery = in_state(before)

    if after in allowed:
        delivery.move(after, by=by, **taking(after))
    else:
        with pytest.raises(NotAllowed):
            delivery.move(after, by=by, **taking(after))

    expected = after if after in allowed else before
    assert Delivery.objects.get(id=delivery.id).state == expected


@pytest.mark.parametrize("before", [State.UNCERTAIN, State.FAILED])
def test_what_is_uncertain_or_failed_moves_only_by_a_person(before):
    assert before not in BY_ITSELF
    assert BY_A_PERSON[before]


@pytest.mark.parametrize("end", [State.ACCEPTED, State.HANDED_OVER, State.WITHDRAWN])
def test_an_end_is_an_end_for_a_person_too(end):
    for after in State:
        with pytest.raises(NotAllowed):
            check_allowed(end, after, by_a_person=True)


def test_a_step_that_somebody_else_took_first_is_refused(db):
    delivery = make_delivery()
    stale = Delivery.objects.get(id=delivery.id)
    delivery.move(State.WITHDRAWN)

    with pytest.raises(NotAllowed):
        stale.move(State.NEEDS_SUPPORTER)
    assert Delivery.objects.get(id=delivery.id).state == State.WITHDRAWN
