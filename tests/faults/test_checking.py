"""The fault suite's own judge: it must see each thing that it is there to see."""

from dataclasses import replace

import pytest

from tests.faults.arrivals import Arrival
from tests.faults.checking import DeliveryRow, faults, repeats

CHANNEL_OF = {
    "HWY00": "house_cwc",
    "SWY01": "senate_cwc",
    "SWY02": "email",
    "HVT00": "contact_form",
}


def row(office: str, **changes) -> DeliveryRow:
    facts = {
        "key": f"key-{office}",
        "office": office,
        "channel": CHANNEL_OF[office],
        "state": "accepted",
        "reason": "",
        "begun": 1,
        "person": "person-1",
    }
    return DeliveryRow(**facts | changes)


def arrival(office: str, **changes) -> Arrival:
    facts = {
        "route": CHANNEL_OF[office],
        "key": f"key-{office}",
        "office": office,
        "mark": "letter-000001",
        "at": 0.0,
    }
    if CHANNEL_OF[office] == "contact_form":
        facts |= {"key": "", "person": "person-1"}
    return Arrival(**facts | changes)


ROWS = [row(office) for office in CHANNEL_OF]
ARRIVALS = [arrival(office) for office in CHANNEL_OF]


def without(office: str) -> list[Arrival]:
    return [each for each in ARRIVALS if each.office != office]


def with_row(office: str, **changes) -> list[DeliveryRow]:
    return [replace(each, **changes) if each.office == office else each for each in ROWS]


def test_a_letter_that_arrived_once_everywhere_is_right():
    assert faults(ROWS, ARRIVALS) == []


def test_an_uncertain_one_may_have_arrived_or_not():
    rows = with_row("SWY02", state="uncertain", reason="no_answer")
    assert faults(rows, ARRIVALS) == faults(rows, without("SWY02")) == []


def test_a_lost_one_is_seen():
    assert faults(ROWS, without("HVT00")) == [
        "key-HVT00 over contact_form is accepted and never arrived"
    ]


@pytest.mark.parametrize("state", ["waiting", "sending", "failed", "needs_supporter"])
def test_one_that_is_left_lying_is_seen(state):
    (said,) = faults(with_row("SWY02", state=state), without("SWY02"))
    assert said == f"key-SWY02 over email is {state} (no reason)"


def test_an_uncertain_one_must_say_why():
    assert faults(with_row("SWY02", state="uncertain"), ARRIVALS)


LEFT_TO_ITS_PERSON = {
    "state": "needs_supporter",
    "reason": "form_rests",
    "channel": "hand_off",
    "begun": 0,
}


def test_a_form_that_rests_leaves_letters_to_their_people():
    assert faults(with_row("HVT00", **LEFT_TO_ITS_PERSON), without("HVT00")) == []


def test_one_that_is_left_to_its_person_and_arrived_is_seen():
    assert faults(with_row("HVT00", **LEFT_TO_ITS_PERSON | {"begun": 1}), ARRIVALS)


def test_one_that_is_left_to_its_person_for_another_reason_is_seen():
    hand_off = LEFT_TO_ITS_PERSON | {"reason": "form_changed"}
    (said,) = faults(with_row("HVT00", **hand_off), without("HVT00"))
    assert said == "key-HVT00 over hand_off is needs_supporter (form_changed)"


def test_a_form_with_nobodys_letter_is_seen():
    said = faults(ROWS, [*ARRIVALS, arrival("HVT00", person="person-2", mark="letter-000002")])
    assert said == ["letter-000002 of an unknown person arrived at HVT00 and is no delivery"]


def test_one_persons_words_in_anothers_form_are_seen():
    rows = [*ROWS, row("HVT00", key="another", person="person-2")]
    said = faults(rows, [*ARRIVALS, arrival("HVT00", person="person-2")])
    assert "letter-000001 arrived at HVT00 under 2 keys" in said


@pytest.mark.parametrize("office", ["SWY02", "HVT00"])
def test_a_double_without_a_key_is_seen_even_if_attempts_explain_it(office):
    (said,) = faults(with_row(office, begun=2), [*ARRIVALS, arrival(office)])
    assert said == f"letter-000001 arrived at {office} over {CHANNEL_OF[office]} 2 times"


@pytest.mark.parametrize("office", ["HWY00", "SWY01"])
def test_a_repeat_under_its_key_is_right_if_the_attempts_explain_it(office):
    again = [*ARRIVALS, arrival(office)]
    assert faults(with_row(office, begun=2), again) == []
    assert repeats(again) == 1


def test_a_repeat_that_no_attempt_explains_is_seen():
    (said,) = faults(ROWS, [*ARRIVALS, arrival("HWY00")])
    assert said == "key-HWY00 over house_cwc arrived 2 times in 1 attempts"


def test_a_second_key_is_seen():
    said = faults(ROWS, [*ARRIVALS, arrival("HWY00", key="another")])
    assert "another arrived at HWY00 and is no delivery" in said
    assert "letter-000001 arrived at HWY00 under 2 keys" in said


def test_a_second_key_is_seen_even_if_it_is_a_delivery():
    rows = [*ROWS, row("HWY00", key="another")]
    said = faults(rows, [*ARRIVALS, arrival("HWY00", key="another")])
    assert said == ["letter-000001 arrived at HWY00 under 2 keys"]


def test_another_channel_is_seen():
    said = faults(ROWS, [*without("HVT00"), arrival("HVT00", route="email")])
    assert said == ["key-HVT00 for HVT00 over contact_form arrived at HVT00 over email"]


def test_another_office_is_seen():
    assert faults(ROWS, [*without("HVT00"), replace(arrival("HVT00"), office="HWY00")])


def test_one_that_arrived_before_its_attempt_said_so_is_seen():
    (said,) = faults(with_row("HVT00", begun=0, state="uncertain", reason="no_answer"), ARRIVALS)
    assert said == "key-HVT00 over contact_form arrived 1 times in 0 attempts"
