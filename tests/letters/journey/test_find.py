"""Screen 1: every address gets an answer, and what was typed stays."""

import pytest

from representatives.lookup import Lookup, Outcome, Reason
from representatives.models import ZipCity
from tests.letters.journey.conftest import text_of

NOT_A_ZIP = ["8200", "820011", "82OO1", "82001-12", "abcde", "٨٢٠٠١", "-"]


@pytest.mark.parametrize("zip", NOT_A_ZIP)
def test_what_is_no_zip_code_is_said_beside_the_field(supporter, zip):
    answer = supporter.find(zip=zip)

    assert answer.status_code == 200
    assert "A ZIP code has five digits" in answer.context["form"].errors["zip"][0]


def test_nothing_typed_is_lost_by_an_error(supporter):
    page = supporter.find(zip="8200", street="17 Oak <Street>").content.decode()

    assert 'value="17 Oak &lt;Street&gt;"' in page
    assert 'value="Cheyenne"' in page
    assert 'value="8200"' in page


def test_an_error_is_tied_to_its_field_and_summed_up_above(supporter):
    page = supporter.find(zip="8200").content.decode()

    assert 'href="#id_zip"' in page
    assert 'aria-describedby="id_zip_error"' in page
    assert 'id="id_zip_error"' in page
    assert 'aria-invalid="true"' in page


def test_every_empty_field_has_its_own_words(supporter):
    errors = supporter.find(street="", city="", zip="").context["form"].errors

    assert set(errors) == {"street", "zip"}
    assert "This field is required." not in str(errors)


def test_a_zip_code_that_does_not_exist_is_said_beside_the_field(supporter):
    form = supporter.find(zip="00000").context["form"]

    assert "no such ZIP code" in form.errors["zip"][0]


@pytest.mark.parametrize("zip", ["82001-1234", "820011234", "82001 1234", " 82001 "])
def test_a_zip_code_may_have_four_more_digits(supporter, zip):
    assert supporter.find(zip=zip).url == supporter.url("find/offices/")


def test_the_four_more_digits_travel_with_the_letter(supporter):
    supporter.find(zip="82001-1234")
    supporter.tick()
    supporter.write()
    supporter.sign()

    assert supporter.letter.signatory.person.zip_plus_4 == "82001-1234"


def test_military_post_is_asked_for_the_voting_address(supporter):
    form = supporter.find(street="PSC 3 Box 12", city="APO", zip="09012").context["form"]

    assert "where you are registered" in form.errors["street"][0]


def test_palau_has_no_seat_and_is_told_what_to_do(supporter):
    form = supporter.find(zip="96940").context["form"]

    assert "no seat in Congress" in form.errors["zip"][0]


def test_a_zip_code_in_another_state_is_said_beside_the_state(supporter):
    answer = supporter.find(state="TX")

    assert "does not lie in that state" in answer.context["form"].errors["state"][0]
    assert "<details open>" in answer.content.decode()


def test_no_lookup_at_all_is_no_dead_end(supporter, monkeypatch):
    nothing = Lookup(Outcome.UNAVAILABLE, 119, None, reason=Reason.NO_MAP)
    monkeypatch.setattr("letters.views.find.find_seats", lambda address: nothing)

    answer = supporter.find()

    assert "try again in a few minutes" in text_of(answer)
    assert 'value="82001"' in answer.content.decode()


def test_control_characters_do_not_get_into_an_address(supporter):
    supporter.find(street="12 \x00Oak\x0b\r\n Street")

    assert supporter.client.session["journey:may-21"]["address"]["street"] == "12 Oak Street"


def test_the_page_with_an_address_is_kept_in_no_cache(supporter):
    assert "no-store" in supporter.get("find/")["Cache-Control"]


def test_the_city_comes_from_the_zip_code(supporter):
    supporter.find(city="")

    assert "For 2101 Capitol Ave, Cheyenne, WY 82001" in text_of(supporter.get("find/offices/"))


def test_a_city_that_was_typed_stands(supporter):
    supporter.find(city="Fox Farm")

    assert "Fox Farm, WY" in text_of(supporter.get("find/offices/"))


def test_a_zip_code_of_which_the_post_names_no_city_asks_for_it(supporter):
    ZipCity.objects.filter(zip="82001").delete()

    answer = supporter.find(city="")

    assert set(answer.context["form"].errors) == {"city"}
    assert "<details open" in answer.content.decode()


def test_a_city_that_is_too_short_for_a_gateway_is_said_beside_the_field(supporter):
    answer = supporter.find(city="LA")

    assert "fewer than three letters" in answer.context["form"].errors["city"][0]


def test_a_city_of_the_post_that_is_too_short_is_asked_for(supporter):
    ZipCity.objects.filter(zip="82001").update(city="Ay")

    answer = supporter.find(city="")

    assert "three letters or more" in answer.context["form"].errors["city"][0]
    assert "<details open" in answer.content.decode()
