"""A letter is laid out as its writer gave it: nothing cut, nothing invented, nothing lost."""

from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from letters.channels.interface import NeedsSupporter, Part, length_in_form, whole_text
from letters.channels.webform.filling import lay_out, parts, preview
from letters.channels.webform.recipe import By, Change, Kind, Plan, Step
from letters.states import Reason
from tests.letters.channels.webform.letters import (
    make_field,
    make_letter,
    make_menu,
    make_recipe,
)

TYPED = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Z"]), min_size=1)


def filled(step: Step, **letter) -> str:
    """What is written there; None where the field stays empty."""
    plan = lay_out(make_recipe(step), make_letter(**letter))
    return next((each.value for each in plan.actions if each.selector == step.selector), None)


def wanted(step: Step, **letter) -> tuple[str, ...]:
    plan = lay_out(make_recipe(step), make_letter(**letter))
    return next((each.wanted for each in plan.actions if each.selector == step.selector), ())


def refusal(*steps: Step, by: By = By.PLAIN, **letter) -> str:
    with pytest.raises(NeedsSupporter) as refused:
        lay_out(make_recipe(*steps, by=by), make_letter(**letter))
    return refused.value.reason


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("$NAME_PREFIX", "Ms."),
        ("$NAME_FIRST", "Ніна"),
        ("$NAME_LAST", "O'Škłoŭ"),
        ("$NAME_FULL", "Ніна O'Škłoŭ"),
        ("$ADDRESS_STREET", "1 Main Street, Apt 2"),
        ("$ADDRESS_CITY", "Cheyenne"),
        ("$ADDRESS_STATE", "WY"),
        ("$ADDRESS_STATE_POSTAL_ABBREV", "WY"),
        ("$ADDRESS_STATE_FULL", "Wyoming"),
        ("$ADDRESS_ZIP5", "82001"),
        ("$ADDRESS_ZIP4", "1234"),
        ("$ADDRESS_ZIP_PLUS_4", "82001-1234"),
        ("$PHONE", "202-555-0101"),
        ("$PHONE_PARENTHESES", "(202) 555-0101"),
        ("$EMAIL", "nina@example.org"),
        ("$TOPIC", "International Affairs"),
        ("$SUBJECT", "Honor May 21"),
        ("$CAMPAIGN_UUID", "0123456789abcdef"),
        ("$ORG_NAME", "First Organization"),
        ("$ADDRESS_CITY, $ADDRESS_STATE $ADDRESS_ZIP5", "Cheyenne, WY 82001"),
        ("$ADDRESS_STREET $ADDRESS_STREET_2", "1 Main Street, Apt 2"),
        ("A literal", "A literal"),
    ],
)
def test_every_variable_is_what_the_supporter_told(variable, value):
    assert filled(make_field(variable)) == value


def test_a_forms_menu_of_states_is_filled_in_english_whatever_its_writer_reads():
    menu = make_menu("$ADDRESS_STATE_FULL", "Wyoming=61_WY")

    with override("be"):
        assert filled(make_field("$ADDRESS_STATE_FULL")) == "Wyoming"
        assert wanted(menu)[1] == "61_WY"


def test_the_message_is_the_whole_letter_and_nothing_of_its_writer():
    letter = make_letter(own_words="It is \r\n$ORG_NAME.")

    message = lay_out(make_recipe(), letter).message

    assert message == whole_text(letter).replace("\r\n", "\n")
    assert "Cheyenne" not in message and "Ніна" not in message


def test_the_steps_stay_in_order_and_the_message_is_marked():
    recipe = make_recipe(Step(Kind.WAIT, value="2"), make_field("$EMAIL", "#a"))

    plan = lay_out(recipe, make_letter())

    assert [each.kind for each in plan.actions] == ["visit", "wait", *["fill_in"] * 2, "click_on"]
    assert [each.is_message for each in plan.actions] == [False, False, False, True, False]
    assert plan.success == "Thank you"
    assert Plan.from_text(plan.as_text()) == plan


@pytest.mark.parametrize("variable", ["$ADDRESS_STREET_2", "$PERMALINK", "$ADDRESS_COUNTY"])
def test_what_we_do_not_have_stays_empty_where_it_may(variable):
    assert filled(make_field(variable, required=False)) is None
    assert refusal(make_field(variable)) == Reason.ANSWER_MISSING


def test_a_phone_number_is_never_invented():
    for variable in ("$PHONE", "$PHONE_PARENTHESES"):
        assert filled(make_field(variable, required=False), who={"phone": ""}) is None
        assert refusal(make_field(variable), who={"phone": ""}) == Reason.PHONE_MISSING


@given(given=st.text("0123456789 ()-+.x", max_size=20))
def test_no_digit_of_a_phone_number_is_added_or_lost(given):
    sent = filled(make_field("$PHONE", required=False), who={"phone": given}) or ""
    digits = "".join(filter(str.isdigit, given))

    assert "".join(filter(str.isdigit, sent)) in (digits, digits.removeprefix("1"))


def test_a_title_that_the_menu_lacks_is_the_supporters_to_choose():
    menu = make_menu("$NAME_PREFIX", "Mr.", "Prefer not to say")
    told = {"answers": {"prefix SWY01": "Prefer not to say"}}

    assert refusal(menu) == Reason.PREFIX_MISSING
    assert wanted(menu, who=told) == ("Prefer not to say",)
    assert wanted(replace(menu, required=False)) == ()


def test_a_topic_without_a_synonym_is_the_supporters_to_choose():
    menu = make_menu("$TOPIC", "Taxes=TAX", "Other=OTH")

    assert refusal(menu) == Reason.ANSWER_MISSING
    assert wanted(menu, who={"answers": {"topic SWY01": "Other"}}) == ("Other", "OTH")


def test_an_answer_that_the_menu_no_longer_has_is_none():
    menu = make_menu("$TOPIC", "Taxes", "Health")

    assert refusal(menu, who={"answers": {"topic SWY01": "Other"}}) == Reason.ANSWER_MISSING


@pytest.mark.parametrize("kind", [Kind.SELECT, Kind.CHOOSE])
def test_menus_and_radio_groups_are_answered_alike(kind):
    assert wanted(make_menu("$TOPIC", "Foreign Affairs=FA", "A", kind=kind))[0] == "Foreign Affairs"
    assert wanted(make_menu("$ADDRESS_STATE_FULL", "Wyoming=61_WY", kind=kind))[1] == "61_WY"
    assert wanted(make_menu("Yes", "Yes, respond=Yes", "No", kind=kind)) == ("Yes, respond", "Yes")


@pytest.mark.parametrize("selector", ["#newsletter", "#enews", "[name=email_opt_in]", "#subscribe"])
def test_nobody_is_signed_up_for_a_newsletter(selector):
    box = Step(Kind.CHECK, selector, "Yes", required=True)
    menu = replace(make_menu("Yes", "Yes", "No"), selector=selector)

    plan = lay_out(make_recipe(box, menu), make_letter())

    assert selector not in [each.selector for each in plan.actions]


def test_a_box_is_found_by_its_value_only_where_the_selector_names_several():
    assert wanted(Step(Kind.CHECK, "#response", "Yes")) == ()
    assert wanted(Step(Kind.CHECK, "[name=agree]", "Yes")) == ("Yes",)


@pytest.mark.parametrize(
    "step", [Step(Kind.CAPTCHA, value="true"), make_field("$CAPTCHA_SOLUTION")]
)
def test_a_captcha_is_left_to_a_person(step):
    assert refusal(step) == refusal(by=By.PERSON) == Reason.CAPTCHA


@pytest.mark.parametrize(
    "step", [make_field("$SHOE_SIZE"), make_field("$EMAIL", changes=(Change("(broken"),))]
)
def test_a_recipe_that_we_do_not_understand_is_left_to_a_person(step):
    assert refusal(step) == Reason.FORM_CHANGED


def test_without_a_place_for_the_message_there_is_no_letter():
    with pytest.raises(NeedsSupporter, match=Reason.FORM_CHANGED):
        lay_out(replace(make_recipe(), steps=make_recipe().steps[:1]), make_letter())


def test_a_page_may_thank_by_name():
    find = Step(Kind.FIND, "h1", "Thanks, $NAME_LAST.$")

    assert filled(find, who={"last_name": "O'Neil (Jr.)"}) == r"Thanks, O'Neil\ \(Jr\.\).$"


def test_a_form_that_caps_the_message_gets_the_short_statement():
    letter = make_letter(statement="We urge you. " * 50, short_statement="Act.")
    limit = length_in_form("Dear Senator Barrasso,\n\nI am your constituent.\n\nAct.")

    assert lay_out(make_recipe(make_field("$MESSAGE", max_length=limit)), letter).message.endswith(
        "\n\nAct."
    )
    with pytest.raises(NeedsSupporter, match=Reason.TOO_LONG):
        lay_out(make_recipe(make_field("$MESSAGE", max_length=limit - 1)), letter)


def test_where_nothing_of_ours_fits_the_supporters_own_text_goes():
    message = make_field("$MESSAGE", max_length=20)
    told = {"answers": {"text SWY01": "Act, Senator."}}

    assert filled(message, who=told) == "Act, Senator."
    assert refusal(message, who={"answers": {"text SWY01": "x" * 21}}) == Reason.TOO_LONG


@pytest.mark.parametrize("variable", ["$SUBJECT", "$NAME_FIRST", "$ADDRESS_CITY", "$EMAIL"])
def test_no_other_field_is_cut(variable):
    assert refusal(make_field(variable, max_length=3)) == Reason.TOO_LONG


def test_length_is_that_of_the_transliterated_text():
    first = {"first_name": "Юшчанка"}

    assert filled(make_field("$NAME_FIRST", max_length=7), who=first) == "Юшчанка"
    assert refusal(make_field("$NAME_FIRST", max_length=7), who=first, charset="latin1") == (
        Reason.TOO_LONG
    )


def test_what_the_page_cannot_take_is_transliterated_where_the_preview_shows_it():
    letter = make_letter(own_words="Ніна 🕊", charset="iso-8859-1")

    read = parts(lay_out(make_recipe(make_field("$NAME_FULL")), letter))

    assert read[0] == Part("Name", "Nina O'Šklou")
    assert "\n\nNina :dove:\n\n" in read[1].text


def test_a_script_leaves_quotation_marks_and_lines_that_the_reader_can_do_without():
    scripts = (Change('"'), Change(r"\n", " "))
    letter = make_letter(own_words='They said "no".')

    message = lay_out(make_recipe(make_field("$MESSAGE", changes=scripts)), letter).message

    assert "They said “no”." in message and "\n" not in message


@pytest.mark.parametrize(
    ("pattern", "becomes", "sent"),
    [(r"(?a)\D", "", "2025550101"), (r"(?a)(\d{3})-(\d{3})-", r"(\g<1>) \g<2>-", "(202) 555-0101")],
)
def test_a_script_writes_the_phone_number_as_the_office_wants_it(pattern, becomes, sent):
    assert filled(make_field("$PHONE", changes=(Change(pattern, becomes),))) == sent


@given(first=TYPED, words=TYPED)
def test_no_character_of_a_name_or_a_letter_is_lost(first, words):
    letter = make_letter(who={"first_name": first}, own_words=words)

    plan = lay_out(make_recipe(make_field("$NAME_FIRST")), letter)

    assert plan.actions[1].value == first
    assert words in plan.message


def test_parts_are_what_the_office_reads_each_once():
    recipe = make_recipe(
        make_menu("$TOPIC", "Foreign Affairs=FA", "Taxes"),
        make_field("$EMAIL", "#email"),
        make_field("$EMAIL", "#again"),
    )

    read = parts(lay_out(recipe, make_letter()))

    assert [part.label for part in read] == ["Topic", "E-mail", "Message"]
    assert read[0].text == "Foreign Affairs"


def test_a_preview_shows_what_is_known_before_anything_was_answered():
    recipe = make_recipe(make_field("$PHONE"), make_menu("$TOPIC", "Taxes", "Other"))
    capped = make_recipe(make_field("$MESSAGE", max_length=9))

    assert [part.label for part in preview(recipe, make_letter(who={"phone": ""}))] == ["Message"]
    shortest = whole_text(make_letter(closing=""))
    assert preview(capped, make_letter())[0].text == shortest
