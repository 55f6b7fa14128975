"""The 541 seats, who sits in them and when, and what we know better than the roster."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from representatives.districts import District
from representatives.models.snapshots import Snapshot
from representatives.querysets import SeatQuerySet, TermQuerySet
from representatives.states import STATES


class Chamber(models.TextChoices):
    HOUSE = "house", "House"
    SENATE = "senate", "Senate"


class Seat(models.Model):
    """The address of a letter: 541 rows, fixed. The person in it changes, the seat does not."""

    code = models.CharField(max_length=5, primary_key=True)
    chamber = models.CharField(max_length=6, choices=Chamber)
    state = models.CharField(max_length=2)
    # House: the district's number, 0 at large. Senate: the class, 1 to 3.
    number = models.PositiveSmallIntegerField()

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["state", "chamber", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "state", "number"], name="a_seat_exists_once"
            ),
            models.CheckConstraint(
                condition=Q(chamber="house") | Q(number__range=(1, 3)),
                name="a_senate_class_is_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def district(self) -> str | None:
        """`TX-37`, `WY-0` at large; None for a senator's seat."""
        if self.chamber == Chamber.SENATE:
            return None
        return str(District(self.state, self.number))

    @property
    def role(self) -> str:
        """How its member is addressed. Congress reads it: never translated."""
        if self.chamber == Chamber.SENATE:
            return "Senator"
        if self.state == "PR":
            return "Resident Commissioner"
        return "Delegate" if STATES[self.state].is_territory else "Representative"

    @property
    def label(self) -> str:
        """The seat in words: "Senator for Wyoming, class 1", "Representative for Texas 37"."""
        state = STATES[self.state]
        if self.chamber == Chamber.SENATE:
            return f"{self.role} for {state.name}, class {self.number}"
        if state.is_territory:
            return f"{self.role} for {state.name}"
        return f"{self.role} for {state.name} {self.number or 'at large'}"

    @property
    def sitting_term(self) -> "Term | None":
        """Its term on the day given to `with_members`; None is a vacancy."""
        return self.sitting_terms[0] if self.sitting_terms else None

    def term_on(self, day: date) -> "Term | None":
        """Its term on a day, with one query; None is a vacancy."""
        return self.terms.sitting(day).first()


class Member(models.Model):
    """A person who sits, or sat, in Congress."""

    bioguide = models.CharField(max_length=7, primary_key=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    official_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return self.official_name


class Correction(models.Model):
    """What a person knows better than the roster about a seat; it outlives every loading.

    No member: from that day on nobody holds the seat. A contact left empty stays the roster's.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="corrections")
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="corrections", null=True, blank=True
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    party = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    office_address = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    contact_form = models.URLField(blank=True)
    why = models.TextField()
    # Where that can be read.
    source = models.CharField(max_length=300)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                name="a_correction_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["seat", "starts"],
                condition=Q(withdrawn_at=None),
                name="a_seat_is_corrected_once_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.member_id or 'vacant'} from {self.starts}"


class Term(models.Model):
    """A member in a seat for a time, and how that office is reached."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="terms")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="terms")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="terms")
    # The correction that says so, where it is not the roster.
    correction = models.ForeignKey(
        Correction, models.PROTECT, related_name="terms", null=True, blank=True
    )
    start = models.DateField()
    end = models.DateField()
    # An appointed senator serves on after an estimated end until a successor's term starts.
    end_estimated = models.BooleanField(default=False)
    party = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)
    office_address = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    contact_form = models.URLField(blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "start"], name="two_terms_in_a_seat_never_start_together"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_term_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.member_id} from {self.start}"
