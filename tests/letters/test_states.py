"""A state changes only through the one table."""

import pytest

from letters.models import Delivery
from letters.states import BY_A_PERSON, BY_ITSELF, NotAllowed, State, check_allowed
from tests.factories import make_delivery

ALL_STEPS = [(before, after) for before in State for after in State]


@pytest.mark.parametrize(("before", "after"), ALL_STEPS)
def test_the_machine_takes_every_step_of_its_table_and_no_other(before, after):
    if after in BY_ITSELF.get(before, ()):
        check_allowed(before, after)
    else:
        with pytest.raises(NotAllowed):
            check_allowed(before, after)


@pytest.mark.parametrize("before", [State.UNCERTAIN, State.FAILED])
def test_what_is_uncertain_or_failed_moves_only_by_a_person(before):
    for after in BY_A_PERSON[before]:
        check_allowed(before, after, by_a_person=True)
        with pytest.raises(NotAllowed):
            check_allowed(before, after)


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
