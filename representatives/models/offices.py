"""The members' offices at home."""

from django.db import models

from representatives.models.seats import Member
from representatives.models.snapshots import Snapshot


class LocalOffice(models.Model):
    """A place at home where a member's staff are met and called.

    All rows are from the current snapshot of their kind.
    """

    # The source's name for it: the member's bioguide and the city.
    key = models.CharField(max_length=60, primary_key=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="local_offices")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="local_offices")
    address = models.CharField(max_length=200, blank=True)
    suite = models.CharField(max_length=100, blank=True)
    building = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=50)
    state = models.CharField(max_length=2)
    zip = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["member", "city", "key"]

    def __str__(self) -> str:
        return f"{self.city}, {self.state}"
