"""Screen 3, where a chosen office's way must be told more than who writes."""

import pytest

from letters.channels.cwc.channel import TITLE
from letters.channels.interface import Ask, Question
from letters.models import Letter
from letters.receipt import erase
from letters.states import Reason, State
from tests.fake_channel import asks_everything, channel
from tests.letters.journey.conftest import text_of

__all__ = ["channel"]

ANSWERS = {
    "prefix_title": "Ms",
    "phone": "(307) 555-0123",
    "topic-SWY01": "Veterans",
    "text-SWY01": "Please help the prisoners.",
}
DECLINED = {
    "prefix_title": "none",
    "phone": "",
    "prefix-SWY01": "",
    "topic-SWY01": "",
    "text-SWY01": "",
}


def one_office_asks(code: str) -> tuple:
    return asks_everything(code) if code == "SWY01" else ()


@pytest.fixture
def at_you(channel, supporter):
    channel.asks = one_office_asks
    return supporter.walk_to("you")


def outcome(supporter) -> dict[str, tuple[str, str]]:
    supporter.enter(supporter.mailed_code())
    rows = supporter.letter.deliveries.values_list("seat_id", "state", "reason")
    return {seat: (state, reason) for seat, state, reason in rows}


def test_nothing_is_asked_where_no_office_asks(channel, supporter):
    page = text_of(supporter.walk_to("you").get("you/"))

    assert not [word for word in ("Title", "Phone", "For one office alone") if word in page]


def test_everything_that_one_office_asks_is_asked_on_one_page(at_you):
    page = text_of(at_you.get("you/"))

    assert "Choose one Mr Mrs Ms Rabbi None of these Asked for by: John Barrasso." in page
    assert "Phone (optional) With a US number we send your letter for you to: John Bar" in page
    assert "Without it you finish it there yourself, in the official form." in page
    assert "For one office alone Topic in John Barrasso's form" in page
    assert "takes 100 characters at most, and your letter is longer" in page


def test_the_answers_are_kept_with_who_wrote_them(at_you):
    assert at_you.sign(**ANSWERS).url == at_you.url("confirm/")

    person = at_you.letter.signatory.person
    assert (person.prefix, person.phone) == ("Ms", "307-555-0123")
    assert person.answers == {
        "prefix SWY01": "Ms",
        "topic SWY01": "Veterans",
        "text SWY01": "Please help the prisoners.",
    }
    assert set(outcome(at_you).values()) == {(State.WAITING, Reason.NONE)}


def test_who_declines_finishes_that_one_letter_and_no_other(at_you):
    assert at_you.sign(**DECLINED).url == at_you.url("confirm/")

    became = outcome(at_you)
    assert became.pop("SWY01") == (State.NEEDS_SUPPORTER, Reason.PHONE_MISSING)
    assert set(became.values()) == {(State.WAITING, Reason.NONE)}


def test_the_receipt_says_why_that_letter_is_theirs(at_you):
    at_you.sign(**ANSWERS | {"phone": ""})
    receipt = at_you.enter(at_you.mailed_code(), follow=True)

    assert "takes no letter without a phone number" in text_of(receipt)


def test_an_error_stands_beside_its_field_and_no_answer_is_lost(at_you):
    page = at_you.sign(**ANSWERS | {"phone": "+375 29 123-45-67", "text-SWY01": "a" * 101})

    assert set(page.context["form"].errors) == {"phone", "text-SWY01"}
    html = page.content.decode()
    assert 'value="+375 29 123-45-67"' in html
    assert "a" * 101 in html
    assert '<option value="Veterans" selected lang="en">' in html
    assert 'href="#id_text-SWY01"' in html
    assert not Letter.objects.exists()


@pytest.mark.parametrize("button", ["back", "preview"])
def test_no_answer_is_lost_on_the_way_back(at_you, button):
    at_you.sign(**ANSWERS, **{button: "1"})

    form = at_you.get("you/").context["form"]

    assert {name: form[name].value() for name in ANSWERS} == ANSWERS


def test_a_title_that_a_form_lacks_is_asked_for_on_the_same_page(at_you, channel):
    """The other office is one whose menu knows only a few."""
    few = Question(Ask.PREFIX, "prefix SWY02", declined=Reason.PREFIX_MISSING, choices=("Ms", "X"))
    channel.asks = lambda code: (few,) if code == "SWY02" else (TITLE,)

    page = at_you.sign(prefix_title="Dr.")
    assert "Title in Cynthia M. Lummis's form" in text_of(page)
    at_you.sign(prefix_title="Dr.", **{"prefix-SWY02": "X"})

    person = at_you.letter.signatory.person
    assert (person.prefix, person.answers) == ("Dr.", {"prefix SWY02": "X"})
    assert set(outcome(at_you).values()) == {(State.WAITING, Reason.NONE)}


def ways_shown(supporter) -> dict[str, bool]:
    """Whether we send it, by seat, as the preview says."""
    shown = supporter.get("letter/preview/").context["previews"]
    return {each.seat.code: each.way.channel.automatic for _office, each in shown}


def test_the_preview_shows_the_way_that_the_answers_leave(at_you):
    assert ways_shown(at_you) == {"HWY00": True, "SWY01": True, "SWY02": True}

    assert at_you.sign(**DECLINED, preview="1").url == at_you.url("letter/preview/")
    assert ways_shown(at_you) == {"HWY00": True, "SWY01": False, "SWY02": True}

    at_you.sign(**ANSWERS, preview="1")
    assert ways_shown(at_you)["SWY01"]
    assert not Letter.objects.exists()


def test_a_form_that_asks_more_since_the_page_was_opened_is_asked_for(channel, supporter):
    supporter.walk_to("you")
    channel.asks = one_office_asks

    page = supporter.sign(prefix_title="Ms")

    assert set(page.context["form"].errors) == {"phone", "topic-SWY01", "text-SWY01"}
    assert supporter.sign(**ANSWERS).url == supporter.url("confirm/")


def test_a_form_that_asks_no_more_is_told_nothing(at_you, channel):
    channel.asks = lambda code: ()

    at_you.sign(**ANSWERS)

    person = at_you.letter.signatory.person
    assert (person.prefix, person.phone, person.answers) == ("", "", {})


def test_an_office_that_is_no_longer_chosen_asks_nothing(at_you):
    at_you.tick(["HWY00", "SWY02"])
    at_you.write()

    assert "Phone" not in text_of(at_you.get("you/"))


def test_a_letter_that_became_short_enough_needs_no_shorter_one(at_you, channel):
    def asks_if_long(envelope):
        return asks_everything(envelope.seat_code) if len(envelope.statement) > 100 else ()

    channel.questions = asks_if_long
    assert "Phone" in text_of(at_you.get("you/"))

    at_you.write(statement="Please help them.")

    assert "Phone" not in text_of(at_you.get("you/"))


def test_erasure_takes_the_answers_with_it(at_you):
    at_you.sign(**ANSWERS)
    at_you.enter(at_you.mailed_code())

    erase(letter=at_you.letter)

    assert at_you.letter.signatory.person is None
