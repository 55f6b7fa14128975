"""Deliveries: one letter to one office. The row is the queue."""

import secrets
import string
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from campaign.encryption import SealedField
from campaign.models import Appeal
from letters.models.letter import Letter
from letters.states import NotAllowed, Reason, State, check_allowed
from representatives.models import Congress, Member, Seat

KEY_ALPHABET = string.ascii_letters + string.digits


def make_delivery_key() -> str:
    """32 letters and digits, minted once per letter and office and kept through every retry."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(32))


def due_at_and_deadline(due_at: datetime) -> dict[str, datetime]:
    """When a delivery is to be sent, and when it is given up: one hangs on the other."""
    return {"due_at": due_at, "give_up_at": due_at + settings.GIVE_UP_AFTER}


class DeliveryQuerySet(models.QuerySet):
    def bound_for_here(self) -> "DeliveryQuerySet":
        return self.filter(letter__destination=settings.DELIVERY_MODE)

    def due(self) -> "DeliveryQuerySet":
        """To be sent now, the longest-waiting first."""
        return (
            self.bound_for_here()
            .filter(state=State.WAITING, due_at__lte=timezone.now())
            .order_by("due_at")
        )

    def start_sending(self, *, ids: Collection[UUID], token: UUID, lease: timedelta) -> None:
        """Puts several at once into one worker's hands: `move`, for rows that it has locked."""
        check_allowed(State.WAITING, State.SENDING)
        now = timezone.now()
        self.filter(id__in=ids, state=State.WAITING).update(
            state=State.SENDING,
            lease_token=token,
            lease_until=now + lease,
            tries=F("tries") + 1,
            changed_at=now,
            changed_by="",
        )

    def put_back(self, *, token: UUID, ids: Collection[UUID]) -> None:
        """Gives what was not begun to whoever comes next; it was no try."""
        check_allowed(State.SENDING, State.WAITING)
        self.filter(id__in=ids, state=State.SENDING, lease_token=token).update(
            state=State.WAITING,
            lease_token=None,
            lease_until=None,
            tries=F("tries") - 1,
            changed_at=timezone.now(),
        )

    def with_letters(self) -> "DeliveryQuerySet":
        """With all that the gate and the composing read of each."""
        # One object for all their letters, where joining would make one for each.
        appeals = Appeal.objects.select_related("campaign__responsible").prefetch_related(
            "facts", "campaign__participations__organization"
        )
        return self.select_related(
            "seat", "member", "letter__signatory", "letter__prisoner"
        ).prefetch_related(
            "letter__signatory__campaign",
            "letter__named_prisoners",
            Prefetch("letter__appeal", appeals),
        )

    def in_hand(self, token: UUID) -> "DeliveryQuerySet":
        """What a worker has claimed, with all that sending it reads."""
        attempts = Attempt.objects.filter(delivery=OuterRef("pk"))
        return (
            self.filter(lease_token=token)
            .with_letters()
            .annotate(
                is_repeat=Exists(attempts.may_have_arrived()),
                arrived_over=Subquery(
                    attempts.may_have_arrived().order_by("-number").values("channel")[:1]
                ),
                last_attempt=Max("attempts__number", default=0),
            )
            .order_by("due_at")
        )

    def lease_over(self) -> "DeliveryQuerySet":
        """Claimed by a worker that has not come back; or before the clock was put back."""
        now = timezone.now()
        over = Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * settings.DELIVERY_LEASE)
        return self.filter(over, state=State.SENDING)

    def open_hand_offs(self) -> "DeliveryQuerySet":
        """What its supporter still has to finish, in the order in which they are led through it."""
        set_aside = Reason.could_not() | {Reason.ASKED_BY_HAND}
        needed = self.filter(state=State.NEEDS_SUPPORTER).exclude(reason__in=set_aside)
        return needed.order_by("seat__chamber", "seat")

    def to_be_carried(self) -> "DeliveryQuerySet":
        """What its supporter asked a volunteer to bring to the office, and nobody has yet."""
        return self.filter(state=State.NEEDS_SUPPORTER, reason=Reason.ASKED_BY_HAND)

    def confirmed(self) -> "DeliveryQuerySet":
        """Of letters whose code was entered: what the counts count."""
        return self.exclude(state=State.AWAITING_CODE)


class Delivery(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="deliveries")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="deliveries")
    member = models.ForeignKey(Member, models.PROTECT, related_name="deliveries")
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="deliveries")
    # The one to the former district's office, in whose place it goes.
    replaces = models.ForeignKey(
        "self", models.SET_NULL, related_name="replaced_by", null=True, editable=False
    )
    # How we know that the address lies in the seat: `address`, `zip`, `choice`.
    resolved_by = models.CharField(max_length=10)
    channel = models.CharField(max_length=20)
    delivery_key = models.CharField(max_length=32, unique=True, default=make_delivery_key)
    state = models.CharField(max_length=15, choices=State, default=State.AWAITING_CODE)
    reason = models.CharField(max_length=20, choices=Reason, blank=True, default=Reason.NONE)
    reference = models.CharField("receiver's reference", max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    # After that it is given up; empty before the code was entered.
    give_up_at = models.DateTimeField(null=True)
    # When the street was last found to lie in the seat; empty: when the letter was written.
    address_checked_at = models.DateTimeField(null=True)
    # When it was last looked up ahead of the day, whatever came of that; empty: never.
    address_asked_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    # Who changed the state last: empty for the machine, `supporter`, or an organizer's login.
    changed_by = models.CharField(max_length=150, blank=True)
    submitted_text = SealedField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["state", "due_at"], name="what_is_due")]
        constraints = [
            models.UniqueConstraint(fields=["letter", "seat"], name="a_letter_goes_to_a_seat_once"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, lease_token__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease_token=None)),
                name="only_a_delivery_being_sent_is_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}, {self.state}"

    @property
    def is_to_be_carried(self) -> bool:
        """As `to_be_carried` asks for many."""
        asked = self.reason == Reason.ASKED_BY_HAND
        return asked and self.state == State.NEEDS_SUPPORTER

    def move(self, after: str, *, reason: str = Reason.NONE, by: str = "", **changes) -> None:
        """The one way in which a state changes: allowed by the table, and still as we read it.

        `by` names the person who decided (a login, `supporter`); empty is the machine.
        Raises NotAllowed where the table forbids it or somebody else was quicker.
        """
        person = bool(by) and by != "supporter"
        check_allowed(self.state, after, by_a_person=person)
        if after != State.SENDING:
            changes |= {"lease_until": None, "lease_token": None}
        if after == State.NEEDS_SUPPORTER:
            # A person takes the time that they need.
            changes |= {"give_up_at": None}
        changes |= {
            "state": after,
            "reason": reason,
            "changed_at": timezone.now(),
            "changed_by": by,
        }
        rows = Delivery.objects.filter(id=self.id, state=self.state, lease_token=self.lease_token)
        if not rows.update(**changes):
            raise NotAllowed(f"delivery {self.id} is no longer {self.state!r} as we read it")
        for name, value in changes.items():
            setattr(self, name, value)

    def renew_lease(self, until: datetime, **changes) -> None:
        """Still ours: raises NotAllowed once the sweeper has given the row to somebody else."""
        for name, value in changes.items():
            setattr(self, name, value)
        written = {name: self._meta.get_field(name).pre_save(self, add=False) for name in changes}
        ours = Delivery.objects.filter(id=self.id, lease_token=self.lease_token)
        if not ours.update(lease_until=until, **written):
            raise NotAllowed(f"the lease of delivery {self.id} is over")


class AttemptQuerySet(models.QuerySet):
    def may_have_arrived(self) -> "AttemptQuerySet":
        """Submission had begun, and nothing says that it came to nothing."""
        return self.filter(submission_begun_at__isnull=False).exclude(
            outcome__in=[Attempt.Outcome.REJECTED, Attempt.Outcome.UNAVAILABLE]
        )

    def lost(self, *, on: datetime) -> int:
        """Ends those whose worker has not come back to say how; returns how many."""
        return self.filter(outcome=Attempt.Outcome.OPEN).update(
            outcome=Attempt.Outcome.UNCERTAIN, ended_at=on
        )


class Attempt(models.Model):
    """Written before the outside effect; its outcome after. The only place for answer bodies."""

    class Outcome(models.TextChoices):
        OPEN = "", "no outcome yet"
        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "rejected"
        UNAVAILABLE = "unavailable", "did not leave"
        UNCERTAIN = "uncertain", "may have arrived"
        NEEDS_SUPPORTER = "needs_supporter", "only a person can finish it"
        BROKEN = "broken", "our mistake"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20)
    # How the channel did it, where it has several ways: a form `plain` or by `browser`.
    how = models.CharField(max_length=10, blank=True)
    # An earlier one may have arrived: the receiver gets the same letter under the same key again.
    is_repeat = models.BooleanField("repeats what may have arrived", default=False)
    started_at = models.DateTimeField(default=timezone.now)
    # Stored before the first byte of the letter leaves: from here on it may have arrived.
    submission_begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True, default=Outcome.OPEN)
    evidence = SealedField()

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["delivery", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "number"], name="attempts_of_a_delivery_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} over {self.channel}: {self.get_outcome_display()}"
