"""Which seats a ZIP code belongs to, by the map of a Congress and a state; and its city."""

from django.db import models
from django.db.models import Q

from representatives.districts import District
from representatives.models.congress import Congress
from representatives.models.snapshots import Snapshot
from representatives.querysets import StateMapQuerySet, ZipDistrictQuerySet


class StateMap(models.Model):
    """A state has a map of a Congress, and this snapshot is where it is from."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="state_maps")
    state = models.CharField(max_length=2)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="state_maps")

    objects = StateMapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "state"], name="a_state_has_one_map_of_a_congress"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} in Congress {self.congress_id}"


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
