"""The names of character sets, and what a page is read in."""

import pytest

from letters.channels.webform.html.charsets import decoded, encoded, named


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("UTF8", "UTF-8"),
        (" utf-8 ", "UTF-8"),
        ("utf-16", "UTF-8"),
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("ISO-8859-9", "windows-1254"),
        ("iso-8859-15", "ISO-8859-15"),
        ("windows-1251", "windows-1251"),
        ("GB2312", "GBK"),
        ("x", ""),
        ("", ""),
        ("rot13", ""),
        ("a\0b", ""),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label, name):
    assert named(label) == name


@pytest.mark.parametrize("declared", [b"", b"<meta charset=nonsense>", b"<meta charset=base64>"])
def test_a_page_that_names_no_character_set_that_there_is_is_western(declared):
    assert decoded(declared + b"\x93", "text/html; charset=x") == (
        declared.decode() + "“",
        "windows-1252",
    )


def test_bytes_that_are_wrong_are_read_as_such():
    assert decoded(b"a\xff", "text/html; charset=utf-8") == ("a\ufffd", "UTF-8")


def test_what_a_page_brings_along_and_cannot_send_is_written_as_browsers_write_it():
    assert encoded("Ж", "windows-1252") == b"&#1046;"
