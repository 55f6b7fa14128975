"""How a contact form stands: opened by a person, tried with one letter, left alone when broken."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters.channels.webform.recipe import By, Kind, Recipe, Step
from letters.models import Attempt, ContactForm, Route
from letters.standing import BREAKS, close_form, forms_of, health_of, obstacle_now, open_form
from letters.states import Reason, State
from representatives.models import Seat
from tests.factories import make_contact_form, make_delivery, make_letter

pytestmark = pytest.mark.django_db

SEAT = "SWY01"
ACCEPTED, UNCERTAIN = Attempt.Outcome.ACCEPTED, Attempt.Outcome.UNCERTAIN


@pytest.fixture
def live(settings):
    """Live, with letters of a live campaign."""
    settings.LIVE, settings.DELIVERY_MODE = True, "live"


@pytest.fixture
def delivery():
    return make_delivery(seat=SEAT)


def form():
    return forms_of(Seat.objects.filter(code=SEAT))[SEAT]


def came_of(delivery, *outcomes: str, how: str = "plain", destination: str = "rehearsal") -> None:
    delivery.letter.destination = destination
    delivery.letter.save()
    for outcome in outcomes:
        Attempt.objects.create(
            delivery=delivery,
            number=delivery.attempts.count() + 1,
            channel="contact_form",
            how=how,
            outcome=outcome,
        )


def test_a_seat_without_a_recipe_has_no_form():
    assert forms_of(Seat.objects.filter(code="SWY02")) == {}


def test_a_quarantined_form_without_a_good_recipe_is_none():
    make_contact_form(SEAT, recipe=None, quarantine="not YAML")
    assert forms_of(Seat.objects.filter(code=SEAT)) == {}


def test_in_a_rehearsal_a_form_takes_letters_without_being_opened():
    make_contact_form(SEAT)
    assert form().obstacle == Reason.NONE


def test_live_a_form_takes_no_letter_before_a_person_has_opened_it(live):
    row = make_contact_form(SEAT)
    assert form().obstacle == Reason.FORM_NOT_OPENED

    open_form(row, by="olga")
    assert form().obstacle == Reason.NONE

    close_form(row)
    assert form().obstacle == Reason.FORM_NOT_OPENED


def test_live_the_first_letter_that_is_not_accepted_closes_the_form_to_the_others(delivery, live):
    row = make_contact_form(SEAT)
    open_form(row, by="olga")

    came_of(delivery, UNCERTAIN, destination="live")

    assert form().obstacle == obstacle_now(form()) == Reason.FORM_RESTS


@pytest.fixture
def on_its_way():
    """A letter that has begun to leave: its worker has not come back, or never will."""
    delivery = make_delivery(
        letter=make_letter(), seat=SEAT, state=State.SENDING, lease_token=uuid4()
    )
    came_of(delivery, "", destination="live")


def test_live_nobody_leaves_before_it_is_known_what_came_of_the_first_letter(on_its_way, live):
    open_form(make_contact_form(SEAT), by="olga")
    assert obstacle_now(form()) == Reason.BUSY
    assert form().obstacle == Reason.NONE


def test_live_a_form_that_was_closed_meanwhile_is_closed(on_its_way, live):
    make_contact_form(SEAT)
    assert obstacle_now(form()) == Reason.FORM_NOT_OPENED


def test_live_a_form_that_has_taken_a_letter_is_waited_for_no_more(delivery, on_its_way, live):
    open_form(make_contact_form(SEAT), by="olga")
    came_of(delivery, ACCEPTED, destination="live")
    assert obstacle_now(form()) == Reason.NONE


def test_in_a_rehearsal_nobody_waits_for_a_first_letter(on_its_way):
    make_contact_form(SEAT)
    assert obstacle_now(form()) == Reason.NONE


def test_live_a_form_that_has_taken_a_letter_is_given_up_after_several(delivery, live):
    open_form(make_contact_form(SEAT), by="olga")

    came_of(delivery, ACCEPTED, *[UNCERTAIN] * (BREAKS - 1), destination="live")
    assert form().obstacle == Reason.NONE

    came_of(delivery, UNCERTAIN, destination="live")
    assert form().obstacle == Reason.FORM_RESTS


def test_one_that_is_accepted_in_between_clears_the_name(delivery):
    make_contact_form(SEAT)
    came_of(delivery, *[UNCERTAIN] * (BREAKS - 1), ACCEPTED, *[UNCERTAIN] * (BREAKS - 1))
    assert form().obstacle == Reason.NONE


@pytest.mark.parametrize("outcome", ["", Attempt.Outcome.UNAVAILABLE])
def test_what_did_not_leave_says_nothing_of_the_form(delivery, outcome):
    make_contact_form(SEAT)
    came_of(delivery, *[outcome] * 5)
    assert form().obstacle == Reason.NONE


def test_what_another_channel_did_says_nothing_of_the_form(delivery):
    make_contact_form(SEAT)
    came_of(delivery, *[UNCERTAIN] * 5, how="")
    assert form().obstacle == Reason.NONE


def test_a_new_recipe_gets_a_new_trial(delivery):
    row = make_contact_form(SEAT)
    came_of(delivery, *[UNCERTAIN] * BREAKS)
    assert form().obstacle == Reason.FORM_RESTS

    ContactForm.objects.filter(pk=row.pk).update(changed_at=timezone.now())

    assert form().obstacle == Reason.NONE


def test_a_person_may_let_it_try_again(delivery):
    row = make_contact_form(SEAT)
    came_of(delivery, *[UNCERTAIN] * BREAKS)

    open_form(row, by="olga")

    assert form().obstacle == Reason.NONE


def test_a_page_that_no_longer_fits_takes_no_letter():
    make_contact_form(SEAT, trouble="The field #city is gone.")
    assert form().obstacle == Reason.FORM_CHANGED


def test_a_way_that_organizers_have_paused_takes_no_letter():
    make_contact_form(SEAT)
    later = timezone.now() + timedelta(hours=1)
    Route.objects.create(seat_id=SEAT, way=Route.Way.FORM, paused_until=later)
    assert form().obstacle == Reason.PAUSED


def test_the_engine_that_has_worked_is_used_again(delivery):
    make_contact_form(SEAT)
    assert form().by == By.PLAIN

    came_of(delivery, ACCEPTED, how="browser")

    assert form().by == By.BROWSER


def test_rehearsal_letters_say_nothing_of_the_live_form(delivery, live):
    open_form(make_contact_form(SEAT), by="olga")
    came_of(delivery, *[UNCERTAIN] * BREAKS, destination="rehearsal")
    assert form().obstacle == Reason.NONE


def test_the_health_of_all_forms_takes_two_queries(delivery):
    rows = [make_contact_form(seat) for seat in ("SWY01", "SWY02", "STX01")]
    came_of(delivery, UNCERTAIN)
    came_of(make_delivery(letter=make_letter(), seat="SWY02"), ACCEPTED)

    with CaptureQueriesContext(connection) as queries:
        health = health_of(rows)

    assert len(queries) == 2
    assert [each.bad for each in health.values()] == [1, 0, 0]
    assert [each.accepted for each in health.values()] == [0, 1, 0]


def test_a_recipe_survives_the_database():
    recipe = Recipe(
        bioguide="B001261",
        steps=(Step(Kind.VISIT, value="https://www.barrasso.senate.gov/contact"),),
        success="Thank you",
        by=By.BROWSER,
        why="It is built by a script.",
    )
    make_contact_form(SEAT, recipe=recipe)
    assert form().recipe == recipe
