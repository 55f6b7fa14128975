"""Refresh, back button, repeated POST: one letter, and no screen without the one ahead of it."""

import pytest

from letters.models import Letter


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


def test_nothing_personal_stands_in_an_address(supporter):
    seen = [supporter.find().url, supporter.tick().url, supporter.write().url, supporter.sign().url]

    assert seen == [
        supporter.url(each) for each in ("find/offices/", "letter/", "you/", "confirm/")
    ]
