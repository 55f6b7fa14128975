"""A recipe's script may change how a text is written, and never what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.channels.webform.changing import Untranslatable, changed, changed_prose
from letters.channels.webform.recipe import Change

NO_QUOTES = Change('"')
ONLY_THE_FIRST = Change(r'\A((?s:.*?))(?:")', r"\g<1>")
DIGITS = Change("(?a)[^0-9]")
HYPHENS = Change(r"(?a)\A((?s:.*?))(?:(\d{3})(\d{3})(\d+))", r"\g<1>\g<2>-\g<3>-\g<4>")


def prose(text: str, *changes: Change, charset: str = "utf-8") -> str:
    return changed_prose(text, changes, charset=charset)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ('He said "no".', "He said “no”."),
        ('"No", ("never").', "“No”, (“never”)."),
        ("5'10\" tall", "5'10” tall"),
        ("Nothing to quote", "Nothing to quote"),
    ],
)
def test_quotation_marks_that_a_script_drops_become_typographic(typed, sent):
    assert prose(typed, NO_QUOTES) == prose(typed, ONLY_THE_FIRST) == sent


def test_where_the_letters_have_no_typographic_ones_they_become_apostrophes():
    assert prose('He said "no".', NO_QUOTES, charset="koi8-r") == "He said 'no'."


def test_where_those_are_dropped_too_they_become_apostrophes():
    assert prose('He said "no", she “yes”.', Change('["“”]')) == "He said 'no', she 'yes'."


def test_what_a_script_puts_in_their_place_is_put_there():
    parentheses = (Change(r"\(", "["), Change(r"\)", "]"))

    assert prose("Act (now)", NO_QUOTES, *parentheses) == "Act [now]"


def test_lines_may_become_one():
    assert prose("Dear Senator,\n\nAct.", Change(r"\n", " ")) == "Dear Senator,  Act."


@pytest.mark.parametrize(
    "change",
    [
        Change(r"[^\x00-\x7f]"),
        Change(r"[^\x00-\x7f]", "?"),
        Change(r"(?s)\A(.{0,5}).*\Z", r"\g<1>"),
        Change("(unclosed"),
        Change("a", r"\g<7>"),
    ],
)
def test_a_script_that_drops_words_is_refused(change):
    with pytest.raises(Untranslatable):
        prose("I fear for Ніна Багінская.", change)


@pytest.mark.parametrize(
    ("change", "sent"), [(DIGITS, "2025550101"), (HYPHENS, "202-555-0101"), (Change("^1"), None)]
)
def test_a_phone_number_is_written_as_the_office_wants_it(change, sent):
    assert changed("202-555-0101", (change,)) == (sent or "202-555-0101")


def test_hyphens_go_where_the_script_puts_them():
    assert changed("202-555-0101", (DIGITS, HYPHENS)) == "202-555-0101"


def test_a_script_that_takes_digits_from_a_number_is_refused():
    with pytest.raises(Untranslatable):
        changed("202-555-0101", (Change("0"),))


@given(text=st.text(st.characters(blacklist_categories=["Cc", "Cs"])))
def test_every_letter_and_every_sign_survives(text):
    sent = prose(text, NO_QUOTES)

    assert '"' not in sent
    assert sent.replace("“", '"').replace("”", '"') == text.replace("“", '"').replace("”", '"')
