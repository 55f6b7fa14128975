"""From the third screen to a confirmed letter: one transaction writes it, one code confirms it."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.encryption import email_hash
from campaign.models import Campaign, Consent, Identity, Mode, Organization, Signatory
from letters.codes import Verdict, check_code, letter_and_code_of_link, use_code
from letters.composing import Text, remaining_facts
from letters.likeness import likeness_of
from letters.models import Code, Delivery, Letter, Notice
from letters.models.notice import WITHHELD
from letters.notices import order_again, order_notice
from letters.open_seats import leave_open
from letters.setting_off import set_off
from letters.states import State
from letters.stories import named_in
from letters.waking import wake_workers

log = logging.getLogger(__name__)

# Organizers rehearse again and again with the same mailbox.
LETTERS_A_MAILBOX_GETS_CODES_FOR_IN_AN_HOUR = {Mode.LIVE: 5, Mode.REHEARSAL: 50}


class NotOpen(Exception):
    """The campaign takes no letters here and now."""


@dataclass(frozen=True)
class ChosenSeat:
    """A ticked office, who sat in it when the supporter chose it, and how we know that the address
    lies there: address, zip or choice."""

    code: str
    member: str
    resolved_by: str


@dataclass(frozen=True)
class Draft:
    """All that a supporter has told us by the end of the third screen."""

    form_token: str
    person: Identity
    state: str
    # `WY-0`; empty while the representative is not known.
    district: str
    congress: int
    seats: tuple[ChosenSeat, ...]
    text: Text
    visibility: str
    may_be_quoted: bool
    may_be_carried: bool
    organization_ids: tuple[int, ...]
    source: str
    language: str
    # The House seat is not known yet, and may be found later.
    seat_is_open: bool = False


class Confirmation(models.TextChoices):
    """What became of a code."""

    CONFIRMED = "confirmed", _("Your letter is confirmed.")
    ALREADY = "already", _("Your letter was confirmed before.")
    WRONG = "wrong", _("That is not the code in our newest mail. Please look again.")
    WORN_OUT = "worn_out", _("That code is no longer good. Please ask for a new one.")
    CLOSED = "closed", _("The campaign was over before the code was entered; nothing was sent.")
    WROTE_BEFORE = (
        "wrote_before",
        _(
            "You have already written in this campaign. Your first letter stands; "
            "the link to its receipt is on its way to your mailbox."
        ),
    )


def submit_letter(*, campaign: Campaign, draft: Draft) -> Letter:
    """Writes signatory, letter and one delivery per seat, and orders the mail with the code.

    The same form token is the same letter, however often it comes. Raises NotOpen.
    """
    if not campaign.takes_letters:
        raise NotOpen(_("This campaign takes no letters at the moment."))
    try:
        with transaction.atomic():
            letter = _write(campaign, draft)
    except IntegrityError:
        # A repeated POST, or two at once: the other one has written it.
        known = Letter.objects.filter(form_token=draft.form_token).first()
        if known is None:
            raise
        return known
    wake_workers()
    return letter


def _mark_of_a_flood(signatory: Signatory, *, mailbox: str) -> str:
    """Marks a code as withheld where its mailbox has got codes for more letters than one writes.

    All else goes its way: another answer would tell anyone whether that mailbox has been used.
    """
    others = Notice.objects.filter(
        kind=Notice.Kind.CODE,
        ordered_at__gt=timezone.now() - timedelta(hours=1),
        letter__signatory__email_hash=mailbox,
    ).exclude(letter__signatory=signatory)
    letters = others.exclude(occasion__startswith=WITHHELD).values("letter").distinct()
    if letters.count() < LETTERS_A_MAILBOX_GETS_CODES_FOR_IN_AN_HOUR[signatory.destination]:
        return ""
    log.warning("campaign %s: a mailbox starts too many letters", signatory.campaign.slug)
    return WITHHELD


def _write(campaign: Campaign, draft: Draft) -> Letter:
    signatory = Signatory(
        campaign=campaign,
        email_hash=email_hash(draft.person.email),
        state=draft.state,
        district=draft.district,
        congress_id=draft.congress,
        language=draft.language,
        source=draft.source,
        visibility=draft.visibility,
        may_be_quoted=draft.may_be_quoted,
        may_be_carried=draft.may_be_carried,
        destination=campaign.state,
    )
    signatory.person = draft.person
    signatory.save()
    letter = _write_text(campaign, draft, signatory)
    _write_consents(draft, signatory)
    _write_deliveries(draft, letter)
    if draft.seat_is_open:
        leave_open(letter)
    # A fresh letter has none: there is nothing to look for, as `order_notice` would.
    mark = _mark_of_a_flood(signatory, mailbox=signatory.email_hash)
    Notice.objects.create(letter=letter, kind=Notice.Kind.CODE, occasion=mark)
    return letter


def _write_text(campaign: Campaign, draft: Draft, signatory: Signatory) -> Letter:
    text, appeal = draft.text, campaign.current_appeal
    letter = Letter.objects.create(
        signatory=signatory,
        appeal=appeal,
        prisoner=text.prisoner,
        own_words=text.own_words or None,
        statement=text.statement,
        subject=text.subject,
        statement_frozen_on=text.frozen_on if text.statement is not None else None,
        has_own_words=bool(text.own_words),
        likeness=likeness_of(text, appeal=appeal),
        form_token=draft.form_token,
        destination=signatory.destination,
    )
    letter.named_prisoners.add(*named_in(campaign=campaign, text=text))
    if text.statement is not None:
        letter.frozen_facts.set(remaining_facts(appeal=appeal, text=text))
    return letter


def _write_consents(draft: Draft, signatory: Signatory) -> None:
    if not draft.organization_ids:
        return
    ticked = Organization.objects.filter(id__in=draft.organization_ids)
    Consent.objects.bulk_create(
        Consent(signatory=signatory, organization=organization, text=text)
        for organization in ticked.prefetch_related("consent_texts")
        if (text := organization.consent_text)
    )


def _write_deliveries(draft: Draft, letter: Letter) -> None:
    """One for each chosen seat. The code's entry chooses the channel, the gate asks who sits."""
    Delivery.objects.bulk_create(
        Delivery(
            letter=letter,
            seat_id=seat.code,
            member_id=seat.member,
            congress_id=draft.congress,
            resolved_by=seat.resolved_by,
        )
        for seat in draft.seats
    )


def confirm_with_code(*, letter: Letter, digits: str) -> Confirmation:
    """Confirms the letter if the digits are those of its newest mail."""
    if letter.signatory.confirmed_at:
        return Confirmation.ALREADY
    with transaction.atomic():
        verdict = check_code(letter=letter, purpose=Code.Purpose.CONFIRM, digits=digits)
        if verdict == Verdict.WRONG:
            return Confirmation.WRONG
        if verdict == Verdict.WORN_OUT:
            # By the first half of a double click?
            confirmed = Signatory.objects.confirmed().filter(id=letter.signatory_id)
            return Confirmation.ALREADY if confirmed.exists() else Confirmation.WORN_OUT
        return _confirm(letter)


def letter_of_link(token: str) -> Letter:
    """Whose letter the mailed link is about. Raises Letter.DoesNotExist."""
    return letter_and_code_of_link(token)[0]


def confirm_with_link(token: str) -> tuple[Letter, Confirmation]:
    """The mailed link's POST: whoever has it has the mailbox. Raises Letter.DoesNotExist."""
    letter, code = letter_and_code_of_link(token)
    if letter.signatory.confirmed_at:
        return letter, Confirmation.ALREADY
    with transaction.atomic():
        if code is None or not use_code(code):
            return letter, Confirmation.WORN_OUT
        return letter, _confirm(letter)


def _confirm(letter: Letter) -> Confirmation:
    """Deliveries become waiting, or need the supporter, the moment the code is entered."""
    signatory = letter.signatory
    if not signatory.campaign.takes_letters:
        return Confirmation.CLOSED
    try:
        with transaction.atomic():
            fresh = Signatory.objects.filter(id=signatory.id, confirmed_at=None)
            if not fresh.update(confirmed_at=timezone.now()):
                return Confirmation.ALREADY
    except IntegrityError:
        _withdraw_a_second_letter(letter)
        return Confirmation.WROTE_BEFORE
    signatory.refresh_from_db()
    set_off(letter)
    order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    wake_workers()
    log.info("letter %s confirmed", letter.id)
    return Confirmation.CONFIRMED


def _withdraw_a_second_letter(letter: Letter) -> None:
    """One mailbox, one letter in a live campaign: the first one stands, and is told by mail."""
    for delivery in letter.deliveries.filter(state=State.AWAITING_CODE):
        delivery.move(State.WITHDRAWN)
    first = Letter.objects.filter(
        signatory__campaign=letter.signatory.campaign,
        signatory__email_hash=letter.signatory.email_hash,
        signatory__confirmed_at__isnull=False,
        destination=letter.destination,
    ).get()
    order_notice(letter=first, kind=Notice.Kind.ALREADY_WROTE, occasion=str(letter.id))
    wake_workers()


def resend_code(*, letter: Letter, anew: bool = False) -> bool:
    """Orders a new code; False when that was asked too often."""
    signatory = letter.signatory
    mark = _mark_of_a_flood(signatory, mailbox=signatory.email_hash)
    ordered = order_again(letter=letter, kind=Notice.Kind.CODE, anew=anew, mark=mark)
    wake_workers()
    return ordered


def change_email(*, letter: Letter, email: str) -> bool:
    """Another address before the code was entered; a new code goes there. False: too often."""
    signatory = letter.signatory
    if signatory.confirmed_at:
        return False
    if signatory.person.email == email:
        return resend_code(letter=letter)
    mailbox = email_hash(email)
    mark = _mark_of_a_flood(signatory, mailbox=mailbox)
    codes = letter.notices.filter(kind=Notice.Kind.CODE)
    waiting = codes.unsettled().filter(lease_until=None)
    with transaction.atomic():
        void = list(waiting.values_list("id", flat=True))
        # What was ordered right before may be on its way to the old address.
        if not order_again(letter=letter, kind=Notice.Kind.CODE, anew=True, mark=mark):
            return False
        signatory.person = replace(signatory.person, email=email)
        signatory.email_hash = mailbox
        signatory.save(update_fields=["identity", "email_hash"])
        # The code that went to the old address must not confirm the new one.
        letter.codes.all().delete()
        # Two mails to the new one, and the first with a void code. The try that is counted keeps
        # off a worker that has just seen it.
        waiting.filter(id__in=void).update(gave_up_at=timezone.now(), tries=F("tries") + 1)
    wake_workers()
    return True
