"""Screen 3: who they are, and only what they ticked."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from campaign.models import Appeal, Campaign
from letters.models import Destination, Letter, Notice
from letters.models.notice import SECOND_CLICK
from letters.notices import mail_due
from letters.states import Reason, State
from letters.submission import LETTERS_A_MAILBOX_GETS_CODES_FOR_IN_AN_HOUR
from tests.factories import make_organization, make_participation
from tests.letters.journey.conftest import text_of


@pytest.fixture
def at_you(supporter):
    return supporter.walk_to("you")


def test_nobody_is_shown_or_quoted_or_carried_unless_they_say_so(at_you):
    at_you.sign()

    signatory = at_you.letter.signatory
    assert signatory.visibility == "private"
    assert not signatory.may_be_quoted
    assert not signatory.may_be_carried
    assert not signatory.consents.exists()


def test_no_box_is_ticked_beforehand(at_you):
    page = at_you.get("you/").content.decode()

    assert page.count(" checked") == 1  # the radio button "not at all"


@pytest.mark.parametrize("name", ["first_name", "last_name"])
def test_a_name_that_no_office_can_read_is_refused_beside_the_field(at_you, name):
    page = at_you.sign(**{name: "Ніна"})

    assert "Latin letters" in page.context["form"].errors[name][0]
    assert list(page.context["form"].errors) == [name]


def test_only_the_ticked_organization_is_allowed(at_you):
    ticked, other = list(at_you.campaign.organizations.all())[:2]

    at_you.sign(organizations=[ticked.pk])

    assert [each.organization for each in at_you.letter.signatory.consents.all()] == [ticked]


def test_the_letters_post_asks_the_database_little(at_you, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        assert at_you.sign().status_code == 302


def test_a_second_tab_posts_the_same_letter(at_you):
    tab = Client()
    tab.cookies = at_you.client.cookies.copy()
    token = at_you.client.session["journey:may-21"]["form_token"]
    tab.get("/may-21/you/")
    at_you.sign()

    assert at_you.letter.form_token == token


def test_another_version_of_the_appeal_makes_the_letter_be_looked_at_again(at_you):
    first = at_you.campaign.appeals.get()
    Appeal.objects.create(
        campaign=at_you.campaign,
        version=2,
        subject="Another",
        opening="",
        statement="Another text.",
    )
    at_you.sign()

    # The supporter has read the first version: it is theirs now, not the second's.
    assert at_you.letter.appeal != first
    assert at_you.letter.statement.startswith(first.statement[:30])


def test_an_organization_outside_the_campaign_cannot_be_ticked(at_you):
    stranger = make_organization()

    assert at_you.sign(organizations=[stranger.pk]).status_code == 200
    assert not Letter.objects.exists()


def test_the_inviting_organization_comes_first_and_unfolded(supporter):
    inviter = make_organization(slug="inviter", name="Zzz inviter")
    make_participation(supporter.campaign, inviter)
    supporter.get("?from=inviter")

    page = supporter.walk_to("you").get("you/")

    assert [box.organization for box in page.context["inviting"]] == [inviter]
    assert inviter not in [box.organization for box in page.context["others"]]


def test_a_privacy_policy_is_linked_where_there_is_one(at_you):
    assert "Privacy policy of" not in text_of(at_you.get("you/"))

    with_policy = at_you.campaign.organizations.first()
    with_policy.consent_texts.update(policy_url="https://example.org/policy")

    page = at_you.get("you/").content.decode()
    assert page.count("Privacy policy of") == 1
    assert 'href="https://example.org/policy"' in page


def test_a_title_is_asked_where_a_gateway_needs_it(at_you):
    page = text_of(at_you.get("you/"))

    assert "Asked for by: Harriet M. Hageman, John Barrasso, Cynthia M. Lummis. No other" in page


def test_a_title_is_not_asked_where_no_gateway_reaches_the_office(supporter):
    Destination.objects.all().delete()

    assert "Title" not in text_of(supporter.walk_to("you").get("you/"))


def test_every_error_stands_beside_its_field_and_nothing_is_lost(at_you):
    answer = at_you.sign(first_name="", email="alena@", last_name="Škłoŭ", may_be_quoted="on")

    assert set(answer.context["form"].errors) == {"first_name", "email"}
    page = answer.content.decode()
    assert 'value="Škłoŭ"' in page
    assert 'value="alena@"' in page
    assert page.count(" checked") == 2


def test_a_program_that_fills_the_hidden_field_is_told_what_everybody_is_told(at_you):
    answer = at_you.sign(fax_extension="12")

    assert answer.url == at_you.url("confirm/")
    assert not Letter.objects.exists()
    assert "alena@example.org" in text_of(at_you.get("confirm/"))
    assert "That is not the code" in text_of(at_you.enter("123456"))


def test_who_is_quicker_than_anybody_reads_presses_the_button_once_more(at_you, monkeypatch):
    monkeypatch.setattr("letters.journey.SECONDS_A_PERSON_NEEDS", 60)
    assert "Nothing is lost" in text_of(at_you.sign())
    assert not Letter.objects.exists()

    monkeypatch.setattr("letters.journey.SECONDS_A_PERSON_NEEDS", 0)
    assert at_you.sign().url == at_you.url("confirm/")


def test_a_title_is_chosen_and_never_overlooked(at_you):
    assert "prefix_title" in at_you.sign(prefix_title="").context["form"].errors


def test_none_of_the_titles_makes_the_letters_hand_offs(at_you):
    at_you.sign(prefix_title="none")
    at_you.enter(at_you.mailed_code())

    reasons = at_you.letter.deliveries.values_list("state", "reason")
    assert set(reasons) == {(State.NEEDS_SUPPORTER, Reason.PREFIX_MISSING)}


def test_a_person_taken_for_a_program_can_send_it_again(at_you, monkeypatch):
    at_you.sign(fax_extension="12")

    at_you.get("confirm/email/", follow=True)

    assert at_you.sign().url == at_you.url("confirm/")
    assert Letter.objects.count() == 1


def test_a_mailbox_that_is_used_too_often_is_told_what_everybody_is_told(supporter, monkeypatch):
    monkeypatch.setitem(LETTERS_A_MAILBOX_GETS_CODES_FOR_IN_AN_HOUR, "rehearsal", 1)

    told = [_all_that_is_told(supporter.walk_to("confirm")) for _ in range(2)]

    assert told[0] == told[1]
    assert len(mail.outbox) == CODES_OF_ONE_LETTER


CODES_OF_ONE_LETTER = 6


def _all_that_is_told(supporter) -> list[str]:
    """Of wrong codes until the code is worn out, of a new address, of new codes until the last."""
    mail_due()
    answers = [supporter.get("confirm/")]
    answers += [supporter.enter("wrong1") for _ in range(2)]
    answers += [supporter.enter("000000") for _ in range(6)]
    answers += [supporter.get("confirm/email/")]
    for _ in range(7):
        Notice.objects.update(ordered_at=timezone.now() - SECOND_CLICK)
        answers.append(supporter.post("confirm/resend/", {}, follow=True))
    mail_due()
    return [f"{each.status_code} {text_of(each)}" for each in answers]


def test_a_campaign_that_closed_meanwhile_says_so(at_you):
    Campaign.objects.update(state="closed")

    assert "This campaign is over" in text_of(at_you.sign())
    assert not Letter.objects.exists()


def test_the_way_back_keeps_what_was_typed(at_you):
    assert at_you.sign(back="1", email="half@").url == at_you.url("letter/")

    assert at_you.get("you/").context["form"]["email"].value() == "half@"


@pytest.mark.parametrize(
    "email", ["a@" + "ü" * 63 + ".com", '"=?utf-8?q?=0d=0aBcc:x@y.z?="@x.org', "a\u00a0b@x.org"]
)
def test_an_address_that_no_mailer_takes_is_refused_beside_the_field(at_you, email):
    assert set(at_you.sign(email=email).context["form"].errors) == {"email"}
    assert not Letter.objects.exists()
