"""Campaigns, appeals, facts and organizations in the admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from campaign.models import Campaign, Organization, Prisoner
from tests.factories import make_campaign, make_letter, make_organization, make_prisoner
from tests.letters.desk.acting import act, told
from tests.logins import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_login("olga", organizer=True))
    return client


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


def test_a_reviewed_story_gets_an_expiry_and_another_one_is_to_be_reviewed_again(organizer):
    person = make_prisoner(make_campaign(), "Somebody Inside", reviewed_at=None)

    act(organizer, "campaign_prisoner", "mark_reviewed", person)

    person.refresh_from_db()
    assert person.reviewed_at and person.reviewed_by and person.expires_at
    page = reverse("admin:campaign_prisoner_change", args=[person.pk])
    organizer.post(page, filled_in(organizer.get(page)) | {"story": "Ill."})
    person.refresh_from_db()
    assert (person.story, person.reviewed_at, person.reviewed_by) == ("Ill.", None, "")


def test_a_story_explained_in_another_language_stays_reviewed(organizer):
    person = make_prisoner(make_campaign(), "Somebody Inside")
    page = reverse("admin:campaign_prisoner_change", args=[person.pk])

    organizer.post(page, filled_in(organizer.get(page)) | {"story_be": "Яна хворая."})

    before, person = person, Prisoner.objects.get(pk=person.pk)
    assert (person.story_be, person.reviewed_at) == ("Яна хворая.", before.reviewed_at)


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


def test_of_a_used_appeal_only_the_call_may_change(organizer):
    appeal = make_letter().appeal

    form = organizer.get(reverse("admin:campaign_appeal_change", args=[appeal.pk])).context[
        "adminform"
    ]

    assert set(form.form.fields) == {"call_script", "call_meaning_be", "call_meaning_ru"}


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


def test_organizers_write_the_prompts_on_the_campaigns_own_page(organizer):
    campaign = make_campaign()
    address = reverse("admin:campaign_campaign_change", args=[campaign.pk])
    shown = organizer.get(address).context
    data = dict(shown["adminform"].form.initial.items())
    for formset in shown["inline_admin_formsets"]:
        data |= {
            f"{formset.formset.prefix}-{key}": value
            for key, value in formset.formset.management_form.initial.items()
        }
        for form in formset.formset.initial_forms:
            data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    data["prompts-0-sentence"] = "I am a teacher of ___."
    data |= {"delivery_at_0": "2027-05-21", "delivery_at_1": "09:00:00"}

    answer = organizer.post(
        address, {key: value for key, value in data.items() if value is not None}
    )

    assert answer.status_code == 302
    assert campaign.prompts.first().sentence == "I am a teacher of ___."
