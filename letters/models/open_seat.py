"""House seats that nobody knew when the letter was written: to be found later, or chosen."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from letters.models.letter import Letter
from letters.states import NotAllowed


class Outcome(models.TextChoices):
    """What became of a seat that was left open."""

    OPEN = "open", "to be found"
    ASKED = "asked", "its supporter is asked"
    FOUND = "found", "found later"
    CHOSEN = "chosen", "chosen by the supporter"
    DECLINED = "declined", "no letter to it, says the supporter"
    GIVEN_UP = "given_up", "the campaign was over first"
    TAKEN_BACK = "taken_back", "taken back with the letter"


# Still looked for.
UNSETTLED = frozenset({Outcome.OPEN, Outcome.ASKED})
# In which its supporter may still say where it lies.
OPEN_TO_CHOICE = UNSETTLED | {Outcome.DECLINED, Outcome.GIVEN_UP}


class OpenSeatQuerySet(models.QuerySet):
    def unsettled(self) -> "OpenSeatQuerySet":
        return self.filter(outcome__in=UNSETTLED)

    def confirmed(self) -> "OpenSeatQuerySet":
        """Of letters whose code was entered: nothing is looked up before."""
        return self.filter(letter__signatory__confirmed_at__isnull=False)

    def over(self) -> "OpenSeatQuerySet":
        """Unsettled, and their campaign takes no letter anywhere any more."""
        ended = Q(letter__signatory__campaign__state__in=["closed", "purged"])
        ended |= Q(letter__signatory__campaign__closes_at__lte=timezone.now())
        return self.unsettled().filter(ended)

    def to_be_found(self) -> "OpenSeatQuerySet":
        """Unsettled, their letter may still go, and they are in nobody's hands."""
        now = timezone.now()
        return (
            self.unsettled()
            .confirmed()
            .filter(
                Q(lease_until=None) | Q(lease_until__lt=now),
                Q(letter__signatory__campaign__closes_at=None)
                | Q(letter__signatory__campaign__closes_at__gt=now),
                letter__destination=settings.DELIVERY_MODE,
                letter__signatory__campaign__state=settings.DELIVERY_MODE,
                letter__signatory__erasure_asked_at=None,
                letter__text_erased_at=None,
            )
        )

    def take_back(self) -> int:
        """Nothing goes there; returns how many were still looked for."""
        return self.unsettled().update(
            outcome=Outcome.TAKEN_BACK, settled_at=timezone.now(), lease_until=None
        )

    def forget(self) -> None:
        """Taken back, and what was learned of where the person lives with it."""
        self.take_back()
        self.update(candidates=[])


class OpenSeat(models.Model):
    """The House seat of one letter. Once it is known, a delivery goes there like any other."""

    letter = models.OneToOneField(
        Letter, models.CASCADE, primary_key=True, related_name="open_seat"
    )
    state = models.CharField(max_length=2)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # When the last look began; empty: not looked for yet.
    looked_at = models.DateTimeField(null=True)
    # The codes of the seats that the last look left; one: only its holder is not known.
    candidates = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True)

    objects = OpenSeatQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["outcome", "due_at"], name="which_seat_is_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "asked"], settled_at=None)
                | (~Q(outcome__in=["open", "asked"]) & Q(settled_at__isnull=False)),
                name="a_seat_is_open_until_it_is_settled",
            )
        ]

    def __str__(self) -> str:
        return f"House seat in {self.state}, {self.outcome}"

    @property
    def is_unsettled(self) -> bool:
        return self.outcome in UNSETTLED

    def settle(self, outcome: str, *, among: Collection[str] = UNSETTLED) -> None:
        """Of the row alone, so that of two who settle it one does.

        Raises NotAllowed where it is, by now, none of `among`.
        """
        changes = {"outcome": outcome, "settled_at": timezone.now(), "lease_until": None}
        if not OpenSeat.objects.filter(pk=self.pk, outcome__in=among).update(**changes):
            raise NotAllowed(f"the open seat of letter {self.pk} was settled before")
        for name, value in changes.items():
            setattr(self, name, value)
