"""What somebody who waits for a mail is told: never that it was sent before it was.

Before the code is entered every answer is the same, whoever has written before.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from letters.models import Code, Letter, Notice

# A mail that nobody has tried for so long waits for a mail server, like one that was tried in vain.
SLOW = timedelta(minutes=2)
# What a mail usually takes.
USUAL = timedelta(seconds=5)


class Mailing(StrEnum):
    """How a mail stands."""

    ON_ITS_WAY = "on_its_way"
    MAILED = "mailed"
    # Not yet: it is tried again.
    NOT_TAKEN = "not_taken"
    # For good, by the mail server of the address.
    REFUSED = "refused"


def code_mailing(*, letter: Letter | None, asked_at: datetime) -> Mailing:
    """How the newest code that confirms a letter stands; `asked_at` is when it was asked for.

    Where there is no letter, as for a program, it is told what a letter of that moment is told.
    """
    if letter is None:
        return _mailing_of(_code_of_nobody(asked_at))
    return _mailing_of(letter.notices.filter(kind=Notice.Kind.CODE).latest("ordered_at"))


def receipt_code_mailing(letter: Letter) -> Mailing | None:
    """How the newest code that opens the receipt stands; None where none is waited for."""
    asked = letter.notices.filter(kind=Notice.Kind.RECEIPT_CODE, gave_up_at=None)
    notice = asked.order_by("ordered_at").last()
    mailing = notice and _mailing_of(notice)
    usable = letter.codes.usable().filter(purpose=Code.Purpose.RECEIPT)
    return None if mailing == Mailing.MAILED and not usable.exists() else mailing


def refuses_mail(letter: Letter) -> bool:
    """Whether the last mail that was mailed, or was to be, was refused by its address."""
    last = letter.notices.exclude(mailed_at=None, refused_at=None).order_by("ordered_at").last()
    return last is not None and last.refused_at is not None


def _mailing_of(notice: Notice) -> Mailing:
    if notice.refused_at:
        return Mailing.REFUSED
    if notice.mailed_at:
        return Mailing.MAILED
    # The first try is going on while the lease is.
    in_vain = notice.tries > 1 or (notice.tries == 1 and notice.lease_until is None)
    if in_vain or notice.ordered_at < timezone.now() - SLOW:
        return Mailing.NOT_TAKEN
    return Mailing.ON_ITS_WAY


def _code_of_nobody(asked_at: datetime) -> Notice:
    """Never written: it leaves once another does that was ordered later, or when none waits."""
    known = Notice.objects.bound_for_here()
    waits = known.unsettled().filter(ordered_at__lte=asked_at).exists()
    in_time = not waits and asked_at < timezone.now() - USUAL
    leaves = in_time or known.filter(ordered_at__gt=asked_at).exclude(mailed_at=None).exists()
    mailed_at = timezone.now() if leaves else None
    return Notice(kind=Notice.Kind.CODE, ordered_at=asked_at, mailed_at=mailed_at)
