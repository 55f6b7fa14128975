"""Mails to supporters: ordered as rows in the transaction that they tell of, mailed by workers."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from letters.channels.interface import Unavailable, Uncertain
from letters.channels.smtp import RecipientRefused, SmtpMailer
from letters.codes import link_token, make_code
from letters.hand_off import hand_off_obstacle, is_asked, known_obstacles
from letters.models import Code, Delivery, Letter, Notice
from letters.naming import office_name
from letters.persisting import until_written
from letters.reading import parts_for, texts_by_office
from letters.routing import form_page
from letters.states import Reason, State
from representatives.congress import congress_on, lookup_day
from representatives.models import Seat, Term

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
# A mail server may be away for a day and a half.
GIVE_UP_AFTER = timedelta(days=2)
# At once, so that letters do not wait for mails, nor mails for letters.
SEVERAL = 20
SECONDS = 60
IN_AN_HOUR = 6
SMTP = "django.core.mail.backends.smtp.EmailBackend"
SERVER_TROUBLE = (OSError, SMTPException, Unavailable, Uncertain)
# Kinds about one office, and the state in which there is still something to do.
SPEAKS_OF = {Notice.Kind.NEEDS_SUPPORTER: State.NEEDS_SUPPORTER, Notice.Kind.HELD: State.HELD}


@dataclass(frozen=True)
class Mail:
    """What a notice says. No subject, and no text before the code is entered, names what it is."""

    subject: str
    text: str


def order_notice(*, letter: Letter, kind: str, occasion: str = "") -> Notice:
    """The same occasion is told once, however often it is ordered."""
    notice, _ = Notice.objects.get_or_create(letter=letter, kind=kind, occasion=occasion)
    return notice


def tell_of(delivery: Delivery, kind: str) -> None:
    """About one office. Each change of its state is told anew, unless a mail is on its way."""
    unmailed = delivery.letter.notices.unsettled().filter(kind=kind)
    if not unmailed.filter(occasion__startswith=delivery.seat_id).exists():
        occasion = f"{delivery.seat_id} {delivery.changed_at:%Y%m%d%H%M%S%f}"
        order_notice(letter=delivery.letter, kind=kind, occasion=occasion)


def tell_of_hold(delivery: Delivery) -> None:
    """Only if it is held: something has changed that its writer should know.

    Once for each who holds the seat in the place of whom they wrote to: first perhaps nobody.
    """
    if delivery.state != State.HELD:
        return
    if delivery.reason != Reason.MEMBER_CHANGED:
        tell_of(delivery, Notice.Kind.HELD)
        return
    occasion = occasion_of_holder(delivery.seat, delivery.seat.term_on(lookup_day()))
    order_notice(letter=delivery.letter, kind=Notice.Kind.HELD, occasion=occasion)


def occasion_of_holder(seat: Seat, term: Term | None) -> str:
    """Somebody holds the seat in the place of whom a letter is to, or nobody."""
    return f"{seat.code} {term.member_id if term else 'vacant'}"


def tell_of_lines(delivery: Delivery, reason: str) -> None:
    """A hand-off's address lies elsewhere, or its district is to be chosen: once in a Congress."""
    occasion = f"{delivery.seat_id} {reason} {congress_on(lookup_day())}"
    order_notice(letter=delivery.letter, kind=Notice.Kind.HELD, occasion=occasion)


def order_again(*, letter: Letter, kind: str, anew: bool = False, mark: str = "") -> bool:
    """One more mail of a kind because the supporter asks for it; False: too many in an hour.

    Unless `anew`, a second click is the same order: of two codes the first would be void.
    """
    known = letter.notices.filter(kind=kind)
    if known.just_ordered().exists() and not anew:
        return True
    if known.filter(due_at__gt=timezone.now() - timedelta(hours=1)).count() >= IN_AN_HOUR:
        return False
    order_notice(letter=letter, kind=kind, occasion=f"{mark}{known.count()}")
    return True


class ServerAway(Exception):
    """The mail server did not take a mail, and would not take the next one."""


def mail_due() -> int:
    """Mails what is due; returns how many left. After several, or a failure, others go first."""
    mailed = 0
    for _ in range(SEVERAL):
        notice = _claim()
        if notice is None:
            break
        try:
            mailed += _mail(notice)
        except ServerAway:
            break
    return mailed


def _claim() -> Notice | None:
    for notice in Notice.objects.due().select_related("letter__signatory")[:10]:
        # Of the row alone: PostgreSQL does not look again into what a join had found before it
        # waited for another worker. Each claim is a try, so the same number means nobody else's.
        claimed = Notice.objects.filter(id=notice.id, tries=notice.tries)
        if claimed.update(lease_until=timezone.now() + LEASE, tries=F("tries") + 1):
            return notice
    return None


def _mail(notice: Notice) -> bool:
    try:
        person = notice.letter.signatory.person
        if person is None or not _is_still_true(notice):
            _settle(notice, gave_up_at=timezone.now())
            return False
        with override(notice.letter.signatory.language):
            mail = compose_mail(notice)
            headers = {"Message-ID": notice.message_id}
            if not notice.is_withheld:
                _send(EmailMessage(mail.subject, mail.text, to=[person.email], headers=headers))
    except RecipientRefused:
        log.info("notice %s was refused by the mail server of its address", notice.id)
        _settle(notice, refused_at=timezone.now())
        return False
    except Exception as error:  # noqa: BLE001  one odd letter must not keep the others waiting
        # The exception's text may quote the address: its type is all that is logged.
        log.warning("notice %s was not mailed: %s", notice.id, type(error).__name__)
        _try_later(notice)
        if isinstance(error, SERVER_TROUBLE):
            raise ServerAway from error
        return False
    _settle(notice, mailed_at=timezone.now())
    return True


def _send(mail: EmailMessage) -> None:
    """Within less than the lease, whatever the mail server does."""
    if settings.EMAIL_BACKEND == SMTP:
        _mailer().send(mail, begin=lambda: None)
    else:
        mail.send()


@cache
def _mailer() -> SmtpMailer:
    return SmtpMailer(seconds=SECONDS)


def _delivery_of(notice: Notice) -> Delivery | None:
    """Which office a notice speaks of; its occasion begins with the seat's code."""
    seat = notice.occasion.partition(" ")[0]
    deliveries = notice.letter.deliveries.select_related("seat", "member", "letter")
    return deliveries.filter(seat=seat).first()


def _is_still_true(notice: Notice) -> bool:
    """Nobody is asked for what is done already."""
    if notice.kind == Notice.Kind.REMINDER:
        return bool(_still_open(notice))
    if notice.kind == Notice.Kind.FOUND:
        return _delivery_of(notice).state != State.WITHDRAWN
    if notice.kind == Notice.Kind.CHOOSE:
        return notice.letter.open_seat.is_unsettled
    if notice.kind not in SPEAKS_OF:
        return True
    delivery = _delivery_of(notice)
    if delivery is None:
        return False
    if _is_question(notice, delivery):
        return is_asked(delivery, _question_of(notice))
    return delivery.state == SPEAKS_OF[notice.kind] and not known_obstacles([delivery])


def _is_question(notice: Notice, delivery: Delivery) -> bool:
    """About a hand-off: its row says why it is one, and not what has changed since."""
    return notice.kind == Notice.Kind.HELD and delivery.state == State.NEEDS_SUPPORTER


def _question_of(notice: Notice) -> str:
    """Its reason; see `occasion_of_holder` and `tell_of_lines`."""
    said = notice.occasion.split()[1]
    return said if said in Reason.follows_the_lines() else Reason.MEMBER_CHANGED


def _still_open(notice: Notice) -> list[Delivery]:
    """The offices that a reminder speaks of: those that can be finished as they are."""
    known = notice.letter.deliveries.select_related(
        "seat", "member", "letter__signatory__campaign", "letter__appeal"
    )
    return [each for each in known.open_hand_offs() if not hand_off_obstacle(each)]


def _try_later(notice: Notice) -> None:
    now = timezone.now()
    if notice.ordered_at < now - GIVE_UP_AFTER:
        log.error("notice %s was given up after %d tries", notice.id, notice.tries + 1)
        _settle(notice, gave_up_at=now)
    else:
        _settle(notice, due_at=now + min(PAUSE * 2 ** min(notice.tries, 16), LONGEST_PAUSE))


def _settle(notice: Notice, **changes) -> None:
    row = Notice.objects.filter(id=notice.id)
    until_written(lambda: row.update(lease_until=None, **changes))


def compose_mail(notice: Notice) -> Mail:
    """The mail's subject and text in the active language."""
    letter = notice.letter
    context = {"receipt_url": _url("receipt", letter.receipt_token)}
    if notice.kind in {Notice.Kind.CODE, Notice.Kind.RECEIPT_CODE}:
        confirms = notice.kind == Notice.Kind.CODE
        purpose = Code.Purpose.CONFIRM if confirms else Code.Purpose.RECEIPT
        context["digits"], code = make_code(letter=letter, purpose=purpose)
        context["confirm_url"] = _url("confirm_link", link_token(code))
    if notice.kind == Notice.Kind.COPY:
        context["texts"] = [(_office(each), text) for each, text in texts_by_office(letter)]
    if notice.kind in SPEAKS_OF:
        context |= _what_to_do(notice)
    if notice.kind == Notice.Kind.FOUND:
        context |= _what_was_found(_delivery_of(notice))
    if notice.kind == Notice.Kind.CHOOSE:
        context["choose_url"] = _url("open_seat", letter.receipt_token)
    if notice.kind == Notice.Kind.REMINDER:
        context["offices"] = [_office(delivery) for delivery in _still_open(notice)]
        context["hand_offs_url"] = _url("hand_offs", letter.receipt_token)
    subjects = {
        Notice.Kind.CODE: gettext("Your code"),
        Notice.Kind.RECEIPT_CODE: gettext("Your code"),
        Notice.Kind.RECEIPT: gettext("Your private link"),
        Notice.Kind.ALREADY_WROTE: gettext("Your private link"),
        Notice.Kind.COPY: gettext("The copy that you asked for"),
        Notice.Kind.NEEDS_SUPPORTER: gettext("Something waits for you"),
        Notice.Kind.HELD: gettext("Something waits for you"),
        Notice.Kind.REMINDER: gettext("Something waits for you"),
        Notice.Kind.CHOOSE: gettext("Something waits for you"),
        Notice.Kind.FOUND: gettext("Something new"),
    }
    text = render_to_string(f"letters/mail/{notice.kind}.txt", context)
    return Mail(subject=subjects[notice.kind], text=text)


def _what_to_do(notice: Notice) -> dict:
    """Which office, why, and, where the supporter is to finish it, the letter and the form."""
    delivery = _delivery_of(notice)
    is_question = _is_question(notice, delivery)
    reason = _question_of(notice) if is_question else delivery.reason
    context = {
        "office": _office(delivery),
        "why": Reason(reason).label,
        "is_hand_off": is_question,
    }
    if reason in Reason.asks_its_supporter():
        context["seat_url"] = _url("seat", delivery.letter.receipt_token, delivery.id)
    if notice.kind == Notice.Kind.NEEDS_SUPPORTER:
        text = "\n\n".join(part.text for part in parts_for(delivery))
        hand_off_url = _url("hand_off", delivery.letter.receipt_token, delivery.id)
        context |= {"text": text, "page": form_page(delivery.seat), "hand_off_url": hand_off_url}
    return context


def _what_was_found(delivery: Delivery) -> dict:
    """Which office, and, where its form is left to the supporter, the way there."""
    context = {"office": _office(delivery)}
    if delivery.state == State.NEEDS_SUPPORTER:
        context["hand_off_url"] = _url("hand_off", delivery.letter.receipt_token, delivery.id)
    return context


def _office(delivery: Delivery) -> str:
    return f"{office_name(delivery.seat)}: {delivery.member}"


def _url(name: str, *arguments: object) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)
