"""In the months before the day: who has to be asked is asked then, and nobody for nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as configured
from django.core import mail

from letters import gate as gating
from letters import looking_ahead, tasks
from letters.agreeing import agree
from letters.holding import hold_and_release
from letters.looking_ahead import claim, look_ahead
from letters.models import Delivery, Letter, Notice
from letters.notices import mail_due
from letters.states import Reason, State
from letters.submission import ChosenSeat
from representatives.lookup import Lookup, Outcome
from representatives.models import Snapshot, Term
from tests.factories import (
    make_campaign,
    make_correction,
    make_delivery,
    make_identity,
    make_letter,
    make_roster,
)
from tests.letters.test_change_of_congress import (
    AFTER_NOON,
    BEFORE_NOON,
    CLASS_1,
    HOUSE,
    MAY_21,
    NEW_YEARS_EVE,
    WRITTEN,
    load_map,
    states,
)

pytestmark = pytest.mark.django_db
JANUARY = AFTER_NOON + timedelta(days=5)
FEBRUARY = AFTER_NOON + timedelta(days=35)
AUSTIN = "HTX37"
WAITS = {"due_at": MAY_21, "reason": Reason.ON_THE_DAY}


@pytest.fixture(autouse=True)
def live(settings, channel):
    """A live campaign of December 2026 for May 21, and no geocoder."""
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    settings.LOOKUP_PROVIDERS = {"zip_table": settings.LOOKUP_PROVIDERS["zip_table"]}
    with time_machine.travel(WRITTEN, tick=False):
        ends = MAY_21 + timedelta(days=40)
        campaign = make_campaign(state="live", delivery_at=MAY_21, closes_at=ends)
        campaign.current_appeal.facts.update(reviewed_at=WRITTEN)
    return campaign


def write_from_austin() -> Letter:
    with time_machine.travel(WRITTEN, tick=False):
        member = Term.objects.get(seat=AUSTIN).member_id
        return make_letter(
            person=make_identity(
                street="1100 Congress Ave", city="Austin", state="TX", zip="78701"
            ),
            state="TX",
            district="TX-37",
            seats=(ChosenSeat(AUSTIN, member, "zip"),),
        )


@pytest.fixture
def from_austin() -> Delivery:
    """Waits for the day; Texas has new lines from January 3 on."""
    return make_delivery(letter=write_from_austin(), seat=AUSTIN, **WAITS)


@pytest.fixture
def handed_off() -> Delivery:
    """The same, for its supporter to finish."""
    return make_delivery(
        letter=write_from_austin(),
        seat=AUSTIN,
        state=State.NEEDS_SUPPORTER,
        reason=Reason.NO_GATEWAY_KEY,
        channel="hand_off",
    )


def beat(moment, *, roster: str = "", beats: int = 1, vacant: tuple = ()) -> int:
    """What beat does then, with a roster that was checked that day; how many were looked up."""
    with time_machine.travel(moment, tick=False):
        if roster == "new":
            make_roster(dict.fromkeys(vacant), congress=120, as_of=moment.date())
        Snapshot.objects.update(checked_at=moment)
        looked = 0
        for _ in range(beats):
            hold_and_release()
            looked += look_ahead()
        return looked


def now_is(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(id=delivery.id)


def told(delivery: Delivery) -> int:
    return delivery.letter.notices.filter(kind=Notice.Kind.HELD).count()


def mails(moment) -> list:
    """What is mailed then about something that has changed."""
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):
        while mail_due():
            pass
    return [each for each in mail.outbox if each.subject == "Something waits for you"]


def answer_nothing(monkeypatch) -> list:
    """Every lookup from now on is one that no provider can answer."""
    asked = []
    nothing = Lookup(Outcome.UNAVAILABLE, 120, JANUARY.date())
    monkeypatch.setattr(
        gating, "find_seats", lambda address, **how: asked.append(address) or nothing
    )
    return asked


def never_ask(monkeypatch) -> None:
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: pytest.fail("asked"))


def test_beat_looks_every_minute(monkeypatch):
    entries = configured.CELERY_BEAT_SCHEDULE.values()
    assert {"task": tasks.look_ahead.name, "schedule": 60} in entries

    monkeypatch.setattr(looking_ahead, "look_ahead", lambda: pytest.fail("looked"))
    with pytest.raises(pytest.fail.Exception):
        tasks.look_ahead()


def test_an_address_elsewhere_is_held_and_asked_in_january_not_in_may(from_austin):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)

    beat(JANUARY, roster="new")

    assert states(from_austin.letter) == {AUSTIN: Reason.ADDRESS_ELSEWHERE}
    assert now_is(from_austin).state == State.HELD
    [question] = mails(JANUARY)
    assert f"/offices/{from_austin.id}/seat/" in question.body
    assert "was not sent as it is" in question.body


def test_its_writer_is_mailed_once_however_often_beat_comes(from_austin):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)

    assert beat(JANUARY, roster="new", beats=3) == 1
    assert beat(FEBRUARY, beats=2) == 0

    assert told(from_austin) == 1


def test_an_address_that_still_lies_there_waits_on_and_is_asked_no_more(from_austin, monkeypatch):
    load_map("TX", {"78701": (37,)}, on=AFTER_NOON)

    assert beat(JANUARY, roster="new") == 1

    after = now_is(from_austin)
    assert (after.state, after.reason, after.due_at) == (State.WAITING, *reversed(WAITS.values()))
    assert (after.congress_id, after.address_checked_at) == (120, JANUARY)
    never_ask(monkeypatch)
    assert beat(FEBRUARY) == 0
    assert told(from_austin) == 0


@pytest.mark.parametrize("moment", [NEW_YEARS_EVE, BEFORE_NOON, AFTER_NOON, FEBRUARY])
def test_before_the_roster_of_the_new_congress_nobody_is_asked(
    from_austin, handed_off, monkeypatch, moment
):
    load_map("TX", {"78701": (10,)}, on=NEW_YEARS_EVE)
    never_ask(monkeypatch)

    assert beat(moment, beats=2) == 0

    assert states(from_austin.letter) == {AUSTIN: Reason.ON_THE_DAY}
    assert told(from_austin) == told(handed_off) == 0


def test_a_senator_whose_term_runs_on_needs_no_new_roster():
    with time_machine.travel(WRITTEN, tick=False):
        letter = make_letter()
        runs_on = make_delivery(letter=letter, seat=CLASS_1, **WAITS)
        house = make_delivery(letter=letter, seat=HOUSE, **WAITS)

    assert beat(JANUARY) == 1

    assert (now_is(runs_on).congress_id, now_is(house).congress_id) == (120, 119)


def test_a_newer_map_of_the_same_congress_is_looked_at_as_well(from_austin):
    later = WRITTEN + timedelta(days=3)
    with time_machine.travel(later, tick=False):
        assert not look_ahead()
    made = load_map("TX", {"78701": (10,)}, on=later, congress=119)

    beat(later + timedelta(hours=1))

    assert made.congress_id == 119
    assert states(from_austin.letter) == {AUSTIN: Reason.ADDRESS_ELSEWHERE}


def test_what_nobody_can_tell_waits_and_is_asked_again_a_day_later(from_austin, monkeypatch):
    asked = answer_nothing(monkeypatch)

    beat(JANUARY, roster="new", beats=3)
    assert states(from_austin.letter) == {AUSTIN: Reason.ON_THE_DAY}
    assert len(asked) == 1

    beat(JANUARY + timedelta(hours=23))
    assert len(asked) == 1
    beat(JANUARY + timedelta(hours=25))
    assert len(asked) == 2


def test_newer_lines_are_no_reason_to_wait_for_a_day(from_austin, monkeypatch):
    with monkeypatch.context() as away:
        answer_nothing(away)
        beat(JANUARY, roster="new")
    load_map("TX", {"78701": (10,)}, on=JANUARY)

    beat(JANUARY + timedelta(hours=1))

    assert states(from_austin.letter) == {AUSTIN: Reason.ADDRESS_ELSEWHERE}


def test_what_is_held_by_the_lines_is_asked_once_a_day_too_where_nobody_can_tell(
    from_austin, monkeypatch
):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    beat(JANUARY, roster="new")
    load_map("TX", {"78701": (37,)}, on=JANUARY + timedelta(days=1))
    with monkeypatch.context() as away:
        asked = answer_nothing(away)
        beat(JANUARY + timedelta(days=2), beats=3)
        assert len(asked) == 1

    beat(FEBRUARY)

    assert states(from_austin.letter) == {AUSTIN: Reason.ON_THE_DAY}


def test_what_newer_lines_hold_for_the_same_reason_is_looked_at_once(from_austin):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    beat(JANUARY, roster="new")
    load_map("TX", {"78701": (21,)}, on=JANUARY + timedelta(days=1))

    assert beat(JANUARY + timedelta(days=2)) == 1
    assert beat(FEBRUARY) == 0
    assert told(from_austin) == 1


def test_what_one_worker_has_in_hand_no_other_looks_up(from_austin):
    with time_machine.travel(JANUARY, tick=False):
        make_roster(congress=120, as_of=JANUARY.date())

        assert [each.id for each in claim()] == [from_austin.id]
        assert claim() == []


def test_a_beat_looks_up_a_few_and_the_next_one_the_next(from_austin, monkeypatch):
    make_delivery(letter=write_from_austin(), seat=AUSTIN, **WAITS)
    monkeypatch.setattr(looking_ahead, "SEVERAL", 1)
    asked = answer_nothing(monkeypatch)

    assert [beat(JANUARY, roster="new"), beat(JANUARY), beat(JANUARY)] == [1, 1, 0]
    assert len({address.street for address in asked}) == 1 and len(asked) == 2


def test_what_a_beat_has_no_time_for_the_next_one_looks_up(from_austin, monkeypatch):
    with monkeypatch.context() as slow:
        slow.setattr(looking_ahead, "SECONDS", 0)
        assert beat(JANUARY, roster="new") == 0
    load_map("TX", {"78701": (37,)}, on=AFTER_NOON)

    assert beat(JANUARY) == 1


def test_one_that_is_broken_keeps_no_other_waiting(from_austin, monkeypatch):
    other = make_delivery(letter=write_from_austin(), seat=AUSTIN, **WAITS)
    load_map("TX", {"78701": (37,)}, on=AFTER_NOON)
    with monkeypatch.context() as broken:
        broken.setattr(looking_ahead, "address_gate", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            beat(JANUARY, roster="new")

    assert beat(JANUARY) == 1
    assert {now_is(from_austin).congress_id, now_is(other).congress_id} == {119, 120}


def test_on_the_day_it_is_left_to_the_delivery(from_austin, monkeypatch):
    never_ask(monkeypatch)

    assert beat(MAY_21 + timedelta(seconds=1), roster="new") == 0


def test_a_rehearsal_asks_nobody(handed_off, settings):
    settings.LIVE = False
    Term.objects.filter(seat=AUSTIN).delete()

    assert beat(WRITTEN) == 0
    assert told(handed_off) == 0


def test_of_a_campaign_that_is_over_nobody_is_asked(from_austin, handed_off, live):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    live.closes_at = NEW_YEARS_EVE
    live.save()

    assert beat(JANUARY, roster="new", vacant=(AUSTIN,)) == 0
    assert told(handed_off) == 0


def test_the_supporter_of_a_hand_off_to_somebody_who_left_is_mailed_once(handed_off):
    beat(JANUARY, roster="new", vacant=(AUSTIN,), beats=3)
    beat(FEBRUARY)

    assert told(handed_off) == 1
    [question] = mails(FEBRUARY)
    assert "Whom you wrote to no longer holds this seat." in question.body
    assert f"/offices/{handed_off.id}/seat/" in question.body
    assert "should not go as it is" in question.body
    assert "Dear" not in question.body
    assert now_is(handed_off).reason == Reason.NO_GATEWAY_KEY


def test_they_are_mailed_again_of_who_comes(handed_off):
    beat(JANUARY, roster="new", vacant=(AUSTIN,))
    make_correction(AUSTIN, starts=FEBRUARY.date())
    beat(FEBRUARY, roster="new", vacant=(AUSTIN,))

    assert told(handed_off) == 2


def test_nobody_is_mailed_twice_who_has_answered(handed_off):
    make_correction(AUSTIN, starts=JANUARY.date())
    load_map("TX", {"78701": (37,)}, on=AFTER_NOON)
    beat(JANUARY, roster="new", vacant=(AUSTIN,))
    with time_machine.travel(JANUARY, tick=False):
        agree(delivery=now_is(handed_off), seat=AUSTIN)

    beat(FEBRUARY)

    assert told(handed_off) == 1
    assert mails(FEBRUARY) == []


def test_a_correction_alone_tells_nobody_while_the_new_congress_is_not_known(handed_off):
    correction = make_correction(AUSTIN, starts=AFTER_NOON.date())
    make_roster(as_of=WRITTEN.date())

    beat(JANUARY)

    assert Term.objects.filter(correction=correction).exists()
    assert told(handed_off) == 0


@pytest.mark.parametrize(
    ("reason", "mailed"),
    [*((each, 0) for each in sorted(Reason.could_not())), (Reason.ASKED_BY_HAND, 1)],
)
def test_who_has_given_up_is_left_alone_and_who_asked_a_volunteer_is_not(
    handed_off, reason, mailed
):
    Delivery.objects.update(reason=reason)

    beat(JANUARY, roster="new", vacant=(AUSTIN,))

    assert told(handed_off) == mailed


@pytest.mark.parametrize(
    ("touched", "says"),
    [((10,), Reason.ADDRESS_ELSEWHERE), ((10, 37), Reason.CHOOSE_AGAIN)],
)
def test_the_supporter_of_a_hand_off_whose_address_moved_is_mailed_once(handed_off, touched, says):
    load_map("TX", {"78701": touched}, on=AFTER_NOON)

    beat(JANUARY, roster="new", beats=2)
    beat(FEBRUARY)

    assert told(handed_off) == 1
    assert now_is(handed_off).state == State.NEEDS_SUPPORTER
    [question] = mails(FEBRUARY)
    assert str(says.label) in question.body


def test_a_hand_off_that_is_asked_about_is_looked_up_no_more(handed_off):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)

    assert [beat(JANUARY, roster="new"), beat(FEBRUARY)] == [1, 0]


def test_a_hand_off_whose_address_still_lies_there_is_marked_and_nobody_mailed(handed_off):
    load_map("TX", {"78701": (37,)}, on=AFTER_NOON)

    beat(JANUARY, roster="new")

    assert (now_is(handed_off).congress_id, told(handed_off)) == (120, 0)


def test_somebody_who_left_and_an_address_that_moved_are_one_mail(handed_off):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)

    beat(JANUARY, roster="new", vacant=(AUSTIN,), beats=2)
    beat(FEBRUARY)

    assert told(handed_off) == 1


def test_a_hand_off_that_was_finished_meanwhile_is_not_asked_about(handed_off):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    beat(JANUARY, roster="new")
    Delivery.objects.update(state=State.SELF_REPORTED)

    assert mails(JANUARY) == []


def test_a_question_that_better_lines_have_answered_is_not_mailed(handed_off):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    beat(JANUARY, roster="new")
    with time_machine.travel(JANUARY, tick=False):
        gating.found_in_seat(now_is(handed_off), congress=120)

    assert mails(JANUARY) == []


def test_a_mail_that_noon_has_overtaken_is_not_mailed(handed_off):
    Term.objects.filter(seat=AUSTIN).delete()
    beat(NEW_YEARS_EVE)
    assert told(handed_off) == 1

    assert mails(AFTER_NOON) == []
