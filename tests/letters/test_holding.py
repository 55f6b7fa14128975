"""A changed fact or member holds what waits for the day, at once; and lets it go again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.models import Prisoner
from letters.holding import hold_and_release
from letters.models import Delivery
from letters.states import Reason, State
from representatives.models import Snapshot, Term
from tests.factories import make_campaign, make_delivery, make_prisoner

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    day = timezone.now() + timedelta(days=10)
    campaign = make_campaign(state="live", delivery_at=day, closes_at=day + timedelta(days=9))
    campaign.current_appeal.facts.update(reviewed_at=timezone.now())
    Snapshot.objects.accept_age(by="organizer")
    return make_delivery(due_at=day, reason=Reason.ON_THE_DAY)


def now_is(delivery: Delivery) -> tuple[str, str]:
    after = Delivery.objects.get(id=delivery.id)
    return after.state, after.reason


def facts_of(delivery: Delivery):
    return delivery.letter.appeal.facts


def test_nothing_changed_holds_nothing(waiting):
    assert hold_and_release() == 0
    assert now_is(waiting) == (State.WAITING, Reason.ON_THE_DAY)


def test_an_expired_fact_holds_before_the_day(waiting):
    facts_of(waiting).filter(key="in_custody_2").update(expires_at=timezone.localdate())

    hold_and_release()

    assert now_is(waiting) == (State.HELD, Reason.FACT_CHANGED)


def test_a_reviewed_fact_lets_the_letter_go_to_its_day(waiting):
    facts_of(waiting).filter(key="prisoners").update(expires_at=timezone.localdate())
    hold_and_release()
    facts_of(waiting).filter(key="prisoners").update(expires_at=None)

    hold_and_release()

    assert now_is(waiting) == (State.WAITING, Reason.ON_THE_DAY)
    assert Delivery.objects.get(id=waiting.id).due_at > timezone.now() + timedelta(days=9)


@pytest.mark.parametrize(
    "change",
    [{"released": True}, {"expires_at": timezone.localdate()}, {"reviewed_at": None}],
)
@pytest.mark.parametrize("by", ["story", "own words"])
def test_whoever_is_free_or_uncertain_holds_the_letters_that_name_them(waiting, change, by):
    letter = waiting.letter
    prisoner = make_prisoner(letter.signatory.campaign, "Somebody Inside")
    if by == "story":
        letter.prisoner = prisoner
        letter.save(update_fields=["prisoner"])
    else:
        letter.named_prisoners.add(prisoner)
    hold_and_release()
    assert now_is(waiting) == (State.WAITING, Reason.ON_THE_DAY)
    Prisoner.objects.update(**change)

    hold_and_release()

    assert now_is(waiting) == (State.HELD, Reason.FACT_CHANGED)


def test_somebody_who_leaves_the_seat_holds_the_letter(waiting):
    Term.objects.filter(seat="HWY00").delete()

    hold_and_release()

    assert now_is(waiting) == (State.HELD, Reason.MEMBER_CHANGED)


def test_a_fact_that_expires_only_before_the_day_holds_nothing_yet(waiting):
    in_a_week = timezone.localdate() + timedelta(days=7)
    facts_of(waiting).update(expires_at=in_a_week)

    hold_and_release()

    assert now_is(waiting) == (State.WAITING, Reason.ON_THE_DAY)


def test_a_fact_of_an_edited_statement_that_changed_holds_the_letter(waiting):
    letter = waiting.letter
    letter.statement, letter.statement_frozen_on = "All 1,171 of them.", timezone.localdate()
    letter.save()
    letter.frozen_facts.set(facts_of(waiting).filter(key="prisoners"))
    hold_and_release()
    assert now_is(waiting)[0] == State.WAITING

    facts_of(waiting).filter(key="prisoners").update(value="900")
    hold_and_release()

    assert now_is(waiting) == (State.HELD, Reason.FACT_CHANGED)


def test_a_campaign_that_is_over_lets_nothing_wait_for_its_day(waiting):
    campaign = waiting.letter.signatory.campaign
    campaign.closes_at = timezone.now() - timedelta(seconds=1)
    campaign.save()

    hold_and_release()

    assert now_is(waiting) == (State.FAILED, Reason.CAMPAIGN_CLOSED)


def test_where_nothing_has_changed_no_letter_is_opened(waiting, monkeypatch):
    monkeypatch.setattr("letters.holding.gate", lambda *args: pytest.fail("looked"))

    assert hold_and_release() == 0


def test_what_waits_follows_its_campaigns_day(waiting):
    campaign = waiting.letter.signatory.campaign
    campaign.delivery_at -= timedelta(days=3)
    campaign.save()

    hold_and_release()

    assert Delivery.objects.get(id=waiting.id).due_at == campaign.delivery_at


def test_its_writer_is_told_of_a_vacancy_and_of_who_comes_once_each(waiting):
    term = Term.objects.get(seat="HWY00")
    Term.objects.filter(seat="HWY00").delete()
    hold_and_release()
    hold_and_release()
    assert waiting.letter.notices.filter(kind="held").count() == 1

    term.pk, term.member_id = None, "B001261"
    term.save()
    hold_and_release()
    hold_and_release()

    assert waiting.letter.notices.filter(kind="held").count() == 2


def test_what_a_fact_held_is_held_for_the_member_who_left_meanwhile(waiting):
    facts_of(waiting).filter(key="prisoners").update(expires_at=timezone.localdate())
    hold_and_release()
    facts_of(waiting).filter(key="prisoners").update(expires_at=None)
    Term.objects.filter(seat="HWY00").delete()

    hold_and_release()

    assert now_is(waiting) == (State.HELD, Reason.MEMBER_CHANGED)
    assert waiting.letter.notices.filter(occasion="HWY00 vacant").exists()


def test_a_member_who_is_back_lets_the_letter_go_to_its_day(waiting):
    term = Term.objects.get(seat="HWY00")
    Term.objects.filter(seat="HWY00").delete()
    hold_and_release()
    term.pk = None
    term.save()

    hold_and_release()

    assert now_is(waiting) == (State.WAITING, Reason.ON_THE_DAY)
