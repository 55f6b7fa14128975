"""What a supporter can do from the receipt: finish, take back, change, read, erase."""

import logging

from campaign.models import Visibility
from letters.codes import Verdict, check_code
from letters.hand_off import SUPPORTER
from letters.models import Code, Letter, Notice, OpenSeat
from letters.notices import order_again
from letters.retention import erase_signatory
from letters.states import NOT_LEFT, NotAllowed, Reason, State
from letters.waking import wake_workers

log = logging.getLogger(__name__)


def ask_for_code(*, letter: Letter) -> bool:
    """Mails a code that opens the receipt; False when that was asked too often."""
    ordered = order_again(letter=letter, kind=Notice.Kind.RECEIPT_CODE)
    wake_workers()
    return ordered


def unlock(*, letter: Letter, digits: str) -> bool:
    """Whether the digits are those of the newest mail; they work once."""
    verdict = check_code(letter=letter, purpose=Code.Purpose.RECEIPT, digits=digits)
    return verdict == Verdict.RIGHT


def withdraw(*, letter: Letter) -> int:
    """Takes back what has certainly not left; returns how many offices will get nothing."""
    taken_back = OpenSeat.objects.filter(letter=letter).take_back()
    for delivery in letter.deliveries.filter(state__in=NOT_LEFT):
        if delivery.attempts.may_have_arrived().exists():
            continue
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
    """“I did not write this”: taken back and erased; the organizers see that it was disowned."""
    log.warning("letter %s was disowned by the owner of its mailbox", letter.id)
    return erase_signatory(letter.signatory)
