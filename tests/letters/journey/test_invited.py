"""A form on an organization's own site, and a link with its code: credited, and nobody tracked."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from campaign.models import Campaign, Signatory
from campaign.presenting import numbers_of
from tests.factories import make_organization, make_participation
from tests.letters.journey.conftest import ADDRESS, Supporter, text_of

POSTED = {"street": "2101 Capitol Ave", "zip": "82001"}
FORM = "/may-21/find/invited-by/inviter/"


@pytest.fixture
def inviter(campaign):
    inviter = make_organization(name="The Inviter", slug="inviter")
    make_participation(campaign, inviter)
    return inviter


@pytest.fixture
def browser(inviter, campaign):
    """One that guards its forms as a real one does."""
    return Client(enforce_csrf_checks=True)


def fields_of(answer) -> dict:
    """What a browser would send of the page's own form."""
    page = answer.content.decode()
    form = page[
        page.index("<form", page.index("<main")) : page.index("</form>", page.index("<main"))
    ]
    inputs = re.findall(r"<input[^>]*>", form)
    found = {}
    for each in inputs:
        value = re.search(r'value="([^"]*)"', each)
        found[re.search(r'name="([^"]*)"', each)[1]] = value[1] if value else ""
    return found


def action_of(answer) -> str:
    _, _, main = answer.content.decode().partition("<main")
    return re.search(r'<form[^>]*action="([^"]*)"', main)[1]


def test_it_answers_with_the_first_screen_filled_in(browser):
    answer = browser.post(FORM, POSTED)

    assert answer.status_code == 200
    fields = fields_of(answer)
    assert (fields["street"], fields["zip"]) == ("2101 Capitol Ave", "82001")
    assert (fields["from"], action_of(answer)) == ("inviter", "/may-21/find/")


def spoken_by(answer) -> str:
    return re.search(r'<html lang="(\w+)">', answer.content.decode())[1]


def test_it_answers_in_the_language_of_the_form(browser):
    answer = browser.post(FORM, POSTED | {"language": "be"}, headers={"accept-language": "en"})

    assert spoken_by(answer) == "be"


def test_a_language_that_the_visitor_has_chosen_comes_first(browser):
    browser.post("/language/", {"language": "ru", "next": "/"})

    assert spoken_by(browser.post(FORM, POSTED | {"language": "be"})) == "ru"


def test_it_goes_on_in_that_language_once_the_visitor_sends_it_on(browser):
    filled = fields_of(browser.post(FORM, POSTED | {"language": "be"}))
    assert "django_language" not in browser.cookies

    browser.post("/may-21/find/", filled)

    assert spoken_by(browser.get("/may-21/find/offices/")) == "be"


def test_a_language_that_is_chosen_meanwhile_stays(browser):
    filled = fields_of(browser.post(FORM, POSTED | {"language": "be"}))
    browser.post("/language/", {"language": "ru", "next": "/"})

    browser.post("/may-21/find/", filled)

    assert spoken_by(browser.get("/may-21/find/offices/")) == "ru"


def test_a_form_without_a_language_chooses_none(browser):
    filled = fields_of(browser.post(FORM, POSTED))
    browser.post("/may-21/find/", filled)

    assert "django_language" not in browser.cookies


def test_a_language_that_nobody_speaks_here_changes_nothing(browser):
    answer = browser.post(FORM, POSTED | {"language": "xx"}, headers={"accept-language": "ru"})

    assert spoken_by(answer) == "ru"


def test_an_address_chooses_no_language(browser):
    answer = browser.post(f"{FORM}?language=be", POSTED, headers={"accept-language": "ru"})

    assert spoken_by(answer) == "ru"


def test_nothing_is_kept_before_the_visitor_sends_it_on(browser):
    answer = browser.post(FORM, POSTED)

    assert "sessionid" not in answer.cookies
    assert not Session.objects.exists()
    assert "no-store" in answer["Cache-Control"]


def test_a_page_of_anybodys_cannot_write_into_a_session(browser):
    answer = browser.post(FORM, POSTED | {"language": "be", "next": "/"})

    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert not Session.objects.exists()


def test_the_visitor_sends_it_on_with_a_token_of_the_page(browser):
    filled = fields_of(browser.post(FORM, POSTED))

    assert browser.post("/may-21/find/", filled).url == "/may-21/find/offices/"

    del filled["csrfmiddlewaretoken"]
    assert browser.post("/may-21/find/", filled).status_code == 403


def test_what_was_posted_is_shown_as_text(browser):
    page = browser.post(FORM, {"street": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page


def test_the_organization_is_credited_when_the_letter_is_written(client, supporter, inviter):
    client.post("/may-21/find/", ADDRESS | {"from": "inviter"})
    supporter.tick()
    supporter.write()
    supporter.sign()

    assert supporter.letter.signatory.source == "inviter"


@pytest.mark.parametrize("way", ["form", "link"])
def test_who_comes_that_way_is_counted_in_the_organizations_numbers(campaign, inviter, way):
    for number in range(5):
        visitor = Supporter(Client(), campaign)
        visitor.email = f"visitor{number}@example.org"
        if way == "link":
            visitor.get("?from=inviter")
            visitor.find()
        else:
            visitor.client.post("/may-21/find/", fields_of(visitor.client.post(FORM, POSTED)))
        visitor.tick()
        visitor.write()
        visitor.sign()
        told = str(numbers_of(organization=inviter, campaign=campaign, for_organizer=False).invited)
        assert told == "fewer than 5"
        visitor.enter(visitor.mailed_code())

    numbers = numbers_of(organization=inviter, campaign=campaign, for_organizer=False)
    assert str(numbers.invited) == "5"


def test_an_organization_that_takes_no_part_is_credited_with_nobody(client, supporter):
    make_organization(slug="stranger")
    filled = fields_of(client.post("/may-21/find/invited-by/stranger/", POSTED))
    client.post("/may-21/find/", filled)
    supporter.tick()
    supporter.write()
    supporter.sign()

    assert Signatory.objects.get().source == ""


def test_another_language_or_a_reload_keeps_who_invited(supporter, inviter):
    assert supporter.client.get(FORM).url == "/may-21/find/"

    supporter.walk_to("confirm")

    assert supporter.letter.signatory.source == "inviter"


def test_a_form_that_was_left_standing_after_the_end_says_so(supporter, inviter):
    Campaign.objects.update(closes_at=timezone.now())

    assert "This campaign is over" in text_of(supporter.client.post(FORM, POSTED, follow=True))


def test_of_a_campaign_that_is_a_draft_there_is_no_form(client, campaign):
    Campaign.objects.update(state="draft")

    assert client.post(FORM, POSTED).status_code == 404


@pytest.mark.parametrize("code", ["inviter", "stranger", ""])
def test_whose_link_it_was_does_not_stay_in_the_address(client, inviter, code):
    assert client.get(f"/may-21/?from={code}").url == "/may-21/"
