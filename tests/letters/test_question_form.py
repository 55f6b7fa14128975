"""What the offices ask of a supporter, once for all or for one alone, and how to decline it."""

import pytest
from django.utils.datastructures import MultiValueDict

from letters.channels.cwc.channel import TITLE
from letters.channels.interface import Ask, Question
from letters.question_form import Asked, QuestionForm
from letters.states import Reason
from tests.fake_channel import asks_everything

EVERYTHING = [Asked(question, "John Barrasso") for question in asks_everything("SWY01")]
PHONE, MENU, TOPIC, SHORT = EVERYTHING
GATEWAY = Asked(TITLE, "Harriet M. Hageman")
LEFT_OPEN = {"phone": "", "topic-SWY01": "", "text-SWY01": ""}


def form(*asked: Asked, **typed: str) -> QuestionForm:
    return QuestionForm(MultiValueDict({k: [v] for k, v in typed.items()}), asked=asked)


def errors(*asked: Asked, **typed: str) -> dict[str, list[str]]:
    return dict(form(*asked, **typed).errors)


def answers(*asked: Asked, **typed: str) -> dict[str, str]:
    filled = form(*asked, **typed)
    assert filled.is_valid(), filled.errors
    return filled.answers()


def menu(*titles: str, seat: str = "SWY02") -> Asked:
    question = Question(Ask.PREFIX, f"prefix {seat}", declined="", choices=titles)
    return Asked(question, "Cynthia M. Lummis")


def titles_in(form: QuestionForm) -> list[str]:
    return [value for value, _label in form.fields["prefix_title"].choices]


def test_nothing_is_asked_that_no_office_needs():
    assert not form().fields


@pytest.mark.parametrize(
    "typed",
    ["3075550123", "(307) 555-0123", "+1 307.555.0123", "1-307-555-0123", " 307 555 0123\t"],
)
def test_a_phone_number_is_written_as_the_offices_write_it(typed):
    filled = form(PHONE, phone=typed)

    assert filled.is_valid()
    assert filled.cleaned_data["phone"] == "307-555-0123"


@pytest.mark.parametrize(
    "typed",
    [
        "+375 29 123-45-67",
        "8 029 123 45 67",
        "000-000-0000",
        "555-0123",
        "307-555-0123 ext 4",
        "no",
    ],
)
def test_another_number_is_refused_with_the_way_out(typed):
    (said,) = errors(PHONE, phone=typed)["phone"]

    assert "US phone numbers only" in said
    assert "leave this empty" in said


def test_a_phone_left_empty_is_declined():
    assert form(PHONE, phone="").is_valid()


def test_a_question_that_the_page_did_not_show_is_open_and_not_declined():
    asked = errors(*EVERYTHING, prefix_title="Mr")

    assert set(asked) == {"phone", "topic-SWY01", "text-SWY01"}
    assert "John Barrasso. Answer it, or leave it as it is" in asked["phone"][0]


def test_one_title_answers_every_menu_that_has_it_in_its_own_words():
    other = menu("Mister", "Ms.", seat="SWY02")

    said = answers(GATEWAY, MENU, other, prefix_title="Mr.")

    assert said == {"prefix SWY01": "Mr", "prefix SWY02": "Mister"}


def test_the_titles_offered_are_the_gateways():
    assert titles_in(form(MENU, GATEWAY)) == ["", "Mr.", "Mrs.", "Miss", "Ms.", "Dr.", "none"]


def test_without_a_gateway_the_titles_offered_are_those_that_all_menus_have():
    assert titles_in(form(MENU, menu("Ms.", "Rabbi", "Mx."))) == ["", "Ms", "Rabbi", "none"]


def test_a_title_that_a_menu_lacks_is_asked_for_again_in_that_menus_words():
    assert list(errors(GATEWAY, MENU, prefix_title="Dr.")) == ["prefix-SWY01"]
    assert answers(GATEWAY, MENU, **{"prefix_title": "Dr.", "prefix-SWY01": "Mrs"}) == {
        "prefix SWY01": "Mrs"
    }


def test_and_can_be_declined_there_as_well():
    assert answers(GATEWAY, MENU, **{"prefix_title": "Dr.", "prefix-SWY01": ""}) == {}


def test_none_of_these_shows_the_menus_that_have_others_and_no_gateways():
    assert list(errors(GATEWAY, MENU, prefix_title="none")) == ["prefix-SWY01"]
    assert answers(GATEWAY, menu("Mr", "Ms"), prefix_title="none") == {}


def test_menus_with_nothing_in_common_are_asked_one_by_one():
    first, second = menu("Senator", seat="SWY01"), menu("Dean", seat="SWY02")

    assert list(form(first, second).fields) == ["prefix-SWY01", "prefix-SWY02"]


def test_where_a_form_takes_any_title_the_title_will_do():
    assert answers(menu(), prefix_title="Miss") == {"prefix SWY02": "Miss"}


def test_a_topic_is_one_of_the_forms_own():
    said = errors(TOPIC, **{"topic-SWY01": "Foreign Affairs"})
    assert "no longer be chosen" in said["topic-SWY01"][0]
    assert answers(TOPIC, **{"topic-SWY01": "Veterans"}) == {"topic SWY01": "Veterans"}


def test_what_is_declined_has_no_answer():
    assert answers(*EVERYTHING, prefix_title="none", **LEFT_OPEN, **{"prefix-SWY01": ""}) == {}


def test_a_short_text_arrives_as_it_was_written_or_not_at_all():
    just_right = "a" * 98 + "\nb"

    assert answers(SHORT, **{"text-SWY01": just_right[1:]}) == {"text SWY01": just_right[1:]}
    # The form counts a line break as two.
    assert (
        "shorten your letter by 1." in errors(SHORT, **{"text-SWY01": just_right})["text-SWY01"][0]
    )


def test_a_short_text_is_in_english():
    said = errors(SHORT, **{"text-SWY01": "Калі ласка, дапамажыце палітвязням."})

    assert "staff read English" in said["text-SWY01"][0]


@pytest.mark.parametrize(
    ("name", "label"), [("county SWY01", "County, for"), ("zip4 SWY01", "ZIP+4, for")]
)
def test_what_else_a_form_needs_is_called_what_it_is(name, label):
    asked = Asked(Question(Ask.TEXT, name, Reason.ANSWER_MISSING, limit=4), "John Barrasso")
    [field] = form(asked).own_questions

    assert field.label == f"{label} John Barrasso's form (optional)"
    assert answers(asked, **{field.name: "1234"}) == {name: "1234"}
    assert "At most 4 characters" in errors(asked, **{field.name: "12345"})[field.name][0]


def test_a_forms_words_are_english_and_the_way_out_is_the_supporters():
    html = str(form(TOPIC)["topic-SWY01"])

    assert '<option value="Veterans" lang="en">' in html
    assert html.count("lang=") == 2
    assert "I&#x27;ll finish that letter myself" in html


def test_every_question_says_who_asks():
    filled = form(GATEWAY, *EVERYTHING, prefix_title="Dr.")

    assert "Harriet M. Hageman, John Barrasso" in filled.fields["prefix_title"].help_text
    assert "for you to: John Barrasso." in filled.fields["phone"].help_text
    assert all("John Barrasso" in question.label for question in filled.own_questions)


def test_a_declined_title_has_the_reason_of_the_office():
    assert TITLE.declined == Reason.PREFIX_MISSING
