"""The admin's lists and actions: what they show, what they change, what they refuse."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from campaign.models import Visibility
from letters.models import Delivery, Destination, Letter
from letters.states import State
from tests.factories import (
    make_campaign,
    make_delivery,
    make_identity,
    make_letter,
    make_signatory,
)
from tests.letters.desk.acting import act, listed, told
from tests.logins import make_login, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_login("olga", organizer=True))
    return client


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_every_list_opens(organizer, model):
    make_delivery(state=State.FAILED)

    response = listed(organizer, f"{model._meta.app_label}_{model._meta.model_name}")

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("retry", State.FAILED, State.WAITING),
        ("retry", State.HELD, State.WAITING),
        ("mark_accepted", State.UNCERTAIN, State.ACCEPTED),
        ("hand_to_supporter", State.WAITING, State.NEEDS_SUPPORTER),
        ("give_up", State.WAITING, State.FAILED),
    ],
)
def test_an_action_moves_the_delivery_and_is_logged(organizer, action, before, after):
    delivery = make_delivery(state=before)

    act(organizer, "letters_delivery", action, delivery)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.changed_by) == (after, "olga")
    assert LogEntry.objects.get().object_id == str(delivery.id)


def test_what_the_table_forbids_is_refused_in_a_sentence(organizer):
    delivery = make_delivery(state=State.ACCEPTED)

    response = act(organizer, "letters_delivery", "retry", delivery)

    assert told(response) == ["HWY00: a delivery that is 'accepted' cannot become 'waiting'."]
    assert not LogEntry.objects.exists()


def test_one_refusal_does_not_stop_the_others(organizer):
    letter = make_letter()
    make_delivery(letter=letter, seat="SWY01", state=State.ACCEPTED)
    failed = make_delivery(letter=letter, seat="HWY00", state=State.FAILED)

    act(organizer, "letters_delivery", "retry", *letter.deliveries.all())

    failed.refresh_from_db()
    assert failed.state == State.WAITING


def test_handing_over_asks_first_and_keeps_when_and_by_whom(organizer):
    delivery = make_delivery(state=State.FAILED)

    asked = act(organizer, "letters_delivery", "hand_over", delivery)
    delivery.refresh_from_db()
    assert "By whom" in asked.content.decode()
    assert delivery.state == State.FAILED

    answers = {"handed_over": "yes", "on": "2026-05-21", "by_whom": "A. V."}
    act(organizer, "letters_delivery", "hand_over", delivery, **answers)
    delivery.refresh_from_db()
    assert delivery.state == State.HANDED_OVER
    assert "on 2026-05-21 by A. V." in LogEntry.objects.get().get_change_message()


def test_nothing_was_handed_over_tomorrow(organizer):
    delivery = make_delivery(state=State.FAILED)

    answers = {"handed_over": "yes", "on": "2999-01-01", "by_whom": "A. V."}
    response = act(organizer, "letters_delivery", "hand_over", delivery, **answers)

    assert "still to come" in response.content.decode()


def test_who_may_only_see_deliveries_decides_nothing(client):
    delivery = make_delivery(state=State.FAILED)
    client.force_login(make_staff("view_delivery"))

    act(client, "letters_delivery", "retry", delivery)

    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_a_delivery_is_found_by_its_seat(organizer):
    letter = make_letter()

    found = listed(organizer, "letters_delivery", q="hwy00").context["cl"].result_list

    assert {delivery.seat_id for delivery in found} == {"HWY00"}
    assert letter.deliveries.count() == 3


def test_a_delivery_shows_what_was_sent_and_the_evidence(organizer):
    delivery = make_delivery(state=State.FAILED)
    delivery.submitted_text = "<CWC>exactly</CWC>"
    delivery.save(update_fields=["submitted_text"])
    attempt = delivery.attempts.create(number=1, channel="house_cwc")
    attempt.evidence = "<Errors>no such office</Errors>"
    attempt.save()

    page = organizer.get(
        reverse("admin:letters_delivery_change", args=[delivery.id])
    ).content.decode()

    assert "&lt;CWC&gt;exactly" in page
    assert "no such office" in page
    assert 'name="_save"' not in page


def test_a_letter_shows_its_own_words(organizer):
    letter = make_letter()
    letter.own_words, letter.has_own_words = "My aunt is in prison.", True
    letter.save()

    page = organizer.get(reverse("admin:letters_letter_change", args=[letter.id]))

    assert "My aunt is in prison." in page.content.decode()
    assert "untouched: as the appeal has it" in page.content.decode()


@pytest.mark.parametrize("model", ["letters_letter", "campaign_signatory", "letters_delivery"])
def test_no_list_shows_who_somebody_is(organizer, model):
    person = make_identity(first_name="Zoe", last_name="Unseen", email="zoe@example.org")
    make_letter(person=person, visibility=Visibility.FULL)

    page = listed(organizer, model).content.decode()

    assert not any(name in page for name in ("Zoe", "Unseen", "zoe@example.org"))


def test_the_signatorys_own_page_shows_who_they_are(organizer):
    signatory = make_signatory(campaign=make_campaign(), person=make_identity(last_name="Seen"))

    page = organizer.get(reverse("admin:campaign_signatory_change", args=[signatory.id]))

    assert "Seen" in page.content.decode()
    assert signatory.email_hash not in page.content.decode()


def test_a_signatory_is_found_by_the_exact_address_and_only_by_post(organizer):
    letter = make_letter(person=make_identity(email="Nina@example.org"))
    page, link = reverse("admin:find_signatory"), str(letter.signatory_id)

    assert link in organizer.post(page, {"email": "nina@Example.org "}).content.decode()
    assert link not in organizer.post(page, {"email": "nin@example.org"}).content.decode()
    assert link not in organizer.get(page, {"email": "nina@example.org"}).content.decode()


def test_who_may_not_see_signatories_finds_nobody(client):
    client.force_login(make_staff("view_delivery"))

    assert client.get(reverse("admin:find_signatory")).status_code == 403


def test_a_route_by_mail_says_who_agreed_to_it(organizer):
    response = organizer.post(
        reverse("admin:letters_route_add"),
        {"seat": "HWY00", "way": "email", "email": "staff@mail.house.gov"},
    )

    assert "This way needs it." in response.content.decode()


@pytest.mark.parametrize("model", [Letter, Delivery])
def test_nobody_deletes_what_was_written(organizer, model):
    make_delivery(state=State.FAILED)
    row = model.objects.first()

    page = reverse(f"admin:letters_{model._meta.model_name}_delete", args=[row.pk])

    assert organizer.post(page, {"post": "yes"}).status_code == 403


def test_an_organizer_ends_the_rest_of_a_gateway(organizer):
    row = Destination.objects.create(
        name="house_cwc", failures=4, rests_until=timezone.now() + timedelta(hours=1)
    )

    act(organizer, "letters_destination", "ask_again", row)

    row.refresh_from_db()
    assert (row.failures, row.rests_until) == (0, None)
