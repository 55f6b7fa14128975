"""Screen 2, own words first: sentences to begin with, the meter, and a warning to be passed."""

import re

import pytest
from django.utils.translation import override

from campaign.models import Prompt
from letters.models import Destination, Likeness, Route
from tests.letters.journey.conftest import text_of
from tests.letters.test_likeness import SENTENCES

NAMING = "My friend Andrei Ivanou is in prison."


@pytest.fixture
def at_letter(supporter):
    return supporter.walk_to("letter")


def insert(supporter, key: str, **changes):
    answer = supporter.write(insert=key, **changes)
    assert answer.url == supporter.url("letter/") + "#id_own_words"
    return supporter.get("letter/")


def own_words(page) -> str:
    return page.context["form"]["own_words"].value()


def test_every_prompt_is_offered_with_its_english_sentence(at_letter):
    page = text_of(at_letter.get("letter/"))

    for prompt in at_letter.campaign.prompts.all():
        assert prompt.label_en in page
        assert prompt.sentence in page


def test_a_prompt_is_read_in_the_pages_language(campaign):
    prompt = campaign.prompts.get(key="matters")

    with override("be"):
        assert prompt.said_label == "Для мяне гэта важна, таму што ___."
    with override("ru"):
        assert prompt.said_label == "Для меня это важно, потому что ___."
    with override("uk"):
        assert prompt.said_label == "Why it matters to me"


def test_every_prompt_has_its_blanks_in_every_language(campaign):
    for prompt in campaign.prompts.all():
        told = (prompt.sentence, prompt.label_be, prompt.label_ru)
        assert len({text.count("___") for text in told}) == 1, prompt


def test_without_a_script_a_prompt_follows_what_was_written(at_letter):
    page = insert(at_letter, "matters", own_words="I live here.\n")

    assert own_words(page) == "I live here. This matters to me because ___."


def test_a_prompt_begins_an_empty_letter(at_letter):
    assert own_words(insert(at_letter, "matters")) == "This matters to me because ___."


def test_after_a_prompt_the_others_stay_unfolded_and_nothing_else_is_lost(at_letter):
    assert not at_letter.get("letter/").context["form"].wants_prompts

    page = insert(at_letter, "matters", subject="Free them all")

    assert page.context["form"].wants_prompts
    assert page.context["form"]["subject"].value() == "Free them all"


def test_a_prompt_of_another_campaign_is_not_inserted(at_letter):
    assert at_letter.write(own_words="I live here.", insert="nobody").url == at_letter.url("you/")


@pytest.mark.parametrize("field", ["own_words", "statement", "subject"])
def test_a_blank_that_is_left_stops_the_letter_and_says_what_to_do(at_letter, field):
    answer = at_letter.write(**{field: "This matters to me because ___."})

    assert answer.context["form"].errors[field] == [
        "Put words of your own where ___ stands, or take that sentence out."
    ]


def test_words_in_cyrillic_unfold_the_sentences_in_english(at_letter):
    answer = at_letter.write(own_words="Калі ласка, дапамажыце палітвязням у Беларусі.")

    assert "Choose from the sentences below" in answer.context["form"].errors["own_words"][0]
    assert re.search(r"<details open>\s*<summary>Sentences to begin", answer.content.decode())


def test_a_campaign_without_prompts_shows_none(at_letter):
    Prompt.objects.all().delete()

    assert "Sentences to begin with" not in at_letter.get("letter/").content.decode()


@pytest.mark.parametrize(
    ("own", "likeness"),
    [
        ("", Likeness.FORM),
        ("My aunt is in prison in Hrodna.", Likeness.EDITED),
        (SENTENCES, Likeness.PERSONAL),
    ],
)
def test_the_meter_says_what_was_written_and_the_letter_keeps_it(at_letter, own, likeness):
    at_letter.write(own_words=own)
    page = at_letter.get("letter/").content.decode()
    at_letter.sign()

    shown = [each for each in Likeness.values if f'data-says="{each}" >' in page]
    assert shown == [likeness]
    assert at_letter.letter.likeness == likeness


def test_a_name_is_asked_about_once_and_passed_by_continuing(at_letter):
    page = at_letter.write(own_words=NAMING)

    assert "It seems to name a person: Andrei Ivanou" in text_of(page)
    assert "Continue anyway" in text_of(page)
    assert own_words(page) == NAMING
    assert at_letter.write(own_words=NAMING).url == at_letter.url("you/")
    assert "Continue anyway" not in text_of(at_letter.get("letter/"))


def test_the_warning_is_shown_once(at_letter):
    at_letter.write(own_words=NAMING)

    assert "Andrei Ivanou</q>" not in at_letter.get("letter/").content.decode()


def test_another_name_is_asked_about_again(at_letter):
    at_letter.write(own_words=NAMING)

    page = at_letter.write(own_words=f"{NAMING} Call (307) 555-0123.")

    assert "It seems to hold a telephone number: (307) 555-0123" in text_of(page)
    assert at_letter.write(own_words=NAMING).url == at_letter.url("you/")


def test_the_preview_is_no_way_round_the_warning(at_letter):
    page = at_letter.write(own_words=NAMING, preview="1")

    assert "Continue anyway" in text_of(page)


def test_a_letter_that_was_only_warned_about_is_not_written(at_letter):
    at_letter.write(own_words=NAMING)

    assert at_letter.get("you/").url == at_letter.url("letter/")


def test_an_untouched_statement_is_folded_and_an_edited_one_is_not(at_letter):
    assert not at_letter.get("letter/").context["form"].shows_statement

    at_letter.write(statement="Please help them all.")

    assert at_letter.get("letter/").context["form"].shows_statement


def test_own_words_are_asked_for_before_the_statement_and_the_subject(at_letter):
    page = at_letter.get("letter/").content.decode()

    names = ["own_words", "statement", "subject"]
    assert names == sorted(names, key=lambda name: page.index(f'name="{name}"'))


def test_the_room_is_that_of_the_smallest_office(at_letter):
    page = at_letter.get("letter/")
    assert page.context["limit"] == 10_000 - len("Dear Representative Hageman,\n\n")

    by_a_form_of(1000)

    page = at_letter.get("letter/")
    assert page.context["limit"] < 1000
    assert "No chosen office has less room than Harriet M. Hageman's form." in text_of(page)


def by_a_form_of(limit: int) -> None:
    """The House's gateway knows that office no more."""
    Destination.objects.filter(name="house_cwc").update(offices=["HWY99"])
    Route.objects.create(
        seat_id="HWY00",
        way=Route.Way.FORM,
        form_url="https://hageman.house.gov/contact",
        text_limit=limit,
    )
