"""What is said in which language, before any page uses it."""

import gettext
import re
from datetime import datetime
from pathlib import Path
from string import Formatter

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format

from campaign.models import Campaign, ConsentText, Prisoner
from tests.factories import make_campaign

OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
COMPILED = Path(settings.LOCALE_PATHS[0])
PERCENT = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"</?\w+[^>]*>")
# A number and what it counts, in English and in a translation.
FILLED_IN = r"(?:%\(\w+\)[sd]|\{\w+\})"
NOUNS = "character|letter|office|state|day|hour|minute|digit|try|trie"
COUNTED = re.compile(rf"{FILLED_IN} (?:\w+ )?(?:{NOUNS})s?\b")
WORD_OF_A_NUMBER = re.compile(rf"({FILLED_IN}) ([^\W\d]{{4,}})")


def catalogue(code: str) -> dict:
    with (COMPILED / code / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return {key: said for key, said in gettext.GNUTranslations(file)._catalog.items() if key}


def is_form(key) -> bool:
    """Of a plural, under the English and the form's number."""
    return isinstance(key, tuple)


def names_in(text: str) -> set[str]:
    in_braces = {name for _, name, _, _ in Formatter().parse(text) if name}
    return set(PERCENT.findall(text)) | in_braces | set(TAG.findall(text))


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_filled_in_stands_in_every_translation(code):
    strange = [
        (key, said)
        for key, said in catalogue(code).items()
        if isinstance(key, str) and names_in(key) != names_in(said)
    ]

    assert strange == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_plural_has_four_forms(code):
    plurals = list(filter(is_form, catalogue(code)))
    forms = {form for _, form in plurals}

    assert plurals and forms == {0, 1, 2, 3}


@pytest.mark.parametrize("code", OTHERS)
def test_a_number_and_what_it_counts_stand_in_a_plural(code):
    """A limit of 2,001 asks for another form of the noun than one of 2,000."""
    bare = [key for key in catalogue(code) if isinstance(key, str) and COUNTED.search(key)]

    assert bare == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_word_after_a_number_follows_it_in_every_plural(code):
    """A sentence with two numbers can decline what one of them counts: the other stands alone."""
    said = catalogue(code)
    forms = [
        [set(WORD_OF_A_NUMBER.findall(said[english, form])) for form in (0, 2)]
        for english, form in filter(is_form, said)
        if form == 0
    ]
    stiff = [one & many for one, many in forms if one & many]

    assert stiff == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_number_that_ends_in_one_is_said_in_each_plural(code):
    """Form 0 is that of 1, 21 and 31: one that leaves the number out would say 1 for all."""
    with translation.override(code):
        said = translation.ngettext("%(tries)s try", "%(tries)s tries", 21) % {"tries": 21}

    assert "21" in said


@pytest.mark.parametrize(
    ("code", "day", "number"),
    [
        ("be", "21 мая 2027 г.", "10\xa0000"),
        ("ru", "21 мая 2027 г.", "10\xa0000"),
        ("en", "May 21, 2027", "10,000"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_does(code, day, number):
    with translation.override(code):
        assert date_format(datetime(2027, 5, 21), "DATE_FORMAT") == day
        assert number_format(10_000, force_grouping=True) == number


def test_a_campaigns_words_are_in_the_readers_language_and_english_where_none_are_written():
    campaign = Campaign(name="For them", name_be="За іх", ask="Write!", safety="Safe.")

    with translation.override("be"):
        assert (campaign.said_name, campaign.said_ask) == ("За іх", "Write!")
    with translation.override("en"):
        assert (campaign.said_name, campaign.said_account) == ("For them", "")


def test_a_box_says_its_purpose_in_the_readers_language():
    text = ConsentText(purpose="to write to me", purpose_ru="писать мне")

    with translation.override("ru"):
        assert text.said_purpose == "писать мне"
    with translation.override("be"):
        assert text.said_purpose == "to write to me"


def test_a_story_is_explained_to_those_who_do_not_read_english():
    prisoner = Prisoner(story="She is ill.", story_ru="Она больна.")

    with translation.override("ru"):
        assert prisoner.said_story == "Она больна."
    for code in ("be", "en"):
        with translation.override(code):
            assert prisoner.said_story == ""


@pytest.mark.django_db
@pytest.mark.parametrize("code", OTHERS)
def test_the_shipped_campaign_says_everything_in_each_language(code):
    campaign = make_campaign()

    for name in ("name", "ask", "safety", "account"):
        assert getattr(campaign, f"{name}_{code}"), name
    for text in ConsentText.objects.all():
        assert getattr(text, f"purpose_{code}")
    for prisoner in campaign.prisoners.all():
        assert getattr(prisoner, f"story_{code}"), prisoner.name
