"""A warning where a text seems to name somebody, and none for what everybody may read."""

import pytest

from campaign.models import Prisoner
from letters.composing import Text
from letters.disclosing import disclosed
from representatives.congress import lookup_day
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db

ORDINARY = [
    "Dear Senator Lummis, I live in Cheyenne and I come from Belarus.",
    "My grandmother lives in Hrodna, and I worry about her. Please speak up on May 21.",
    "President Lukashenko has been in power since July 1994, and Alexander Lukashenko stays.",
    "The Lukashenka regime fears us. Dictator Lukashenko's police arrested thousands in 2020.",
    "Cynthia Lummis, Senator John Barrasso and Harriet Hageman can help.",
    "In New York, Salt Lake City, North Carolina and San Francisco we marched on Monday.",
    "The White House, the State Department and the European Union should act together.",
    "Human Rights Center Viasna and Amnesty International say so. So does Radio Free Europe.",
    "As Americans, we care. My friends, Americans, care too. The Belarus Democracy Act helps.",
    "Growing up in Minsk, I never thought of this. Thank You For Listening.",
    "Ihar Losik and Mikola Statkevich are held in complete isolation. Free Siarhei Tsikhanouski!",
    "I am a member of the Belarusian American Association. My sister is Catholic.",
    "From 2020 to 2024, 1,171 people. The years 2020-2024. 8,234 of 6,900 in 33 prisons.",
    "In 2020 the Minsk City Court sentenced 14 people. I walked 5 miles down the road.",
    "I fear for Ніна. The USA and I stand with you. We met at St. Patrick's.",
]


@pytest.fixture
def found():
    campaign = make_campaign()

    def found_in(words: str, **text) -> list[tuple[str, str]]:
        letter = Text(own_words=words, **text)
        each = disclosed(letter, appeal=campaign.current_appeal, day=lookup_day())
        return [(finding.kind, finding.words) for finding in each]

    return found_in


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_letter_is_not_asked_about(found, text):
    assert found(text) == []


def test_the_campaigns_own_texts_and_prompts_are_not_asked_about(found):
    campaign = make_campaign()
    appeal = campaign.current_appeal
    prompts = "\n".join(prompt.sentence for prompt in campaign.prompts.all())

    assert found(prompts, statement=appeal.statement, frozen_on=lookup_day()) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My friend Andrei Ivanou is in prison.", "Andrei Ivanou"),
        ("Andrei Ivanou's wife waits.", "Andrei Ivanou"),
        ("We wait for A. Petrov.", "A. Petrov"),
        ("I fear for Ніна Іванова.", "Ніна Іванова"),
        ("Her name is Ніна.", "Ніна"),
        ("My brother Ihar was beaten.", "Ihar"),
        ("Andrei, my brother, was beaten.", "Andrei"),
        ("Uncle Andrei is gone.", "Andrei"),
        ("A woman named Volha wrote to me.", "Volha"),
        ("Mikola Ivanou was taken.", "Mikola Ivanou"),
        ("Daria Losik waits.", "Daria Losik"),
    ],
)
def test_a_third_person_is_asked_about(found, text, name):
    assert found(text) == [("person", name)]


@pytest.mark.parametrize(
    "address",
    [
        "12 Oak Street",
        "2020 Carey Ave",
        "7 Elm Tree Court",
        "vul. Lenina 12",
        "ул. Ленина, д. 5",
        "кв. 7",
        "Apt 4",
        "WY 82001",
        "nina@example.org",
    ],
)
def test_an_address_is_asked_about(found, address):
    assert found(f"You find her at {address}, if you like.") == [("address", address)]


@pytest.mark.parametrize(
    "number", ["(307) 555-0123", "307.555.0123", "+375 29 123-45-67", "8 029 123 45 67"]
)
def test_a_telephone_number_is_asked_about(found, number):
    assert found(f"Call {number} for more.") == [("phone", number)]


def test_an_edited_statement_and_a_subject_are_looked_at_as_well(found):
    text = found("", subject="Free Andrei Ivanou", statement="Call (307) 555-0123.")

    assert text == [("person", "Andrei Ivanou"), ("phone", "(307) 555-0123")]


def test_a_prisoner_may_be_named_only_if_they_may_be_named(found):
    person = Prisoner.objects.create(
        campaign=make_campaign(),
        name="Yauhen Kavalenka",
        story="A story.",
        source="a source",
        as_of="2026-01-01",
    )
    assert found("Free Yauhen Kavalenka.") == [("person", "Yauhen Kavalenka")]

    Prisoner.objects.filter(pk=person.pk).update(may_be_named=True)

    assert found("Free Yauhen Kavalenka.") == []


def test_each_thing_is_asked_about_once(found):
    assert found("Andrei Ivanou. I said: Andrei Ivanou.") == [("person", "Andrei Ivanou")]
