"""What an organizer may decide about a delivery, and what nobody may."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from letters.desk.deciding import decide
from letters.models import Attempt, Delivery, Notice
from letters.states import NotAllowed, Reason, State
from tests.factories import make_campaign, make_delivery, make_letter
from tests.letters.desk.acting import act, told
from tests.logins import make_login

pytestmark = pytest.mark.django_db


def decided(delivery, after) -> Delivery:
    decide(delivery=delivery, after=after, by="organizer")
    return Delivery.objects.get(id=delivery.id)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.FAILED, State.WAITING),
        (State.HELD, State.WAITING),
        (State.UNCERTAIN, State.WAITING),
        (State.UNCERTAIN, State.ACCEPTED),
        (State.UNCERTAIN, State.NEEDS_SUPPORTER),
        (State.FAILED, State.HANDED_OVER),
        (State.WAITING, State.HANDED_OVER),
        (State.NEEDS_SUPPORTER, State.FAILED),
    ],
)
def test_an_organizer_may_decide_so(before, after):
    delivery = decided(make_delivery(state=before), after)

    assert delivery.state == after
    assert delivery.changed_by == "organizer"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.AWAITING_CODE, State.WAITING),
        (State.AWAITING_CODE, State.NEEDS_SUPPORTER),
        (State.ACCEPTED, State.WAITING),
        (State.HANDED_OVER, State.WAITING),
        (State.WITHDRAWN, State.WAITING),
        (State.SELF_REPORTED, State.ACCEPTED),
        (State.WAITING, State.ACCEPTED),
    ],
)
def test_nobody_may_decide_so(before, after):
    delivery = make_delivery(state=before)

    with pytest.raises(NotAllowed):
        decide(delivery=delivery, after=after, by="organizer")

    delivery.refresh_from_db()
    assert delivery.state == before


def test_what_a_worker_holds_is_not_decided():
    delivery = make_delivery(state=State.SENDING, lease_token="0" * 32, lease_until=timezone.now())

    with pytest.raises(NotAllowed):
        decide(delivery=delivery, after=State.ACCEPTED, by="organizer")


def test_a_retry_is_due_now_with_all_its_tries():
    later = timezone.now() + timedelta(days=1)

    delivery = decided(make_delivery(state=State.FAILED, tries=12, due_at=later), State.WAITING)

    assert delivery.tries == 0
    assert delivery.due_at <= timezone.now()


@pytest.fixture
def wakes(monkeypatch) -> list:
    """One entry for each time that the workers were woken."""
    several = []
    monkeypatch.setattr("letters.desk.deciding.wake_workers", lambda: several.append("woken"))
    return several


def paused(**changes) -> Delivery:
    """After a gateway's maintenance: waiting, with two hours to go."""
    later = timezone.now() + timedelta(hours=2)
    return make_delivery(**({"due_at": later, "reason": Reason.BUSY, "tries": 3} | changes))


def test_what_waits_is_retried_at_once_and_stays_what_it_is(wakes):
    before = paused()

    after = decided(before, State.WAITING)

    assert after.due_at <= timezone.now()
    unchanged = ("state", "tries", "changed_at", "changed_by")
    assert all(getattr(after, name) == getattr(before, name) for name in unchanged)
    assert wakes == ["woken"]


def test_what_waits_for_the_campaigns_day_is_not_sent_before_it(settings, wakes):
    delivery = paused(reason=Reason.ON_THE_DAY)
    settings.LIVE = True

    with pytest.raises(NotAllowed, match="campaign's day"):
        decide(delivery=delivery, after=State.WAITING, by="organizer")

    assert Delivery.objects.get(id=delivery.id).due_at == delivery.due_at
    assert not wakes


@pytest.mark.parametrize("quicker", [{"state": State.FAILED}, {"reason": Reason.ON_THE_DAY}])
def test_what_no_longer_waits_as_it_was_read_is_not_retried(wakes, quicker):
    delivery = paused()
    Delivery.objects.filter(id=delivery.id).update(**quicker)

    with pytest.raises(NotAllowed, match="no longer"):
        decide(delivery=delivery, after=State.WAITING, by="organizer")

    assert Delivery.objects.get(id=delivery.id).due_at == delivery.due_at
    assert not wakes


def test_the_admin_retries_what_waits_and_logs_it(client):
    client.force_login(make_login("olga", organizer=True))
    delivery = paused()

    response = act(client, "letters_delivery", "retry", delivery)

    delivery.refresh_from_db()
    assert delivery.due_at <= timezone.now()
    assert told(response) == ["1 now waiting."]
    assert LogEntry.objects.get().get_change_message() == "waiting → waiting due now"


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [(Attempt.Outcome.REJECTED, False), (Attempt.Outcome.UNCERTAIN, True)],
)
def test_only_what_may_have_arrived_is_retried_with_the_very_same_text(outcome, kept):
    delivery = make_delivery(state=State.UNCERTAIN)
    delivery.submitted_text = "<CWC/>"
    delivery.save(update_fields=["submitted_text"])
    Attempt.objects.create(
        delivery=delivery,
        number=1,
        channel="house_cwc",
        outcome=outcome,
        submission_begun_at=timezone.now(),
    )

    delivery = decided(delivery, State.WAITING)

    assert (delivery.submitted_text == "<CWC/>") is kept


def test_the_supporter_is_told_once_that_a_letter_needs_them():
    delivery = make_delivery(state=State.FAILED)

    delivery = decided(delivery, State.NEEDS_SUPPORTER)
    delivery = decided(delivery, State.FAILED)
    delivery = decided(delivery, State.NEEDS_SUPPORTER)

    assert delivery.channel == "hand_off"
    assert Notice.objects.filter(kind=Notice.Kind.NEEDS_SUPPORTER).count() == 1


@pytest.mark.parametrize("after", [State.WAITING, State.NEEDS_SUPPORTER])
@pytest.mark.parametrize("gone", ["text_erased_at", "signatory.erasure_asked_at"])
def test_a_letter_whose_text_is_gone_is_never_sent_again(after, gone):
    delivery = make_delivery(state=State.FAILED)
    owner, _, field = gone.rpartition(".")
    setattr(delivery.letter.signatory if owner else delivery.letter, field, timezone.now())

    with pytest.raises(NotAllowed, match="erased"):
        decide(delivery=delivery, after=after, by="organizer")


def test_handed_over_by_hand_says_so():
    delivery = decided(make_delivery(state=State.FAILED), State.HANDED_OVER)

    assert delivery.reason == Reason.BY_HAND


def test_a_retry_before_the_campaigns_day_waits_for_the_day(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    day = timezone.now() + timedelta(days=5)
    campaign = make_campaign(state="live", delivery_at=day, closes_at=day + timedelta(days=9))
    delivery = make_delivery(letter=make_letter(campaign=campaign), state=State.FAILED)

    assert decided(delivery, State.WAITING).due_at == day


class TestTheDay:
    """A live campaign holds its letters until then."""

    @pytest.fixture(autouse=True)
    def live(self, settings):
        settings.LIVE, settings.DELIVERY_MODE = True, "live"
        self.day = timezone.now() + timedelta(days=10)
        self.campaign = make_campaign(
            state="live", delivery_at=self.day, closes_at=self.day + timedelta(days=9)
        )

    def test_what_is_to_be_sent_again_waits_for_it_like_the_others(self):
        delivery = decided(
            make_delivery(letter=make_letter(campaign=self.campaign), state=State.FAILED),
            State.WAITING,
        )

        assert (delivery.due_at, delivery.reason) == (self.day, Reason.ON_THE_DAY)
        with pytest.raises(NotAllowed, match="campaign's day"):
            decide(delivery=delivery, after=State.WAITING, by="organizer")


def test_what_may_have_reached_the_house_is_not_repeated_at_will(wakes):
    delivery = paused(channel="house_cwc")
    Attempt.objects.create(
        delivery=delivery, number=1, channel="house_cwc", submission_begun_at=timezone.now()
    )

    with pytest.raises(NotAllowed, match="hours apart"):
        decide(delivery=delivery, after=State.WAITING, by="organizer")


def test_who_waits_for_its_turn_at_an_office_loses_it_when_it_is_hurried(wakes):
    after = decided(paused(reason=Reason.PACED), State.WAITING)

    assert after.reason == Reason.NONE
