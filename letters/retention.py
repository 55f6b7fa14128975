"""Nothing is kept longer than promised: letters without code, texts, identities."""

import logging
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from campaign.models import Campaign, Consent, Signatory, Visibility
from letters.models import Arrival, Attempt, Delivery, Letter, OpenSeat
from letters.states import NOT_LEFT, SETTLED, NotAllowed, Reason, State

log = logging.getLogger(__name__)

TEXTS_KEPT = timedelta(days=30)
IDENTITY_WITHOUT_ORGANIZATION_KEPT = timedelta(days=30)
OPEN_AFTER_CLOSING = timedelta(days=14)


def erase_what_is_over() -> dict[str, int]:
    """Erases everything that has had its time; returns how much of each."""
    erased = {
        "letters without code": _delete_without_code(),
        "deliveries settled after closing": _settle_after_closing(),
        "texts": _erase_texts(),
        "identities": _erase_identities(),
        "rehearsal arrivals": _erase_arrivals(Q(at__lte=timezone.now() - TEXTS_KEPT)),
    }
    # Half-written letters of people who went away: sealed, and gone with their session.
    SessionStore.clear_expired()
    for what, count in erased.items():
        if count:
            log.info("retention: %d %s", count, what)
    return erased


def _delete_without_code() -> int:
    """Never confirmed: as if never written. The signatory's row takes the letter with it."""
    with transaction.atomic():
        # Locked, or a code that is entered in this very moment would confirm what is then deleted.
        late = Signatory.objects.select_for_update(of=("self",)).filter(
            letter__in=Letter.objects.without_code(), confirmed_at=None
        )
        ids = [signatory.id for signatory in late]
        Signatory.objects.filter(id__in=ids, confirmed_at=None).delete()
    return len(ids)


def _settle_after_closing() -> int:
    """What is still open two weeks after a campaign's end will not be sent any more."""
    over = timezone.now() - OPEN_AFTER_CLOSING
    settled = 0
    late = Delivery.objects.filter(
        letter__signatory__campaign__closes_at__lte=over, state__in=NOT_LEFT - {State.AWAITING_CODE}
    )
    for delivery in late:
        if delivery.attempts.may_have_arrived().exists():
            # A worker that claims it leaves it to a person, as uncertain.
            continue
        try:
            delivery.move(State.FAILED, reason=Reason.CAMPAIGN_CLOSED)
            settled += 1
        except NotAllowed as error:
            log.info("%s", error)
    return settled


def _settled_letters():
    """Letters of which no delivery is open, nor the House seat looked for; with the moment at
    which the last one was settled."""
    last = Max("deliveries__changed_at")
    return (
        Letter.objects.filter(signatory__confirmed_at__isnull=False)
        .exclude(deliveries__in=Delivery.objects.exclude(state__in=SETTLED))
        .exclude(open_seat__in=OpenSeat.objects.unsettled())
        .annotate(settled_at=Greatest(last, Coalesce("open_seat__settled_at", last)))
    )


def _erase_texts() -> int:
    """30 days after the last office is settled, or after the delivery day if that is later."""
    over = timezone.now() - TEXTS_KEPT
    letters = (
        _settled_letters()
        .filter(text_erased_at=None)
        .filter(Q(settled_at__lte=over) | Q(settled_at=None, created_at__lte=over))
        .filter(
            Q(signatory__campaign__delivery_at=None) | Q(signatory__campaign__delivery_at__lte=over)
        )
    )
    return sum(_erase_text(letter) for letter in letters)


def _erase_text(letter: Letter) -> bool:
    with transaction.atomic():
        Letter.objects.filter(id=letter.id).update(
            own_words=None, statement=None, subject=None, text_erased_at=timezone.now()
        )
        # Made from what they wrote: whom it names, and which figures it states.
        letter.named_prisoners.clear()
        letter.frozen_facts.clear()
        letter.deliveries.update(submitted_text=None)
        Attempt.objects.filter(delivery__letter=letter).update(evidence=None)
        keys = letter.deliveries.values_list("delivery_key", flat=True)
        # What came by a form is known by its sender's address only.
        _erase_arrivals(Q(delivery_key__in=[*keys, letter.signatory.email_hash or "-"]))
    return True


def _erase_arrivals(which: Q) -> int:
    """What reached the rehearsal Congress is a letter as well."""
    return Arrival.objects.filter(which).exclude(body=None).update(body=None)


def _erase_identities() -> int:
    """At the campaign's date; for people who ticked no organization, after their last office."""
    now = timezone.now()
    over = [
        campaign.id
        for campaign in Campaign.objects.exclude(closes_at=None)
        if campaign.identities_end_at <= now
    ]
    present = Signatory.objects.filter(erased_at=None)
    long_settled = _settled_letters().filter(
        settled_at__lte=now - IDENTITY_WITHOUT_ORGANIZATION_KEPT
    )
    allows_somebody = Consent.objects.filter(signatory=OuterRef("pk"), withdrawn_at=None)
    people = set(present.filter(campaign__in=over)) | set(
        present.filter(~Exists(allows_somebody), letter__in=long_settled)
    )
    return sum(_forget(signatory) for signatory in people)


def erase_signatory(signatory: Signatory) -> bool:
    """A person asks: the row is emptied, so that the counts stay true, and consents end.

    False: a worker is just sending one of the letters. What others may see ends at once; the rest
    goes after the outcome, when the sweeper calls `erase_as_asked`.
    """
    now = timezone.now()
    signatory.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    return _forget(signatory)


def _forget(signatory: Signatory) -> bool:
    """Consents stay as they were given: what an organization took out before is still allowed."""
    Signatory.objects.filter(id=signatory.id).update(
        erasure_asked_at=timezone.now(),
        visibility=Visibility.PRIVATE,
        may_be_quoted=False,
        may_be_carried=False,
    )
    try:
        with transaction.atomic():
            _take_back_and_empty(signatory)
    except NotAllowed:
        return False
    return True


def erase_as_asked() -> int:
    """Finishes the erasures that had to wait for an outcome."""
    waiting = Signatory.objects.filter(erasure_asked_at__isnull=False, erased_at=None)
    return sum(_forget(signatory) for signatory in waiting)


def _take_back_and_empty(signatory: Signatory) -> None:
    """Raises NotAllowed while a delivery is being sent: nothing is emptied then."""
    letter = Letter.objects.filter(signatory=signatory).first()
    if letter:
        for delivery in letter.deliveries.filter(state__in=NOT_LEFT | {State.SENDING}):
            if delivery.state == State.SENDING:
                raise NotAllowed("it is being sent at this moment: after its outcome")
            arrived = delivery.attempts.may_have_arrived().exists()
            after = State.FAILED if arrived else State.WITHDRAWN
            delivery.move(after, reason=Reason.TAKEN_BACK)
        OpenSeat.objects.filter(letter=letter).forget()
        _erase_text(letter)
        letter.codes.all().delete()
        letter.notices.filter(mailed_at=None).delete()
    Signatory.objects.filter(id=signatory.id).update(
        identity=None, email_hash="", erased_at=timezone.now()
    )
