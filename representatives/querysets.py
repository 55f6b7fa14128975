"""The questions that are asked of the tables more than once, each with a name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import reduce
from itertools import chain
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from representatives.redistricting import REDRAWN, MapInUse, holds
from representatives.seat_codes import CLASS_ENDS, class_start
from representatives.states import STATES


class SnapshotQuerySet(models.QuerySet):
    def current(self, kind: str):
        """The snapshot of that kind that is in force, or None; of maps, the last one loaded."""
        in_force = self.filter(kind=kind, status=self.model.Status.IN_FORCE)
        return in_force.order_by("-loaded_at", "-pk").first()

    def know_vacancies(self, day: date) -> bool:
        """Whether a seat that the roster in force gives nobody is vacant on that day."""
        roster = self.current(self.model.Kind.ROSTER)
        return roster is not None and roster.knows_vacancies(day)

    def record(self, kind: str, *, table: str = "", **facts):
        """A snapshot that is in force from now on.

        The one before is replaced; of maps, only when no state reads it: `replace_unread_maps`.
        """
        if kind != self.model.Kind.ZIP_MAP:
            self._replace(self.filter(kind=kind))
        return self.keep(kind, table=table, **facts)

    def keep(self, kind: str, *, table: str = "", **facts):
        """A snapshot, with the text of its table where it is given."""
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

        An estimated end that has passed is none, until the term of the seat's class is over or a
        Congress begins that the roster does not know: who was elected sits by then, and the roster
        cannot say whether that is the same person.
        """
        serves_on = Q(end_estimated=True, snapshot__covers_until__gt=on)
        not_over = Q(end__gt=on)
        for senate_class in CLASS_ENDS:
            began = class_start(senate_class, on=on)
            of_class = Q(seat__chamber="senate", seat__number=senate_class)
            not_over |= of_class & serves_on & Q(start__gte=began)
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


class StateMapQuerySet(models.QuerySet):
    def newest(self, congress: int) -> dict:
        """State → its newest map up to a Congress, with its snapshot."""
        maps = self.filter(congress__lte=congress).select_related("snapshot").order_by("congress")
        return {each.state: each for each in maps}

    def in_use(self, congress: int) -> tuple[MapInUse, ...]:
        """The map to read of each state in a Congress, by state; a later one is of no use."""
        loaded = self.filter(congress__lte=congress).order_by("state", "congress")
        rows = loaded.values_list("state", "congress", "snapshot", "snapshot__loaded_at")
        newest = {state: (made_for, version) for state, made_for, *version in rows}
        return tuple(
            MapInUse(
                state, made_for, holds(state, made_for=made_for, congress=congress), tuple(version)
            )
            for state, (made_for, version) in newest.items()
        )

    def last_whole_congress(self) -> int | None:
        """The last Congress of which every state has a map, its own or one that still holds."""
        made_for = defaultdict(set)
        for state, congress in self.values_list("state", "congress"):
            made_for[state].add(congress)
        known = {*REDRAWN, *chain.from_iterable(made_for.values())}
        whole = [
            congress
            for congress in known
            if all(
                any(holds(state, made_for=each, congress=congress) for each in made_for[state])
                for state in STATES
            )
        ]
        return max(whole, default=None)


class ZipDistrictQuerySet(models.QuerySet):
    def of(self, maps: Iterable[MapInUse]):
        """What those maps say, in the order of the ZIP codes."""
        states = defaultdict(list)
        for each in maps:
            states[each.made_for].append(each.state)
        said = [Q(congress=made_for, state__in=codes) for made_for, codes in states.items()]
        rows = self.filter(reduce(or_, said)) if said else self.none()
        return rows.order_by("zip", "state", "district")
