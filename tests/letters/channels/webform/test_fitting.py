"""What can be written into a field."""

import pytest

from letters.channels.webform.fitting import Field, misfit, units


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field("input", "text"), "Ніна"),
        (Field("input", "hidden"), "yes"),
        (Field("textarea", max_length=4), "a\r\nbc"),
        (Field("input", "text", max_length=2), "🕊"),
        (Field("input", "number"), "01234"),
        (Field("input", "date"), "2025-05-21"),
        (Field("input", "text", "NY", is_locked=True), "NY"),
        (Field("input", "number"), ""),
    ],
)
def test_what_a_field_takes_as_it_is_fits(field, text):
    assert misfit(field, text) == ""


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (Field("textarea", max_length=3), "abcd", "takes 3 characters and would get 4"),
        (Field("input", "text", max_length=1), "🕊", "takes 1 characters and would get 2"),
        (Field("input", "text"), "a\nb", "takes one line only"),
        (Field("input", "number"), "(202) 555-0100", "takes only what is a number"),
        (Field("input", "number"), "१", "takes only what is a number"),
        (Field("input", "text", "NY", is_locked=True), "VT", "is locked and says something else"),
        (Field("select"), "Mr.", "is no text field"),
        (Field("input", "checkbox"), "Mr.", "is no text field"),
    ],
)
def test_what_a_field_would_cut_or_drop_or_refuse_does_not(field, text, why):
    assert misfit(field, text) == why


def test_lengths_are_counted_as_browsers_count():
    assert units("a\r\nb🕊") == 5
