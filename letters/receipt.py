"""What a supporter can do from the receipt: finish, take back, change, read, erase."""

from django.db import transaction

from campaign.models import Signatory, Visibility
from letters.codes import Verdict, check_code
from letters.hand_off import SUPPORTER
from letters.models import Code, Delivery, Disowning, Letter, Notice, OpenSeat
from letters.notices import order_again
from letters.retention import erase_signatory
from letters.states import NOT_LEFT, NotAllowed, Reason, State
from letters.waking import wake_workers


def ask_for_code(*, letter: Letter) -> bool:
    """Mails a code that opens the receipt; False when that was asked too often."""
    ordered = order_again(letter=letter, kind=Notice.Kind.RECEIPT_CODE)
    wake_workers()
    return ordered


def unlock(*, letter: Letter, digits: str) -> Verdict:
    """Whether the digits are those of the newest mail; they work once."""
    return check_code(letter=letter, purpose=Code.Purpose.RECEIPT, digits=digits)


def not_left(letter: Letter) -> list[Delivery]:
    """What has certainly not left, and can be taken back."""
    known = letter.deliveries.select_related("seat", "member").filter(state__in=NOT_LEFT)
    waiting = known.order_by("seat__chamber", "seat")
    return [each for each in waiting if not each.attempts.may_have_arrived().exists()]


def withdraw(*, letter: Letter) -> int:
    """Takes back what has certainly not left; returns how many offices will get nothing."""
    taken_back = OpenSeat.objects.filter(letter=letter).take_back()
    for delivery in not_left(letter):
        try:
            delivery.move(State.WITHDRAWN, by=SUPPORTER, reason=Reason.TAKEN_BACK)
            taken_back += 1
        except NotAllowed:
            # It has left in this very moment: the receipt shows it.
            continue
    return taken_back


def change_visibility(*, letter: Letter, visibility: str) -> None:
    """How they may be shown from now on."""
    signatory = letter.signatory
    signatory.visibility = Visibility(visibility)
    signatory.save(update_fields=["visibility"])


def mail_copy(*, letter: Letter) -> bool:
    """Mails the supporter what was sent; False when that was asked too often."""
    ordered = order_again(letter=letter, kind=Notice.Kind.COPY)
    wake_workers()
    return ordered


def erase(*, letter: Letter) -> bool:
    """Everything about this person goes; False: as soon as a letter just being sent has left."""
    return erase_signatory(letter.signatory)


def disown(*, letter: Letter) -> bool:
    """“I did not write this”: taken back and erased; the organizers learn that it happened."""
    with transaction.atomic():
        signatory = Signatory.objects.select_for_update().get(id=letter.signatory_id)
        if signatory.erasure_asked_at is None:
            Disowning.objects.create(
                campaign_id=signatory.campaign_id,
                destination=letter.destination,
                code_was_entered=signatory.confirmed_at is not None,
            )
        return erase_signatory(signatory)
