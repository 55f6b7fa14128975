"""What an organizer decides about a delivery: within the table of states, and never twice."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from letters.channels import channels
from letters.models import Delivery, Notice
from letters.models.delivery import due_at_and_deadline
from letters.notices import tell_of
from letters.states import NotAllowed, Reason, State
from letters.waking import wake_workers

# The code is the supporter's to enter; what is being sent is in a worker's hands.
NOT_OURS = {State.AWAITING_CODE, State.SENDING}
# What a letter whose text is gone can no longer become.
NEEDS_TEXT = {State.WAITING, State.NEEDS_SUPPORTER}


def decide(*, delivery: Delivery, after: str, by: str) -> None:
    """Moves a delivery because the organizer `by` (a login) says so.

    What waits already and is to wait is only due now: the pause after a failed try ends.
    Raises NotAllowed, in a sentence, where the table forbids it, the letter is not confirmed, a
    worker holds it, or its text is gone.
    """
    _refuse_impossible(delivery, after)
    if delivery.state == after == State.WAITING:
        _end_the_pause(delivery)
        return
    with transaction.atomic():
        delivery.move(after, by=by, **_changes(delivery, after))
        if after == State.NEEDS_SUPPORTER:
            tell_of(delivery, Notice.Kind.NEEDS_SUPPORTER)
        if after == State.WAITING:
            wake_workers()


def _refuse_impossible(delivery: Delivery, after: str) -> None:
    if delivery.state in NOT_OURS:
        raise NotAllowed(f"a delivery that is {delivery.state!r} is not the organizers' to decide")
    letter = delivery.letter
    gone = letter.text_erased_at or letter.signatory.erasure_asked_at or letter.signatory.erased_at
    if after in NEEDS_TEXT and gone:
        raise NotAllowed("its text is erased, or about to be: there is nothing left to send")


def _end_the_pause(delivery: Delivery) -> None:
    if settings.LIVE and delivery.reason == Reason.ON_THE_DAY:
        raise NotAllowed("it waits for the campaign's day, and is sent then")
    if _waits_for_its_repeat(delivery):
        raise NotAllowed("it may have arrived: it is repeated twice at most, hours apart")
    # Another reason, or a worker's lease: somebody was quicker.
    rows = Delivery.objects.filter(
        id=delivery.id, state=State.WAITING, reason=delivery.reason, lease_token=None
    )
    # Without the reason: a turn that it was waiting for is not now.
    if not rows.update(due_at=timezone.now(), reason=Reason.NONE):
        raise NotAllowed("it no longer waits as we read it")
    wake_workers()


def _waits_for_its_repeat(delivery: Delivery) -> bool:
    channel = channels().get(delivery.channel)
    shy = channel is not None and channel.keyed and not channel.recognizes_repeats
    return shy and delivery.attempts.may_have_arrived().exists()


def _changes(delivery: Delivery, after: str) -> dict:
    if after == State.HANDED_OVER:
        return {"reason": Reason.BY_HAND}
    if after == State.NEEDS_SUPPORTER:
        return {
            "reason": Reason.ORGANIZER,
            "channel": _supporters_channel(),
            "submitted_text": None,
        }
    if after != State.WAITING:
        return {"reason": Reason.ORGANIZER}
    # What may have arrived goes again as the very same text; else it is written anew.
    same = delivery.attempts.may_have_arrived().exists()
    fresh = {} if same else {"submitted_text": None}
    due_at = delivery.letter.signatory.campaign.sends_at
    return {
        "reason": Reason.ON_THE_DAY if due_at > timezone.now() else Reason.ORGANIZER,
        **due_at_and_deadline(due_at),
        "tries": 0,
        **fresh,
    }


def _supporters_channel() -> str:
    return next(name for name, channel in channels().items() if not channel.automatic)
