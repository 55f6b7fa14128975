"""What the forms of the journey say: words of our own, whatever was typed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from letters.fields import LineField
from letters.forms import (
    AddressForm,
    CodeForm,
    DistrictForm,
    EmailForm,
    OfficesForm,
    VisibilityForm,
)
from letters.question_form import Asked
from letters.you_form import YouForm
from tests.fake_channel import asks_everything

DJANGOS_WORDS = (
    "This field is required",
    "Ensure this value",
    "Select a valid choice",
    "Enter a",
    "Null characters",
)
ALL_KINDS = [Asked(question, "John Barrasso") for question in asks_everything("SWY01")]
FORMS = [
    AddressForm,
    CodeForm,
    EmailForm,
    VisibilityForm,
    lambda data: DistrictForm(data, choices=["WY-0"]),
    lambda data: OfficesForm(data, choices=["HWY00"]),
    lambda data: YouForm(data, boxes=list, asked=ALL_KINDS),
]


@pytest.mark.parametrize("make", FORMS)
@pytest.mark.parametrize("typed", ["", "a", "\x00", "x" * 3000, "a@" + "b" * 250 + ".example.org"])
def test_no_error_is_said_in_djangos_words(make, typed):
    names = make(None).fields

    errors = make(MultiValueDict({name: [typed] for name in names})).errors

    said = [error for each in errors.values() for error in each]
    assert said
    assert not [error for error in said for words in DJANGOS_WORDS if words in error]


def test_what_is_too_long_says_how_long_it_may_be():
    form = EmailForm({"email": "a" * 240 + "@example.org"})

    assert form.errors["email"] == [
        "At most 200 characters fit here, and you have 252. Please shorten it."
    ]


def test_a_lines_length_and_its_noun_agree():
    field = LineField(max_length=21)

    with override("ru"):
        with pytest.raises(ValidationError) as refused:
            field.clean("a" * 22)
        said = refused.value.messages[0]

    assert "не больше 21 символа, а у вас 22." in said
