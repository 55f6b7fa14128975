"""Screen 0, and what stands around it."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from campaign.models import Campaign
from tests.environment import ROOT
from tests.factories import make_delivery, make_letter, make_organization, make_participation
from tests.letters.journey.conftest import text_of

# Bytes, with everything that it loads, as they go over the line.
LIGHT = 60_000


def test_the_first_page_is_the_only_public_campaign(client, campaign):
    assert client.get("/").url == "/may-21/"


def test_several_public_campaigns_are_listed(client, campaign):
    Campaign.objects.create(
        slug="other",
        name="The other one",
        state="rehearsal",
        responsible=campaign.responsible,
        contact_email="other@example.org",
    )

    assert "The other one" in text_of(client.get("/"))


def test_the_first_page_is_light(client, campaign):
    page = client.get("/may-21/").content
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    assert len(files) >= 4
    loaded = [page, *((ROOT / "static" / name).read_bytes() for name in files)]
    assert sum(len(gzip.compress(each)) for each in loaded) < LIGHT


def test_a_draft_is_nobodys_business(client, campaign):
    Campaign.objects.update(state="draft")

    assert client.get("/may-21/").status_code == 404
    assert "No campaign is open" in text_of(client.get("/"))


def test_the_page_says_what_is_asked_by_whom_and_whether_it_is_safe(client, campaign):
    page = text_of(client.get("/may-21/"))

    assert campaign.ask in page
    assert "Is it safe for me and my family?" in page
    assert all(each.name in page for each in campaign.signing_organizations)
    assert "Rehearsal: nothing reaches Congress" in page


def test_four_letters_are_too_few_to_be_counted_in_public(client, campaign):
    for _ in range(4):
        make_delivery(letter=make_letter(campaign=campaign))
    assert client.get("/may-21/").context["counts"].letters is None
    cache.clear()

    make_delivery(letter=make_letter(campaign=campaign))

    counts = client.get("/may-21/").context["counts"]
    assert (counts.letters, counts.states, counts.offices) == (5, None, None)


def test_letters_without_their_code_are_not_counted(client, campaign):
    for _ in range(6):
        make_letter(campaign=campaign)

    assert client.get("/may-21/").context["counts"].letters is None


def test_a_campaign_that_is_over_says_so_and_takes_no_address(supporter):
    Campaign.objects.update(closes_at=timezone.now() - timedelta(days=1))

    assert "This campaign is over" in text_of(supporter.get(""))
    assert "This campaign is over" in text_of(supporter.find())


def test_a_campaign_that_is_live_elsewhere_is_not_open_here(supporter):
    Campaign.objects.update(state="live", closes_at=timezone.now() + timedelta(days=1))

    assert "not open yet" in text_of(supporter.get(""))


def test_a_live_campaign_carries_no_rehearsal_banner(supporter, settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    Campaign.objects.update(state="live", closes_at=timezone.now() + timedelta(days=1))

    page = text_of(supporter.get(""))

    assert "Write my letter" in page
    assert "Rehearsal" not in page


def test_the_inviting_organization_is_remembered(supporter):
    baza = make_organization(slug="inviter")
    make_participation(supporter.campaign, baza)
    supporter.get("?from=inviter")

    supporter.walk_to("confirm")

    assert supporter.letter.signatory.source == "inviter"


def test_an_organization_that_takes_no_part_invites_nobody(supporter):
    make_organization(slug="stranger")
    supporter.get("?from=stranger")

    supporter.walk_to("confirm")

    assert supporter.letter.signatory.source == ""


def test_whoever_only_looks_gets_no_cookie(client, campaign):
    assert not client.get("/may-21/").cookies


def test_a_page_that_was_just_shown_asks_the_database_nothing(
    client, campaign, django_assert_num_queries
):
    client.get("/may-21/")

    with django_assert_num_queries(0):
        assert campaign.ask in text_of(client.get("/may-21/"))


def test_each_reader_gets_their_own_language(client, campaign):
    for asked in ("be", "en", "be"):
        page = client.get("/may-21/", headers={"accept-language": asked})

        assert f'<html lang="{asked}">' in page.content.decode()


def test_a_change_shows_after_two_seconds(client, campaign):
    with time_machine.travel("2026-07-01 12:00:00Z", tick=False) as clock:
        client.get("/may-21/")
        Campaign.objects.update(ask="Speak up for all of them.")
        clock.shift(timedelta(seconds=3))

        assert "Speak up for all of them." in text_of(client.get("/may-21/"))


def test_a_letter_is_counted_after_a_minute(client, campaign):
    with time_machine.travel("2026-07-01 12:00:00Z", tick=False) as clock:
        client.get("/may-21/")
        for _ in range(5):
            make_delivery(letter=make_letter(campaign=campaign))
        clock.shift(timedelta(seconds=30))
        assert client.get("/may-21/").context["counts"].letters is None
        clock.shift(timedelta(seconds=31))

        assert client.get("/may-21/").context["counts"].letters == 5


def test_what_one_is_told_nobody_else_reads(supporter):
    supporter.walk_to("confirm").client.post(supporter.url("confirm/resend/"))

    told = text_of(supporter.get(""))
    others = text_of(Client().get(supporter.url("")))

    assert "A new code is on its way." in told
    assert "A new code is on its way." not in others


def test_what_one_was_told_before_hides_no_news(supporter):
    supporter.get("")
    supporter.walk_to("confirm").client.post(supporter.url("confirm/resend/"))

    assert "A new code is on its way." in text_of(supporter.get(""))


PUBLIC = ["", "privacy/", "contact/", "abroad/"]


@pytest.fixture
def zipping(supporter, settings):
    """Asks as a browser does, on a server: a laptop compresses everything."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "gzip" not in each]
    return partial(supporter.get, headers={"accept-encoding": "gzip, br"})


@pytest.mark.parametrize("page", PUBLIC)
def test_a_page_without_secrets_is_compressed(zipping, page):
    assert zipping(page).headers["Content-Encoding"] == "gzip"


def test_a_page_with_secrets_is_not_compressed(supporter, zipping):
    supporter.walk_to("you")

    for screen in ("find/", "find/offices/", "letter/", "letter/preview/", "you/"):
        assert "Content-Encoding" not in zipping(screen).headers


@pytest.mark.parametrize("page", PUBLIC)
def test_what_is_compressed_carries_no_token(supporter, page):
    supporter.walk_to("you")

    assert "csrfmiddlewaretoken" not in supporter.get(page).content.decode()


@pytest.mark.parametrize("page", ["privacy/", "contact/", "abroad/"])
def test_every_question_has_its_page(supporter, page):
    assert supporter.get(page).status_code == 200


def test_who_lives_abroad_has_a_text_to_pass_on(supporter):
    page = supporter.get("abroad/").content.decode()

    shared = re.search(r'id="share"[^>]*>([^<]*)<', page)[1]
    assert re.findall(r"http\S+", shared) == ["http://testserver/may-21/"]
    assert "you have written" not in page


def test_the_privacy_notice_names_who_answers_and_until_when(supporter):
    notice = text_of(supporter.get("privacy/"))

    assert supporter.campaign.responsible.name in notice
    assert "48 hours" in notice
    assert "90 days after the campaign closes" in notice


def test_the_privacy_notice_says_who_sees_a_letter(supporter):
    notice = text_of(supporter.get("privacy/"))

    assert "organizers can open a letter and see who wrote it" in notice
    assert "The offices that you choose: your name, address" in notice
    assert "neither your street nor your own words" in notice
    assert "Nobody, unless" not in notice


def test_the_privacy_notice_says_what_stays(supporter):
    notice = text_of(supporter.get("privacy/"))

    assert "an emptied entry" in notice
    assert "which organization invited you" in notice
    assert "What stays are counts" not in notice


def test_the_privacy_notice_names_every_cookie_and_what_is_passed_on(supporter):
    notice = text_of(supporter.get("privacy/"))

    assert "keep the language that you choose" in notice
    assert "title and phone number if you gave them" in notice


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(supporter):
    page = supporter.get("").content.decode()

    assert 'src="http' not in page
    assert "<style" not in page
    assert " style=" not in page


def test_the_day_is_a_calendar_file_for_everybody(supporter):
    Campaign.objects.update(delivery_at=datetime(2099, 5, 21, 13, tzinfo=UTC))

    answer = supporter.get("day.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="day.ics"'
    assert b"DTSTART;VALUE=DATE:20990521\r\n" in answer.content


def test_a_campaign_without_a_day_has_no_calendar_file(supporter):
    Campaign.objects.update(delivery_at=None)

    assert supporter.get("day.ics").status_code == 404
