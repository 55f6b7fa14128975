"""A campaign opens live only when everything in it is true."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign import opening
from campaign.models import Appeal, Campaign, ConsentText, Fact, Signatory
from campaign.opening import NotReady, close_campaign, open_live, open_rehearsal, review
from representatives.congress import sitting_day
from representatives.models import Snapshot
from tests.factories import (
    make_campaign,
    make_letter,
    make_organization,
    make_participation,
    make_prisoner,
)
from tests.letters.desk.acting import act, told
from tests.logins import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"


def ready_campaign() -> Campaign:
    campaign = make_campaign(closes_at=timezone.now() + timedelta(days=90))
    review(campaign.current_appeal.facts.all(), by="organizer")
    Snapshot.objects.accept_age(by="organizer")
    return campaign


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """The commands that opening calls, instead of the gateways themselves."""
    commands = []
    monkeypatch.setattr(opening, "call_command", lambda name, **options: commands.append(name))
    return commands


def test_opening_asks_the_gateways_for_their_offices(live, asked):
    open_live(campaign=ready_campaign(), by="organizer")

    assert asked == ["refresh_offices"]


def test_gateways_that_give_no_list_keep_nobody_from_opening(live, monkeypatch):
    def refuse(name, **options):
        raise CommandError("no list")

    monkeypatch.setattr(opening, "call_command", refuse)

    warnings = open_live(campaign=ready_campaign(), by="organizer")

    assert any("the last good ones stay" in sentence for sentence in warnings)


def read_anew(campaign: Campaign) -> Campaign:
    """As the next page sees it."""
    return Campaign.objects.get(id=campaign.id)


def test_a_ready_campaign_opens(live):
    campaign = ready_campaign()
    ConsentText.objects.update(policy_url="https://example.org/policy")
    Snapshot.objects.update(checked_at=timezone.now())
    campaign.delivery_at = None

    warnings = open_live(campaign=campaign, by="organizer")

    assert Campaign.objects.get(id=campaign.id).state == "live"
    assert warnings == ()


def test_an_organization_that_is_not_offered_is_warned_of(live):
    campaign, organization = ready_campaign(), make_organization(name="Zorka")
    make_participation(campaign, organization)
    ConsentText.objects.create(organization=organization, version=2, purpose="send me more")

    warnings = open_live(campaign=campaign, by="organizer")

    sentence = "Zorka is not offered to supporters: it has no link to its privacy policy."
    assert sentence in warnings


@pytest.mark.parametrize(("days", "warned"), [(29, False), (30, True)])
def test_facts_that_expire_by_the_delivery_day_are_warned_of(live, days, warned):
    campaign = ready_campaign()
    campaign.delivery_at = timezone.now() + timedelta(days=days)
    today = campaign.sending_day - timedelta(days=days)
    campaign.current_appeal.facts.update(expires_at=today + timedelta(days=60))
    in_thirty_days = today + timedelta(days=30)
    campaign.current_appeal.facts.filter(key="prisoners").update(expires_at=in_thirty_days)

    warnings = open_live(campaign=campaign, by="organizer")

    sentence = (
        "1 facts expire before the delivery day: review them again by then, "
        "or the letters are held."
    )
    assert (sentence in warnings) is warned


@pytest.mark.parametrize(
    ("days", "released", "warned"),
    [
        (9, False, "Stories of prisoners that expire before the delivery day: 1."),
        (11, False, ""),
        (9, True, ""),
    ],
)
def test_a_story_that_expires_by_the_delivery_day_is_warned_of(live, days, released, warned):
    campaign = ready_campaign()
    campaign.delivery_at = timezone.now() + timedelta(days=10)
    expires = campaign.sending_day + timedelta(days=days - 10)
    make_prisoner(campaign, "Somebody Inside", expires_at=expires, released=released)

    warnings = warnings_of(campaign)

    assert warned in warnings
    assert bool(warned) is ("Stories of prisoners" in warnings)


@pytest.mark.parametrize(
    ("standing", "warned"),
    [({"reviewed_at": None}, True), ({}, False), ({"reviewed_at": None, "released": True}, False)],
)
def test_a_story_that_nobody_has_reviewed_is_told_of(live, standing, warned):
    campaign = ready_campaign()
    make_prisoner(campaign, "Somebody Inside", **standing)

    assert ("Stories of prisoners that are not offered: 1." in warnings_of(campaign)) is warned


def warnings_of(campaign: Campaign) -> str:
    return " ".join(open_live(campaign=campaign, by="organizer"))


@pytest.mark.parametrize(("days", "warned"), [(7, False), (8, True)])
def test_a_roster_of_more_than_a_week_is_warned_of(live, days, warned):
    campaign = ready_campaign()
    checked = timezone.now() - timedelta(days=days)
    Snapshot.objects.update(checked_at=checked)

    assert (f"The roster is {days} days old." in warnings_of(campaign)) is warned


def test_a_table_that_waits_for_a_person_is_warned_of(live):
    campaign = ready_campaign()
    Snapshot.objects.create(kind="roster", status="proposed", as_of=date(2026, 12, 1))

    assert "A new roster of members of 2026-12-01 waits" in warnings_of(campaign)


def test_states_without_a_map_on_the_day_are_warned_of(live):
    campaign = ready_campaign()
    campaign.delivery_at = datetime(2027, 5, 21, 14, tzinfo=UTC)

    assert (
        "No map of the 120th Congress is loaded for AL, CA, FL, LA, MO, NC, OH, TN, TX, UT:"
    ) in warnings_of(campaign)


def test_a_roster_of_the_former_congress_opens_nothing(live):
    campaign = ready_campaign()
    Snapshot.objects.filter(kind="roster").update(covers_until=sitting_day(timezone.now()))

    with pytest.raises(NotReady) as refusal:
        open_live(campaign=campaign, by="organizer")

    assert "The roster in force ends with the Congress before" in str(refusal.value)


def test_the_admin_tells_the_warnings_after_opening(live, client):
    campaign, organization = ready_campaign(), make_organization(name="Zorka")
    make_participation(campaign, organization)
    organization.consent_texts.update(policy_url="")
    client.force_login(make_login("olga", organizer=True))

    response = act(client, "campaign_campaign", "go_live", campaign)

    assert f"{campaign} is live." in told(response)
    assert f"{campaign}: Zorka is not offered to supporters" in " ".join(told(response))


def test_the_appeal_as_loaded_does_not_open_live(live):
    with pytest.raises(NotReady) as refusal:
        open_live(campaign=make_campaign(), by="organizer")

    told = " ".join(refusal.value.obstacles)
    for obstacle in ("closing date", "21 facts are to be reviewed", "roster is"):
        assert obstacle in told


def test_one_unreviewed_fact_is_enough_to_stay_closed(live):
    campaign = ready_campaign()
    campaign.current_appeal.facts.filter(key="nobel_year").update(reviewed_at=None)

    with pytest.raises(NotReady):
        open_live(campaign=campaign, by="organizer")


def test_one_expired_fact_is_enough_to_stay_closed(live):
    campaign = ready_campaign()
    campaign.current_appeal.facts.filter(key="prisoners").update(expires_at=timezone.localdate())

    with pytest.raises(NotReady):
        open_live(campaign=campaign, by="organizer")


def test_a_rehearsing_installation_opens_nothing_live():
    with pytest.raises(NotReady) as refusal:
        open_live(campaign=ready_campaign(), by="organizer")

    assert "DELIVERY_MODE=live" in str(refusal.value)


def test_rehearsal_letters_end_when_the_campaign_opens(live, settings):
    settings.LIVE, settings.DELIVERY_MODE = False, "rehearsal"
    campaign = ready_campaign()
    make_letter(campaign=campaign)
    settings.LIVE, settings.DELIVERY_MODE = True, "live"

    open_live(campaign=campaign, by="organizer")

    assert Signatory.objects.count() == 0


def test_a_review_lasts_thirty_days_unless_the_organizer_said_otherwise():
    campaign = make_campaign()
    facts = Fact.objects.filter(appeal=campaign.current_appeal)
    own_date = timezone.localdate() + timedelta(days=5)
    facts.filter(key="prisoners").update(expires_at=own_date)

    review(facts.all(), by="organizer")

    assert facts.get(key="prisoners").expires_at == own_date
    assert facts.get(key="nobel_year").expires_at > own_date
    assert not facts.to_be_reviewed().exists()


def test_only_a_draft_begins_its_rehearsal():
    with pytest.raises(NotReady):
        open_rehearsal(campaign=make_campaign(), by="organizer")


def test_a_closed_campaign_has_a_closing_date():
    campaign = make_campaign()

    close_campaign(campaign=campaign, by="organizer")

    assert campaign.closes_at <= timezone.now()
    assert not campaign.takes_letters


def test_no_campaign_is_live_without_a_closing_date():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_campaign(state="live", closes_at=None)


def test_a_text_that_names_a_fact_which_is_missing_does_not_open_live(live):
    campaign = ready_campaign()
    campaign.current_appeal.facts.filter(key="prisoners").delete()

    with pytest.raises(NotReady) as refusal:
        open_live(campaign=campaign, by="organizer")

    assert "{prisoners}" in str(refusal.value)


def test_supporters_get_the_newest_version_that_can_be_shown():
    campaign = make_campaign()
    first = campaign.current_appeal
    Appeal.objects.create(
        campaign=campaign, version=2, subject="A subject", opening="", statement="{nothing}"
    )

    assert campaign.current_appeal == first


def test_a_live_campaign_shows_no_version_with_a_fact_to_be_reviewed(live):
    campaign = ready_campaign()
    open_live(campaign=campaign, by="organizer")
    second = Appeal.objects.create(
        campaign=campaign, version=2, subject="A subject", opening="", statement="All {prisoners}."
    )
    fact = Fact.objects.create(
        appeal=second, key="prisoners", value="900", as_of="2026-11-01", source="Viasna"
    )

    assert read_anew(campaign).current_appeal.version == 1
    review([fact], by="organizer")
    assert read_anew(campaign).current_appeal == second
