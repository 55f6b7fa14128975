"""The questions that are asked of the tables more than once, each with a name."""

from datetime import date

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from representatives.seat_codes import CLASS_ENDS, class_end


class SnapshotQuerySet(models.QuerySet):
    def current(self, kind: str):
        """The snapshot of that kind that is in force, or None; of maps, the last one loaded."""
        in_force = self.filter(kind=kind, status=self.model.Status.IN_FORCE)
        return in_force.order_by("-loaded_at", "-pk").first()

    def record(self, kind: str, *, table: str = "", **facts):
        """A snapshot that is in force from now on, with the text of its table where it is given.

        The one before is replaced; of maps, only when no state reads it: `replace_unread_maps`.
        """
        if kind != self.model.Kind.ZIP_MAP:
            self._replace(self.filter(kind=kind))
        snapshot = self.create(kind=kind, **facts)
        if table:
            kept = self.model._meta.get_field("kept_table").related_model
            kept.objects.create(snapshot=snapshot, text=table)
        return snapshot

    def replace_unread_maps(self) -> None:
        """What no state's map of any Congress is from any more has been replaced."""
        self._replace(self.filter(kind=self.model.Kind.ZIP_MAP, state_maps=None))

    def accept_age(self, *, by: str) -> int:
        """A person takes responsibility for delivering with what may be out of date."""
        return self.update(age_accepted_by=by, age_accepted_at=timezone.now())

    def _replace(self, snapshots: models.QuerySet) -> None:
        in_force = snapshots.filter(status=self.model.Status.IN_FORCE)
        in_force.update(status=self.model.Status.REPLACED)


class TermQuerySet(models.QuerySet):
    def sitting(self, on: date):
        """The terms that hold their seats on a day: at most one a seat.

        A term whose end is an estimate runs until a successor's term starts, and a successor ends
        every earlier term. A term that starts later is pending; a seat without a term is vacant.
        """
        successor = self.model.objects.filter(
            seat=OuterRef("seat"), start__lte=on, start__gt=OuterRef("start")
        )
        return self.running(on).filter(~Exists(successor)).select_related("member")

    def running(self, on: date):
        """Terms that have begun and, by their own end, are not over: a successor may have come.

        An estimated end that has passed is none, until the term of the seat's class is over.
        """
        not_over = Q(end__gt=on)
        for senate_class in CLASS_ENDS:
            began = class_end(senate_class, after=on)
            began = began.replace(year=began.year - 6)
            not_over |= Q(end_estimated=True, seat__number=senate_class, start__gte=began)
        return self.filter(not_over, start__lte=on)

    def pending(self, on: date):
        """Terms that begin after that day."""
        return self.filter(start__gt=on)


class SeatQuerySet(models.QuerySet):
    def with_members(self, on: date):
        """Every seat with its `sitting_term` on a day, None where vacant; two queries in all."""
        return self.prefetch_related(
            models.Prefetch("terms", self._terms.sitting(on), to_attr="sitting_terms")
        )

    def vacant(self, on: date):
        """Seats that nobody holds on that day."""
        return self.filter(~Exists(self._terms.sitting(on).filter(seat=OuterRef("pk"))))

    @property
    def _terms(self) -> TermQuerySet:
        return self.model._meta.get_field("terms").related_model.objects


class ZipDistrictQuerySet(models.QuerySet):
    def newest_congress(self) -> int | None:
        """The last Congress of which a map is loaded."""
        return self.aggregate(newest=Max("congress"))["newest"]

    def map_for(self, congress: int) -> tuple[int, int] | None:
        """The Congress and the snapshot of the map to read: the newest one up to that Congress."""
        return (
            self.filter(congress__lte=congress)
            .order_by("-congress")
            .values_list("congress", "snapshot")
            .first()
        )
