"""The whole letter through every form there is: what the rehearsal's offices say that came."""

import re
from collections.abc import Mapping

import pytest

from letters.channels.interface import NeedsSupporter, Office, text_for_limit, whole_text
from letters.channels.webform.channel import WebformChannel
from letters.channels.webform.lettering import transliterate
from letters.channels.webform.recipe import By, Form, Kind, Recipe
from letters.rehearsal.forms.describing import form_of
from letters.states import Reason
from tests.letters.channels.rehearsed import (
    BRIEF,
    OWN_WORDS,
    PHONE,
    RECIPES,
    SIGNS,
    Came,
    make_envelope,
    members,
    send_by_form,
)

MACHINES = [By.PLAIN, pytest.param(By.BROWSER, marks=pytest.mark.browser)]
TAKEN = 200
NUMBER = re.compile(r"[\s().+-]*1?([\s().+-]*\d){10}[\s().+-]*")
PHONES = ("$PHONE", "$PHONE_PARENTHESES")
STATES = ("$ADDRESS_STATE", "$ADDRESS_STATE_POSTAL_ABBREV", "$ADDRESS_STATE_FULL")
# What their own scripts write otherwise, sign for sign; the preview shows it.
REWRITTEN = {"S001150": str.maketrans("()", "[]"), "S001217": str.maketrans("\n", " ")}
# Nearly every form drops straight quotation marks: there they become typographic ones.
QUOTES = str.maketrans("“”", '""')


def charset_of(recipe: Recipe) -> str:
    """As the daily look keeps it."""
    charset = form_of(recipe).charset
    return "" if charset == "utf-8" else charset


def send_all(congress: str, by: By, **how) -> dict[str, Came]:
    return {
        name: send_by_form(congress, RECIPES[name], charset=charset_of(RECIPES[name]), **how)
        for name in members(by)
    }


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def came(rehearsal, request, kept) -> Mapping[str, Came]:
    """What became of a letter to each office that this engine writes to; sent once."""
    if request.param not in kept:
        kept[request.param] = send_all(rehearsal, request.param)
    return kept[request.param]


by_each_engine = pytest.mark.parametrize("came", MACHINES, indirect=True)


def taken(came: Mapping[str, Came]) -> dict[str, Came]:
    return {name: each for name, each in came.items() if each.status == TAKEN}


def engine_of(came: Mapping[str, Came]) -> By:
    return next(iter(came.values())).recipe.by


def why_not(came: Came) -> str:
    """Why the office has no letter with every required field right; empty: it has."""
    faults = [f"{each.label} ({each.name}): {each.fault}" for each in came.fields if each.fault]
    nothing = [] if came.status else [f"nothing came: {came.reason}"]
    return "; ".join(faults + nothing)


def due(came: Came) -> str:
    """The text that the office must get: whole, or where its form caps it the short one with the
    same own words; where not even that fits, what the supporter wrote for this form."""
    text = text_for_limit(came.letter, came.recipe.text_limit) or BRIEF
    text = transliterate(text, charset_of(came.recipe))
    return text.translate(REWRITTEN.get(came.recipe.bioguide, {}))


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def names_a_sign(recipe: Recipe) -> bool:
    """Whether it says how to tell that a letter was taken."""
    kinds = [step.kind for step in recipe.steps]
    return bool(recipe.success) or Kind.FIND in kinds[kinds.index(Kind.FILL) :]


@by_each_engine
def test_at_least_95_of_100_offices_find_every_required_field_right(came, record_property):
    left = {name: why_not(each) for name, each in came.items() if why_not(each)}

    seen = f"{len(taken(came))} of {len(came)} forms took the letter by {engine_of(came)}"
    for each in (seen, *(f"    not {name}: {why}" for name, why in left.items())):
        record_property("forms", each)
    assert len(left) <= 0.05 * len(came), left
    assert taken(came).keys() == came.keys() - left.keys()


@by_each_engine
def test_no_letter_is_cut_and_no_character_dropped(came, record_property):
    wrong = {name for name, each in taken(came).items() if each.message != due(each)}

    whole = [each for each in came.values() if whole_text(each.letter) == due(each)]
    capped = [each for each in came.values() if each.recipe.text_limit and each not in whole]
    written_out = len(came) - len(whole) - len(capped)
    record_property(
        "forms",
        f"by {engine_of(came)} byte for byte the whole letter to {len(whole)}, written out as its "
        f"preview shows to {written_out}, the short one uncut to {len(capped)}",
    )
    assert wrong == set()
    assert all(OWN_WORDS in each.message for each in whole)


def test_no_sign_is_dropped_on_the_way(rehearsal):
    came = send_all(rehearsal, By.PLAIN, own_words=SIGNS)

    for name, each in came.items():
        assert each.message.translate(QUOTES) == due(each).translate(QUOTES), name
        assert each.message == each.left.message


@by_each_engine
def test_what_the_preview_shows_is_what_comes_and_what_is_kept(came):
    for each in taken(came).values():
        (shown,) = (part.text for part in each.shown if part.label == "Message")
        assert {each.message} == {each.left.message, shown or BRIEF}


@by_each_engine
def test_what_the_supporter_told_stands_in_its_own_field(came):
    for each in taken(came).values():
        person = each.letter.person
        wanted = {
            "$NAME_FIRST": "Ніна",
            "$NAME_LAST": "Škłoŭ",
            "$ADDRESS_STREET": person.street,
            "$ADDRESS_CITY": person.city,
            "$ADDRESS_ZIP5": person.zip,
            "$EMAIL": person.email,
            "$SUBJECT": each.letter.subject,
        }
        for meaning, text in wanted.items():
            as_typed = transliterate(text, charset_of(each.recipe))
            assert set(each.fields_for(meaning).values()) <= {as_typed}, each.recipe.bioguide


@by_each_engine
def test_the_state_is_theirs_however_a_menu_writes_it(came):
    for each in taken(came).values():
        fields = {field.name: field for field in form_of(each.recipe).fields}
        for name, value in each.fields_for(*STATES).items():
            texts = [option.text for option in fields[name].options if option.value == value]
            assert {value, *texts} & {"WY", "Wyoming"}, each.recipe.bioguide


@by_each_engine
def test_no_phone_number_comes_but_the_one_that_was_given(came):
    for each in taken(came).values():
        asked = each.fields_for(*PHONES).values()
        looking_like_one = {
            field.value for field in each.fields if NUMBER.fullmatch(field.value or "")
        }
        assert {digits(value) for value in {*asked, *looking_like_one}} <= {digits(PHONE)}


@by_each_engine
def test_only_where_the_recipe_names_no_sign_of_success_it_stays_unclear(came, record_property):
    unclear = {name for name, each in taken(came).items() if each.reason == Reason.FORM_UNCLEAR}

    record_property("forms", f"unclear for want of a sign of success: {' '.join(sorted(unclear))}")
    assert unclear == {name for name in taken(came) if not names_a_sign(RECIPES[name])}
    assert {each.reason for each in taken(came).values()} <= {"", Reason.FORM_UNCLEAR}


@pytest.mark.parametrize("by", MACHINES)
def test_without_a_phone_number_none_comes(rehearsal, by):
    for each in send_all(rehearsal, by, phone="").values():
        is_asked = any(step.required and step.value in PHONES for step in each.recipe.steps)
        assert (each.reason == Reason.PHONE_MISSING) == is_asked
        assert (each.status == TAKEN) != is_asked
        assert set(each.fields_for(*PHONES).values()) <= {""}


def test_a_page_that_nobody_has_looked_at_yet_gets_the_letter_alike(rehearsal):
    old = [name for name in members(By.PLAIN) if charset_of(RECIPES[name])]
    for name in old:
        each = send_by_form(rehearsal, RECIPES[name])
        assert each.message == each.left.message == due(each)
        assert "Nina" in each.message, name
    assert len(old) > 5


@pytest.mark.parametrize("name", members(By.PERSON))
def test_what_asks_for_a_person_is_handed_to_the_supporter(db, name):
    channel, letter = WebformChannel(name="webform"), make_envelope(RECIPES[name])
    office = Office(letter.seat_code, letter.chamber, form=Form(RECIPES[name]))

    assert channel.obstacle(office) == Reason.CAPTCHA
    with pytest.raises(NeedsSupporter, match=Reason.CAPTCHA):
        channel.compose(letter)
