"""An office looks at each field of what arrives, and takes a letter only when all are right."""

import json
from dataclasses import replace

import pytest

from letters.channels.webform.recipe import By, Kind, Option, Step
from letters.models import Arrival
from tests.letters.rehearsal.forms.recipes import (
    EMAIL,
    FIELDS,
    MESSAGE,
    PHONE,
    RECIPE,
    SUBMIT,
    make_office,
    make_recipe,
)

NAMES = {
    "first": "input_2",
    "last": "input_3",
    "street": "input_6_1",
    "city": "input_6_3",
    "state": "input_6_4",
    "zip": "input_6_5",
    "phone": "input_7",
    "email": "input_9",
    "again": "input_9_2",
    "topic": "input_17",
    "message": "input_12",
}


def body() -> dict:
    return json.loads(Arrival.objects.get().body)


def faults() -> dict[str, str]:
    return {each["name"]: each["fault"] for each in body()["fields"] if each["fault"]}


def test_a_right_letter_is_accepted_and_kept_field_by_field(visitor):
    visitor.open(make_office()).fill(RECIPE).send()

    arrival = Arrival.objects.get()
    assert (arrival.receiver, arrival.office, arrival.status) == ("webform", "SWY02", 200)
    assert faults() == {}
    assert "Thank you for writing" in visitor.text
    message = next(each for each in body()["fields"] if each["name"] == NAMES["message"])
    assert message["value"] == "Please speak up.\r\n\r\nThey are waiting."


def test_what_came_is_kept_in_its_order(visitor):
    visitor.open(make_office()).fill(RECIPE)
    sent = visitor.pairs()
    visitor.send()

    assert [(each["name"], each["value"]) for each in body()["fields"]] == sent


def test_what_came_is_sealed_and_found_by_its_senders_hash(visitor):
    visitor.open(make_office()).fill(RECIPE).send()

    sealed = Arrival.objects.values_list("body", flat=True).get()
    assert b"Carey" not in bytes(sealed)
    assert len(Arrival.objects.get().delivery_key) == 64


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first", ""),
        ("first", "  "),
        ("first", None),
        ("first", "?????"),
        ("first", "&#1053;&#1110;&#1085;&#1072;"),
        ("first", "Al\ufffdna"),
        ("first", "123"),
        ("last", "Sk?ou"),
        ("street", ""),
        ("street", "2020 &#1050; Ave"),
        ("city", "82001"),
        ("state", ""),
        ("state", "WY"),
        ("state", "99_XX"),
        ("zip", "8200"),
        ("zip", "82001-1234"),
        ("phone", ""),
        ("phone", "000-000-0000"),
        ("phone", "222-222-2222"),
        ("phone", "123-456-7890"),
        ("phone", "107-555-0123"),
        ("phone", "307-555-012"),
        ("phone", "call me: 307-555-0123"),
        ("again", "other@example.org"),
        ("topic", ""),
        ("topic", "Foreign Affairs"),
        ("topic", "none"),
        ("message", ""),
        ("message", "x" * 501),
        ("message", "They ask: &#1063;"),
        ("message", "Speak up for ????"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(visitor, field, value):
    visitor.open(make_office()).fill(RECIPE).send(**{NAMES[field]: value})

    assert visitor.answer.status_code == 200
    assert Arrival.objects.get().status == 422
    assert list(faults()) == [NAMES[field]]
    assert NAMES[field] in visitor.find(".office-faults").text_content()
    assert "Thank you for writing" not in visitor.text


def test_an_address_that_is_none_is_refused_in_both_fields(visitor):
    visitor.open(make_office()).fill(RECIPE).send(input_9="alena", input_9_2="alena")

    assert list(faults()) == ["input_9", "input_9_2"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first", "Ніна"),
        ("last", "Škłoŭ-O'Neil"),
        ("phone", "(307) 555-0123"),
        ("phone", "+1 307 555 0123"),
        ("phone", "3075550123"),
        ("message", "x\r\n" * 250),
        ("message", "Really?? Yes & no; 100% <sure>"),
    ],
)
def test_an_unusual_field_is_right(visitor, field, value):
    visitor.open(make_office()).fill(RECIPE).send(**{NAMES[field]: value})

    assert faults() == {}
    assert Arrival.objects.get().status == 200


def test_a_phone_that_is_not_required_may_stay_away_but_not_be_invented(visitor):
    steps = [replace(each, required=False) if each is PHONE else each for each in FIELDS]
    recipe = make_recipe(*steps, SUBMIT)
    visitor.open(make_office(recipe)).fill(recipe).send(**{NAMES["phone"]: ""})
    assert Arrival.objects.get().status == 200
    Arrival.objects.all().delete()

    visitor.open(make_office(recipe)).fill(recipe).send(**{NAMES["phone"]: "000-000-0000"})
    assert list(faults()) == [NAMES["phone"]]


def test_what_was_typed_comes_back_with_the_faults(visitor):
    visitor.open(make_office()).fill(RECIPE).send(**{NAMES["zip"]: "8"})

    assert visitor.find("#input_2_12").text.strip() == "Please speak up.\n\nThey are waiting."
    assert visitor.find("#input_2_6_4 option[selected]").get("value") == "50_WY"
    visitor.send(**{NAMES["zip"]: "82001"})
    assert Arrival.objects.filter(status=200).exists()


def test_a_required_box_must_be_ticked_and_a_newsletter_must_not(visitor):
    box = Step(Kind.CHECK, "#input_2_20", "yes", required=True)
    recipe = make_recipe(EMAIL, MESSAGE, box, SUBMIT)
    visitor.open(make_office(recipe)).fill(recipe)
    visitor.send(input_20=None, enewsletter="EMAIL.OPTIN")

    assert faults() == {
        "input_20": "It is required.",
        "enewsletter": "Nobody asked for a newsletter.",
    }


def test_a_newsletter_that_the_recipe_would_tick_is_refused_as_well(visitor):
    box = Step(Kind.CHECK, "#newsletteractiontoggle-1", "yes", required=True)
    recipe = make_recipe(EMAIL, MESSAGE, box, SUBMIT)
    visitor.open(make_office(recipe)).fill(recipe).send()

    assert list(faults()) == ["newsletteractiontoggle-1"]


def test_one_of_several_buttons_is_chosen(visitor):
    titles = Step(
        Kind.CHOOSE,
        "[name='title']",
        "$NAME_PREFIX",
        required=True,
        options=(Option("Mr.", "1"), Option("Ms.", "2")),
    )
    recipe = make_recipe(titles, EMAIL, MESSAGE, SUBMIT)
    visitor.open(make_office(recipe))
    assert [each.get("value") for each in visitor.page.cssselect("[name='title']")] == ["1", "2"]

    visitor.fill(make_recipe(EMAIL, MESSAGE, SUBMIT)).send()
    assert faults() == {"title": "It is required."}
    Arrival.objects.all().delete()
    visitor.send(title="2")
    assert Arrival.objects.get().status == 200


def test_a_captcha_is_passed_by_whoever_ticks_it_and_no_recipe_does(visitor):
    recipe = make_recipe(by=By.PERSON)
    visitor.open(make_office(recipe)).fill(recipe).send()
    assert list(faults()) == ["g-recaptcha-response"]
    Arrival.objects.all().delete()

    visitor.find("#g-recaptcha-response").set("checked", "checked")
    visitor.send()
    assert Arrival.objects.get().status == 200
