"""Form letter, lightly edited, personal: told by what the campaign's own texts already say."""

import pytest

from campaign.models import Prisoner
from letters.composing import Text, fill
from letters.likeness import likeness_of, words_of
from letters.models import Letter, Likeness
from representatives.congress import lookup_day
from tests.factories import make_campaign, make_letter

pytestmark = pytest.mark.django_db

SENTENCES = (
    "My grandmother taught me to read in a village that is now empty. I have not been able to "
    "visit her grave, and I vote in every election here because she never could."
)


@pytest.fixture
def appeal():
    return make_campaign().current_appeal


@pytest.fixture
def statement(appeal) -> str:
    return fill(appeal.statement, appeal=appeal, on=lookup_day())


def measured(appeal, **text) -> Likeness:
    return likeness_of(Text(**text), appeal=appeal)


def edited(appeal, statement: str, **text) -> Likeness:
    return measured(appeal, statement=statement, frozen_on=lookup_day(), **text)


def test_an_untouched_statement_is_a_form_letter(appeal, statement):
    assert measured(appeal) == Likeness.FORM
    assert edited(appeal, statement) == Likeness.FORM


def test_a_paragraph_of_own_words_is_personal_beside_the_whole_statement(appeal):
    assert measured(appeal, own_words=SENTENCES) == Likeness.PERSONAL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You", "you"),
        ("urge you", "urge  you,"),
        ("solemn reminder", "sad reminder"),
        ("’", "'"),
        (" - ", " – "),
    ],
)
def test_a_trivial_edit_leaves_it_a_form_letter(appeal, statement, old, new):
    assert edited(appeal, statement.replace(old, new)) == Likeness.FORM


def test_what_was_only_cut_is_a_form_letter(appeal, statement):
    half = statement[: len(statement) // 2]

    assert edited(appeal, half) == Likeness.FORM


def test_synonyms_all_over_are_lightly_edited(appeal, statement):
    words = statement.split()
    words[::20] = ["otherwise"] * len(words[::20])

    assert edited(appeal, " ".join(words)) == Likeness.EDITED


def test_own_words_that_copy_the_statement_are_a_form_letter(appeal, statement):
    paragraph = statement.split("\n\n")[2]

    assert measured(appeal, own_words=paragraph) == Likeness.FORM


def test_the_short_version_the_opening_and_a_story_are_the_campaigns(appeal):
    story = "She taught history until the day on which they came for her, and has not been heard."
    Prisoner.objects.create(
        campaign=appeal.campaign,
        name="A. B.",
        story=story,
        source="a source",
        as_of="2026-01-01",
        may_be_named=True,
    )
    short = fill(appeal.short_statement, appeal=appeal, on=lookup_day())

    for text in (short, appeal.opening, story):
        assert measured(appeal, own_words=text) == Likeness.FORM


def test_prompts_as_they_stand_are_a_form_letter(appeal):
    prompts = " ".join(prompt.sentence for prompt in appeal.campaign.prompts.all())

    assert measured(appeal, own_words=prompts) == Likeness.FORM


def test_prompts_with_their_blanks_filled_in_shortly_are_lightly_edited(appeal):
    own = (
        "I live in Laramie, where I work as a nurse. "
        "I have lived in the United States for twelve years, and this is my home."
    )

    assert measured(appeal, own_words=own) == Likeness.EDITED


def test_a_prompt_with_a_whole_story_in_its_blank_is_personal(appeal):
    assert measured(appeal, own_words=f"This matters to me because {SENTENCES}") == (
        Likeness.PERSONAL
    )


def test_one_own_sentence_lightly_edits(appeal):
    assert measured(appeal, own_words="My aunt is in prison in Hrodna.") == Likeness.EDITED


@pytest.mark.parametrize(("number", "found"), [(19, Likeness.EDITED), (20, Likeness.PERSONAL)])
def test_two_sentences_are_twenty_words(appeal, number, found):
    own = " ".join(f"word{each}" for each in range(number))

    assert measured(appeal, own_words=own) == found


@pytest.mark.parametrize(("number", "found"), [(9, Likeness.EDITED), (10, Likeness.PERSONAL)])
def test_a_short_letter_of_ones_own_is_personal(appeal, number, found):
    own = " ".join(f"word{each}" for each in range(number))

    assert edited(appeal, "", own_words=own) == found


def test_a_passage_written_into_the_statement_is_personal(appeal, statement):
    first, rest = statement.split("\n\n", 1)

    assert edited(appeal, f"{first}\n\n{SENTENCES}\n\n{rest}") == Likeness.PERSONAL


def test_three_changed_words_are_too_few_and_four_are_not(appeal, statement):
    assert edited(appeal, f"{statement} one two three") == Likeness.FORM
    assert edited(appeal, f"{statement} one two three four") == Likeness.EDITED


def test_words_are_compared_without_case_and_signs():
    assert words_of("Don’t “STOP”: Škłoŭ’s 1,171!") == ["dont", "stop", "škłoŭs", "1", "171"]


def test_the_letter_keeps_what_it_was_when_its_text_is_gone():
    letter = make_letter(text=Text(own_words=SENTENCES))
    Letter.objects.update(own_words=None)

    letter.refresh_from_db()
    assert letter.likeness == Likeness.PERSONAL
