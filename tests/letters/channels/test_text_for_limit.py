"""A form that caps the message gets the fullest text that fits, and never a cut one."""

from dataclasses import replace

import pytest

from letters.channels.interface import length_in_form, text_for_limit, whole_text
from tests.letters.channels.letter import ENVELOPE

LETTER = replace(ENVELOPE, own_words="I fear for Ніна.", short_statement="Act.")
SHORT = "Dear Senator Barrasso,\n\nI am your constituent.\n\nI fear for Ніна.\n\nAct."


@pytest.mark.parametrize("limit", [None, length_in_form(whole_text(LETTER))])
def test_a_text_that_fits_is_whole(limit):
    assert text_for_limit(LETTER, limit) == whole_text(LETTER)


def test_one_character_too_many_brings_the_short_statement():
    assert text_for_limit(LETTER, length_in_form(whole_text(LETTER)) - 1) == SHORT


def test_nothing_is_cut_to_fit():
    assert text_for_limit(LETTER, length_in_form(SHORT)) == SHORT
    assert text_for_limit(LETTER, length_in_form(SHORT) - 1) is None


def test_without_a_short_statement_a_letter_that_is_too_long_does_not_fit():
    assert text_for_limit(replace(LETTER, short_statement=""), 80) is None


@pytest.mark.parametrize(("text", "length"), [("Škłoŭ", 5), ("a\nb", 4), ("🕊", 2)])
def test_length_is_counted_as_the_strictest_form_would(text, length):
    assert length_in_form(text) == length
