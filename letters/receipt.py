"""What a supporter can do from the receipt: finish, take back, change, read, erase."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.models import Visibility
from letters.briefing import brief
from letters.channels.interface import whole_text
from letters.codes import Verdict, check_code
from letters.composing import envelope_of
from letters.gate import gate
from letters.models import Code, Delivery, Letter, Notice
from letters.notices import order_again
from letters.retention import erase_signatory
from letters.routing import FormPage, form_page
from letters.states import NOT_LEFT, NotAllowed, Reason, State
from letters.waking import wake_workers

log = logging.getLogger(__name__)

SUPPORTER = "supporter"


@dataclass(frozen=True)
class HandOff:
    """All that one official form may ask for, ready to copy."""

    subject: str
    message: str
    # (what the form calls it, what to put there)
    fields: tuple[tuple[str, str], ...]
    page: FormPage


def ask_for_code(*, letter: Letter) -> bool:
    """Mails a code that opens the receipt; False when that was asked too often."""
    ordered = order_again(letter=letter, kind=Notice.Kind.RECEIPT_CODE)
    wake_workers()
    return ordered


def unlock(*, letter: Letter, digits: str) -> bool:
    """Whether the digits are those of the newest mail; they work once."""
    verdict = check_code(letter=letter, purpose=Code.Purpose.RECEIPT, digits=digits)
    return verdict == Verdict.RIGHT


def hand_off(delivery: Delivery) -> HandOff:
    """The letter and every field for the official form, as of today."""
    campaign = delivery.letter.signatory.campaign
    envelope, person = envelope_of(delivery, on=campaign.today), delivery.letter.signatory.person
    fields = (
        (_("Title (Prefix)"), person.prefix),
        (_("First name"), person.first_name),
        (_("Last name"), person.last_name),
        (_("Street address"), person.street),
        (_("City"), person.city),
        (_("State"), person.state),
        (_("ZIP code"), person.zip_plus_4),
        (_("E-mail"), person.email),
        (_("Topic"), envelope.topic),
    )
    return HandOff(
        subject=envelope.subject,
        message=whole_text(envelope),
        fields=tuple((label, value) for label, value in fields if value),
        page=form_page(delivery.seat),
    )


def hand_off_obstacle(delivery: Delivery) -> str:
    """Why this letter must not be finished as it is: a Reason, or empty."""
    stop = gate(delivery, brief([delivery]))
    return stop.reason if stop and stop.state in {State.HELD, State.FAILED} else Reason.NONE


def report_finished(*, delivery: Delivery) -> None:
    """The supporter says that they sent it: never counted as accepted. Raises NotAllowed."""
    today = delivery.letter.signatory.campaign.today
    sent = whole_text(envelope_of(delivery, on=today))
    with transaction.atomic():
        delivery.move(State.SELF_REPORTED, by=SUPPORTER)
        delivery.submitted_text = sent
        delivery.save(update_fields=["submitted_text"])


def undo_report(*, delivery: Delivery) -> None:
    """They had not sent it after all. Raises NotAllowed."""
    delivery.move(
        State.NEEDS_SUPPORTER, by=SUPPORTER, reason=Reason.NOT_SENT_YET, submitted_text=None
    )


def could_not(*, delivery: Delivery) -> None:
    """The form did not work for them: it stays theirs to try, and the organizers see why."""
    rows = Delivery.objects.filter(id=delivery.id, state=State.NEEDS_SUPPORTER)
    rows.update(reason=Reason.YOU_COULD_NOT, changed_at=timezone.now(), changed_by=SUPPORTER)


def withdraw(*, letter: Letter) -> int:
    """Takes back what has certainly not left; returns how many offices will get nothing."""
    taken_back = 0
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
