"""What our tables of facts came from, how old that is, and which of them are in force."""

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils import timezone

from representatives.models.congress import Congress
from representatives.querysets import SnapshotQuerySet
from representatives.tables import TableRefused

# A roster older than this is something to look after.
WARN_AFTER_DAYS = 7
# A roster older than this stops live deliveries unless a person accepts it.
GOOD_FOR_DAYS = 30
# For so long a person's word makes up for that; then somebody has to look again.
ANSWERED_FOR_DAYS = 7


class Standing(StrEnum):
    """What the age of a table means for those who deliver by it."""

    FRESH = "fresh"
    AGING = "aging"
    TOO_OLD = "too_old"


class Snapshot(models.Model):
    """One table of facts: what it came from, how old that is, and whether we go by it."""

    class Kind(models.TextChoices):
        ROSTER = "roster", "roster of members"
        ZIP_MAP = "zip_map", "ZIP codes and districts"
        ZIP_CITIES = "zip_cities", "ZIP codes and cities"
        LOCAL_OFFICES = "local_offices", "local offices of members"
        RECIPES = "recipes", "recipes of contact forms"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "waits for a person"
        IN_FORCE = "in_force", "in force"
        REPLACED = "replaced", "replaced by another one"
        REFUSED = "refused", "refused by a person"

    kind = models.CharField(max_length=15, choices=Kind)
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    licence = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    # When its source was last asked and still said just this; empty: not since it was loaded.
    checked_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.IN_FORCE)
    # The login that put it in force; empty: the rule did, the change was small.
    accepted_by = models.CharField(max_length=150, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    # A person who takes responsibility for delivering with a roster older than its limit.
    age_accepted_by = models.CharField(max_length=150, blank=True)
    age_accepted_at = models.DateTimeField(null=True, blank=True)
    # Whose map it is.
    congress = models.ForeignKey(Congress, models.PROTECT, null=True, blank=True)
    # A roster knows nothing about the House from that day on: its terms are over.
    covers_until = models.DateField(null=True, blank=True)
    # What it changed, and what another source says otherwise: a sentence each.
    changes = models.JSONField(default=list, blank=True)
    disagreements = models.JSONField(default=list, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        get_latest_by = "loaded_at"
        constraints = [
            # Of maps, each Congress and state has its own: `StateMap`.
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(status="in_force") & ~Q(kind="zip_map"),
                name="one_snapshot_of_a_kind_is_in_force",
            ),
            models.CheckConstraint(
                condition=Q(kind="zip_map") | Q(congress=None),
                name="only_a_map_belongs_to_a_congress",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.as_of:%Y-%m-%d}"

    @property
    def table(self) -> str:
        """The text of our table behind it; TableRefused where it is not kept any more."""
        kept = KeptTable.objects.filter(snapshot=self).first()
        if kept is None:
            raise TableRefused(f"The table of the {self} is not kept any more.")
        return kept.text

    def age_in_days(self, today: date) -> int:
        """Days since the source was last true, or was last seen to say the same."""
        return (today - self.last_true).days

    @property
    def last_true(self) -> date:
        """The last day of which we know that the source said just this."""
        if self.checked_at is None:
            return self.as_of
        return max(self.as_of, timezone.localdate(self.checked_at))

    def standing(self, today: date) -> Standing:
        """What its age means today."""
        age = self.age_in_days(today)
        if age > GOOD_FOR_DAYS:
            return Standing.TOO_OLD
        return Standing.AGING if age > WARN_AFTER_DAYS else Standing.FRESH

    def covers(self, day: date) -> bool:
        """Whether a roster can say of that day who sits in the House."""
        return self.covers_until is None or day < self.covers_until

    def knows_vacancies(self, day: date) -> bool:
        """Whether a seat that this roster gives nobody is vacant on that day.

        Who has left before its own day is not in it any more, and who comes after it is not yet.
        """
        return self.covers_until is not None and self.as_of <= day < self.covers_until

    def is_good(self, today: date) -> bool:
        """Young enough to deliver by, or a person has lately taken responsibility for its age.

        Nobody can answer for who sits in a Congress that the roster does not know.
        """
        return self.standing(today) != Standing.TOO_OLD or (
            self.covers(today) and self._is_answered_for(today)
        )

    def _is_answered_for(self, today: date) -> bool:
        if not (self.age_accepted_by and self.age_accepted_at):
            return False
        return (today - timezone.localdate(self.age_accepted_at)).days <= ANSWERED_FOR_DAYS


class KeptTable(models.Model):
    """The text of our table behind a snapshot: what a person puts in force, or back in force.

    Apart from its snapshot, which is read with every letter: a text is half a megabyte.
    """

    snapshot = models.OneToOneField(
        Snapshot, models.CASCADE, primary_key=True, related_name="kept_table"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"Table of the {self.snapshot}"
