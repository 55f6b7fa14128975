"""What a form cannot take is written out visibly, and nothing is lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters.channels.webform.lettering import takes, transliterate

LATIN = "iso-8859-1"
CHARSETS = ["iso-8859-1", "us-ascii", "windows-1251", "iso-8859-2", "koi8-r", "gb2312", "latin1"]
# Signs that separate words in some scripts: a space will do.
SPACES = "\u1361\u2800\u2d70\U0001091f\U000111c8\U0001123a\U00011c43"
SKIN = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
# What a supporter can type: the forms clean control characters and halves of pairs away.
TYPED = st.text(st.characters(blacklist_categories=["Cc", "Cs"]))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Ніна", "Nina"),
        # Of this name Western Europe's character set has every letter but two.
        ("Škłoŭ", "Šklou"),
        ("Мікола Статкевіч", "Mikola Statkevich"),
        ("Цімафей", "Tsimafey"),
        ("Ігар Аліневіч", "Ihar Alinevich"),
        ("Ганна і Ўладзімір", "Hanna i Uladzimir"),
        ("Галина Ёлкина", "Galina Yolkina"),
        ("Київ, Щасливе", "Kiiv, Shchaslive"),
        ("Łukasz", "Lukasz"),
        ("José", "José"),
        ("Jose\u0301", "José"),
        ("s\u030cen\u030c", "šen"),
    ],
)
def test_a_name_becomes_readable_letter_by_letter(typed, sent):
    assert transliterate(typed, LATIN) == sent


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("“May 21” – Ніна’s day — now…", "“May 21” – Nina’s day — now…"),
        ("peace 🕊", "peace :dove:"),
        ("🙏🏽", ":pray:"),
        ("flag 🇧🇾", "flag BY"),
        ("a\u2212b ≠ c", "a-b != c"),
        ("one\u2028two", "one\ntwo"),
        ("\ue000", "[…]"),
    ],
)
def test_signs_become_plain_ones_or_a_visible_gap(typed, sent):
    assert transliterate(typed, LATIN) == sent


def test_where_not_even_typographic_signs_fit_they_are_plain():
    assert transliterate("“Анна’s” — now… \ue000", "koi8-r") == '"Анна\'s" - now... [...]'


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "", "no-such-set", "utf-16", "rot13", "\0"])
def test_every_other_name_takes_everything(charset):
    assert takes("Ніна 🕊", charset)
    assert transliterate("Ніна 🕊", charset) == "Ніна 🕊"


@pytest.mark.parametrize(("charset", "taken"), [(LATIN, False), ("Windows-1251", True)])
def test_only_what_cannot_be_taken_is_changed(charset, taken):
    assert takes("Ніна", charset) is taken
    assert (transliterate("Ніна", charset) == "Ніна") is taken


@given(text=TYPED, charset=st.sampled_from(CHARSETS))
@example(text="\U0001f3fd", charset="latin1")
def test_what_comes_out_can_be_sent(text, charset):
    assert takes(transliterate(text, charset), charset)


@given(text=TYPED)
@example(text="Škłoŭ — Ніна 🕊")
def test_with_utf_8_nothing_is_changed(text):
    assert transliterate(text, "utf-8") == text


@given(
    character=st.characters(
        categories=["L", "N", "P", "S", "Co"], exclude_characters=SPACES + SKIN
    ),
    charset=st.sampled_from(CHARSETS),
)
def test_no_visible_character_vanishes(character, charset):
    assert transliterate(f"a{character}", charset)[1:].strip()


@given(letter=st.characters(categories=["L", "N"]), charset=st.sampled_from(CHARSETS))
@example(letter="\U00018028", charset=LATIN)
def test_no_letter_becomes_a_question_mark(letter, charset):
    assert "?" not in transliterate(letter, charset)
