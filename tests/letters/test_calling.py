"""A call after the letter: what is said, and to whom."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from campaign.models import Appeal
from letters import calling
from letters.calling import call_of, script_of
from letters.states import State
from representatives.models import Term
from tests.factories import make_campaign, make_delivery, make_letter

pytestmark = pytest.mark.django_db
DAY = date(2027, 5, 1)


def make_appeal(**changes) -> Appeal:
    Appeal.objects.update(**changes)
    return make_campaign().current_appeal


@pytest.fixture(autouse=True)
def a_campaign():
    return make_campaign()


def english(script) -> list[str]:
    return [sentence.english for sentence in script]


def test_the_organizers_sentences_stand_between_a_greeting_and_thanks():
    script = english(script_of(make_appeal(call_script="Please speak.\n\nOn {day}."), on=DAY))

    assert script[0].startswith("Hello. My name is ______.")
    assert script[2:4] == ["Please speak.", "On May 21."]
    assert script[4:] == ["Thank you for passing it on. Goodbye."]


def test_each_sentence_has_its_meaning_in_the_callers_language():
    appeal = make_appeal(call_script="One.\nTwo.", call_meaning_be="Адзін.\nДва.")

    with translation.override("be"):
        meanings = [sentence.meaning for sentence in script_of(appeal, on=DAY)]

    assert meanings[2:4] == ["Адзін.", "Два."]


def test_our_own_sentences_are_said_in_english_and_explained(monkeypatch):
    monkeypatch.setattr(calling, "gettext", lambda text: f"be: {text}")

    first = script_of(make_appeal(), on=DAY)[0]

    assert first.meaning == f"be: {first.english}"


def test_who_reads_english_is_told_nothing_twice():
    assert not any(sentence.meaning for sentence in script_of(make_appeal(), on=DAY))


def test_without_a_script_nobody_is_asked_to_call():
    make_appeal(call_script="")

    assert call_of(make_letter()) is None


def test_a_script_that_names_an_unknown_fact_is_not_shown():
    assert script_of(make_appeal(call_script="Since {never}."), on=DAY) == ()


def test_without_an_appeal_there_is_no_script():
    assert script_of(None, on=DAY) == ()


@pytest.mark.parametrize(
    ("reviewed", "expires", "shown"),
    [(True, None, True), (False, None, False), (True, DAY, False)],
)
def test_a_live_script_states_only_facts_that_are_true_today(settings, reviewed, expires, shown):
    settings.LIVE = True
    appeal = make_appeal(call_script="On {day}.")
    facts = appeal.facts.filter(key="day")
    facts.update(reviewed_at=timezone.now() if reviewed else None, expires_at=expires)

    assert bool(script_of(Appeal.objects.get(pk=appeal.pk), on=DAY)) is shown


def test_a_rehearsal_may_say_what_nobody_has_reviewed():
    assert script_of(make_appeal(call_script="On {day}."), on=DAY)


def test_every_office_of_the_letter_has_the_number_of_who_sits_there():
    letter = make_letter()
    make_delivery(letter=letter, seat="SWY01", state=State.ACCEPTED)
    make_delivery(letter=letter, seat="SWY02", state=State.WITHDRAWN)

    lines = call_of(letter).lines

    assert [line.for_whom for line in lines] == ["Representative Hageman", "Senator Barrasso"]
    assert [line.phone for line in lines] == [
        Term.objects.get(seat=seat, member=member).phone
        for seat, member in [("HWY00", "H001096"), ("SWY01", "B001261")]
    ]


def test_an_office_without_a_number_is_left_out_and_without_any_there_is_no_call():
    letter = make_letter()
    Term.objects.filter(seat="HWY00").update(phone="")
    assert len(call_of(letter).lines) == 2

    Term.objects.all().update(phone="")
    assert call_of(letter) is None


def test_a_vacant_seat_is_called_by_nobody():
    letter = make_letter()
    Term.objects.filter(seat="SWY01").delete()

    assert len(call_of(letter).lines) == 2


@pytest.mark.parametrize("meaning", ["Адзін.", "Адзін.\nДва.\nТры."])
def test_a_meaning_has_as_many_lines_as_the_script_has_sentences(meaning):
    appeal = make_appeal(call_script="One.\n\nTwo.")
    appeal.call_meaning_be = meaning

    with pytest.raises(ValidationError) as refused:
        appeal.full_clean()

    assert set(refused.value.message_dict) == {"call_meaning_be"}


def test_the_shipped_script_says_what_each_of_its_sentences_means():
    appeal = make_campaign().current_appeal
    appeal.full_clean()

    assert appeal.call_script and appeal.call_meaning_be and appeal.call_meaning_ru
    assert script_of(appeal, on=DAY)
