"""The admin's lists and actions: what they show, what they change, what they refuse."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from campaign.models import Campaign, Organization, Visibility
from letters.models import Delivery, Letter
from letters.states import State
from tests.factories import (
    make_campaign,
    make_delivery,
    make_identity,
    make_letter,
    make_organization,
    make_signatory,
)
from tests.logins import make_login, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_login("olga", organizer=True))
    return client


def listed(client, model, **query):
    return client.get(reverse(f"admin:{model}_changelist"), query)


def act(client, model, action, *rows, **answers):
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return client.post(reverse(f"admin:{model}_changelist"), chosen | answers, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


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


def test_a_campaign_that_is_not_ready_says_everything_that_is_missing(organizer):
    campaign = make_campaign()

    response = act(organizer, "campaign_campaign", "go_live", campaign)

    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.REHEARSAL
    assert any("facts are to be reviewed" in sentence for sentence in told(response))


def test_closing_a_campaign_is_logged(organizer):
    campaign = make_campaign()

    act(organizer, "campaign_campaign", "close", campaign)

    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.CLOSED
    assert LogEntry.objects.get().object_id == str(campaign.pk)


def test_a_campaigns_state_is_no_field_of_its_form(organizer):
    page = organizer.get(reverse("admin:campaign_campaign_change", args=[make_campaign().pk]))

    assert "state" not in page.context["adminform"].form.fields


def test_reviewed_facts_get_an_expiry(organizer):
    facts = make_campaign().current_appeal.facts.to_be_reviewed()

    act(organizer, "campaign_fact", "mark_reviewed", *facts)

    assert not facts.all().exists()
    assert not make_campaign().current_appeal.facts.filter(expires_at=None).exists()


def test_another_value_is_to_be_reviewed_again(organizer):
    fact = make_campaign().current_appeal.facts.filter(rule="as_written").first()
    act(organizer, "campaign_fact", "mark_reviewed", fact)

    organizer.post(
        reverse("admin:campaign_fact_change", args=[fact.pk]),
        {
            "key": fact.key,
            "value": "other",
            "rule": fact.rule,
            "as_of": fact.as_of,
            "source": fact.source,
        },
    )

    fact.refresh_from_db()
    assert (fact.value, fact.reviewed_at) == ("other", None)


def test_days_are_counted_from_a_day(organizer):
    fact = make_campaign().current_appeal.facts.filter(rule="as_written").first()

    response = organizer.post(
        reverse("admin:campaign_fact_change", args=[fact.pk]),
        {
            "key": fact.key,
            "value": "long ago",
            "rule": "days_since",
            "as_of": fact.as_of,
            "source": fact.source,
        },
    )

    assert "write the first day as YYYY-MM-DD" in response.content.decode()


def test_the_text_of_a_used_appeal_is_read_only(organizer):
    appeal = make_letter().appeal

    form = organizer.get(reverse("admin:campaign_appeal_change", args=[appeal.pk])).context[
        "adminform"
    ]

    assert not form.form.fields


def test_a_copied_appeal_is_the_next_version_with_its_reviews(organizer):
    appeal = make_campaign().current_appeal
    act(organizer, "campaign_fact", "mark_reviewed", *appeal.facts.all()[:1])

    form = act(organizer, "campaign_appeal", "copy_as_new_version", appeal)
    organizer.post(form.request["PATH_INFO"] + f"?copy={appeal.pk}", filled_in(form))

    copy = make_campaign().current_appeal
    assert (copy.version, copy.statement) == (appeal.version + 1, appeal.statement)
    assert copy.facts.count() == appeal.facts.count()
    assert copy.facts.exclude(reviewed_at=None).count() == 1


def filled_in(response) -> dict:
    """The page's form as a browser would send it back."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {
        form[name].html_name: "" if form[name].value() is None else form[name].value()
        for form in forms
        for name in form.fields
        if form[name].value() is not False
    }


def test_a_new_wording_gets_the_next_number_and_the_old_one_stays(organizer):
    organization = make_organization()
    old = organization.consent_text
    page = reverse("admin:campaign_organization_change", args=[organization.pk])
    form = filled_in(organizer.get(page))
    form |= {
        "consent_texts-TOTAL_FORMS": "2",
        "consent_texts-1-organization": organization.pk,
        "consent_texts-1-purpose": "invite me to events",
        "consent_texts-1-policy_url": "https://example.org/policy",
    }

    organizer.post(page, form)

    organization = Organization.objects.get(pk=organization.pk)
    assert (organization.consent_text.version, organization.consent_text.purpose) == (
        2,
        "invite me to events",
    )
    old.refresh_from_db()
    assert old.purpose == "send me news"


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
