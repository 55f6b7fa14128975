"""Seats, who sits in them and when, and which seats a ZIP code belongs to."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from representatives.districts import District
from representatives.querysets import (
    SeatQuerySet,
    SnapshotQuerySet,
    TermQuerySet,
    ZipDistrictQuerySet,
)
from representatives.states import STATES

# A roster older than this stops live deliveries unless a person accepts it.
GOOD_FOR_DAYS = 30


class Chamber(models.TextChoices):
    HOUSE = "house", "House"
    SENATE = "senate", "Senate"


class Congress(models.Model):
    """One Congress: half-open in time, from noon US Eastern on a January 3 to the next."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        verbose_name_plural = "congresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="a_congress_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"Congress {self.number}"


class Snapshot(models.Model):
    """One loading of a table of facts: what it came from, and how old that is."""

    class Kind(models.TextChoices):
        ROSTER = "roster", "roster of members"
        ZIP_MAP = "zip_map", "ZIP codes and districts"
        ZIP_CITIES = "zip_cities", "ZIP codes and cities"
        RECIPES = "recipes", "recipes of contact forms"

    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    licence = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    # A person who takes responsibility for delivering with a roster older than its limit.
    accepted_by = models.CharField(max_length=150, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.as_of:%Y-%m-%d}"

    def age_in_days(self, today: date) -> int:
        """Days since the source was last true."""
        return (today - self.as_of).days

    def is_good(self, today: date) -> bool:
        """Young enough to deliver by, or a person has taken responsibility for its age."""
        return self.age_in_days(today) <= GOOD_FOR_DAYS or bool(self.accepted_by)


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


class Term(models.Model):
    """A member in a seat for a time, and how that office is reached."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="terms")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="terms")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="terms")
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


class ZipDistrict(models.Model):
    """A ZIP code touches a district of one Congress's map.

    A null district means: the state is known, ask for the street.
    """

    # No indexes of their own: the constraint's serves the map, and 50,000 rows load in a moment.
    congress = models.ForeignKey(Congress, models.PROTECT, db_index=False)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, db_index=False)
    zip = models.CharField(max_length=5)
    state = models.CharField(max_length=2)
    district = models.PositiveSmallIntegerField(null=True)

    objects = ZipDistrictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "zip", "state", "district"],
                name="a_zip_touches_a_district_once",
            ),
            # Two nulls are distinct to the constraint above.
            models.UniqueConstraint(
                fields=["congress", "zip", "state"],
                condition=Q(district__isnull=True),
                name="a_zip_leaves_a_state_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zip} {District(self.state, self.district)}"


class ZipCity(models.Model):
    """The city that the post prefers for a ZIP code; `cities.city_of` asks for it.

    All rows are from the current snapshot of their kind.
    """

    zip = models.CharField(max_length=5, primary_key=True)
    city = models.CharField(max_length=50)

    class Meta:
        verbose_name_plural = "ZIP cities"

    def __str__(self) -> str:
        return f"{self.zip} {self.city}"
