"""Refresh, back button, repeated POST: one letter, and no screen without the one ahead of it."""

import pytest

from campaign.models import Campaign
from letters.models import Letter
from letters.submission import confirm_with_code


@pytest.mark.parametrize(
    "screen", ["find/offices/", "letter/", "letter/preview/", "you/", "confirm/"]
)
def test_a_screen_opened_first_leads_to_the_first_one(supporter, screen):
    assert supporter.get(screen).url == supporter.url("find/")


def test_a_skipped_screen_leads_to_itself(supporter):
    supporter.walk_to("letter")

    assert supporter.get("you/").url == supporter.url("letter/")


def test_the_same_post_twice_is_one_letter(supporter):
    supporter.walk_to("confirm")

    assert supporter.sign().url == supporter.url("confirm/")
    assert Letter.objects.count() == 1


def test_the_back_button_after_the_last_screen_leads_to_the_same_letter(supporter):
    supporter.walk_to("confirm")

    for screen in ("find/offices/", "letter/", "you/"):
        assert supporter.get(screen).url == supporter.url("confirm/")
    assert Letter.objects.count() == 1


def test_the_back_button_after_the_code_leads_to_the_same_receipt(supporter):
    receipt = supporter.confirm()

    assert supporter.sign().url == supporter.url("confirm/")
    assert supporter.get("confirm/").url == receipt
    assert supporter.enter("000000").url == receipt
    assert Letter.objects.count() == 1


def test_a_letter_can_be_begun_afresh_at_the_address(supporter):
    supporter.walk_to("confirm")

    supporter.find()

    assert supporter.get("find/offices/").status_code == 200
    assert supporter.get("confirm/").url == supporter.url("offices/").replace(
        "offices", "find/offices"
    )


def test_nothing_typed_stays_in_the_session_after_the_code(supporter):
    supporter.confirm()

    kept = supporter.client.session["journey:may-21"]
    assert set(kept) == {"letter", "submitted", "settled", "ended"}


@pytest.mark.parametrize("screen", ["find/", "confirm/"])
def test_nothing_typed_stays_here_after_the_letter_was_confirmed_elsewhere(supporter, screen):
    supporter.walk_to("confirm")
    letter = Letter.objects.get()
    confirm_with_code(letter=letter, digits=supporter.mailed_code())

    supporter.get(screen)

    kept = supporter.client.session["journey:may-21"]
    assert not {"typed", "address", "text"} & set(kept)


def test_a_code_entered_after_the_session_ended_leads_to_the_mail(supporter):
    supporter.walk_to("confirm")
    supporter.client.cookies.clear()

    supporter.enter("000000")

    assert "open the link in our mail" in supporter.get("find/").content.decode()


def test_the_language_changes_after_the_session_ended_too(supporter):
    supporter.walk_to("letter")
    supporter.client.cookies.clear()

    supporter.client.post(
        supporter.url("letter/"), {"language": "be", "next": supporter.url("letter/")}
    )

    assert supporter.client.cookies["django_language"].value == "be"


def test_nothing_personal_stands_in_an_address(supporter):
    seen = [supporter.find().url, supporter.tick().url, supporter.write().url, supporter.sign().url]

    assert seen == [
        supporter.url(each) for each in ("find/offices/", "letter/", "you/", "confirm/")
    ]


WRONG = {
    "find/": {"street": "12 Oak Street", "zip": "8200"},
    "find/offices/": {"seats": []},
    "find/state/": {"state": ""},
    "letter/": {"own_words": "Hi", "subject": "Free them all", "statement": ""},
    "you/": {"first_name": "Alena", "last_name": "", "email": "alena@", "visibility": "private"},
    "confirm/": {"code": "12"},
    "confirm/email/": {"email": "alena@"},
}
AHEAD = {"letter/": "letter", "you/": "you"} | {
    **dict.fromkeys(("find/offices/", "find/state/"), "offices"),
    **dict.fromkeys(("confirm/", "confirm/email/"), "confirm"),
}


@pytest.fixture(params=WRONG)
def refused(request, supporter):
    """A screen on which something wrong has just been typed, and the answer to that POST."""
    screen = request.param
    if screen in AHEAD:
        supporter.walk_to(AHEAD[screen])
    return screen, supporter.client.post(supporter.url(screen), WRONG[screen])


def test_what_is_wrong_leads_back_to_its_own_page(supporter, refused):
    screen, answer = refused

    assert (answer.status_code, answer.url) == (302, supporter.url(screen))


def test_the_page_shows_what_was_typed_with_its_errors(supporter, refused):
    screen, _ = refused

    form = supporter.get(screen).context["form"]

    assert form.errors
    assert {name: form[name].value() for name in WRONG[screen]} == WRONG[screen]


def test_a_refresh_shows_no_old_errors_and_repeats_nothing(supporter, refused):
    screen, _ = refused
    supporter.get(screen)

    assert not supporter.get(screen).context["form"].errors


def test_errors_of_one_page_show_on_no_other(supporter):
    supporter.walk_to("you")
    supporter.client.post(supporter.url("letter/"), WRONG["letter/"])

    assert not supporter.get("you/").context["form"].errors
    assert not supporter.get("letter/").context["form"].errors


def test_a_page_that_is_right_by_now_still_waits_for_its_button(supporter):
    """What was refused is only shown: a GET goes on to nothing."""
    supporter.walk_to("you")
    session = supporter.client.session
    session["refused"] = {
        "path": supporter.url("letter/"),
        "typed": {"own_words": ["My cousin is in prison."], "subject": ["Free them all"]},
        "field": None,
        "error": "",
    }
    session.save()

    assert supporter.get("letter/").status_code == 200


def test_no_end_of_a_campaign_is_the_answer_to_a_post(supporter):
    supporter.walk_to("you")
    Campaign.objects.update(state="closed")

    answer = supporter.client.post(supporter.url("you/"), WRONG["you/"])

    assert (answer.status_code, answer.url) == (302, supporter.url("you/"))


def test_what_is_posted_after_the_session_ended_is_kept(supporter):
    supporter.walk_to("letter")
    supporter.client.cookies.clear()

    posted = supporter.client.post(supporter.url("letter/"), {"own_words": "I was born there."})

    assert posted.url == supporter.url("find/")
    assert "Your own words are kept." in supporter.get("find/").content.decode()
    supporter.find()
    supporter.tick()
    assert supporter.get("letter/").context["form"]["own_words"].value() == "I was born there."


def test_a_statement_posted_after_the_session_ended_does_not_count_as_edited(supporter):
    supporter.walk_to("letter")
    supporter.client.cookies.clear()

    supporter.client.post(
        supporter.url("letter/"), {"statement": "Of yesterday.", "subject": "Old"}
    )

    supporter.find()
    supporter.tick()
    form = supporter.get("letter/").context["form"]
    assert form["statement"].value() == form.fresh.statement


def test_it_is_said_that_a_changed_statement_did_not_outlive_the_session(supporter):
    supporter.walk_to("letter")
    supporter.client.cookies.clear()

    supporter.client.post(supporter.url("letter/"), {"statement": "Mine."})

    assert "those changes are gone" in supporter.get("find/").content.decode()


def test_what_is_posted_after_another_tab_went_on_is_kept(supporter):
    supporter.walk_to("letter")
    supporter.get("letter/")
    supporter.find(street="1 Another Street")

    supporter.client.post(supporter.url("letter/"), {"own_words": "I was born there."})

    supporter.tick()
    assert supporter.get("letter/").context["form"]["own_words"].value() == "I was born there."
