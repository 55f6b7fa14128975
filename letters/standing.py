"""How members' contact forms stand: whether a letter may go by one today, and who fills it in.

Told by the form's own row and by what came of the letters before, never by a counter: whatever
stops a worker, the next one reads the same.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from letters.channels.webform.recipe import By, Form, Recipe
from letters.models import Attempt, ContactForm, Route
from letters.states import Reason, State
from representatives.congress import lookup_day
from representatives.models import Seat, Term

# In a row; on trial the first one is enough.
BREAKS = 3
# What a form made of a letter that was filled in: not accepted, and not merely out of reach.
BAD = (
    Attempt.Outcome.UNCERTAIN,
    Attempt.Outcome.REJECTED,
    Attempt.Outcome.NEEDS_SUPPORTER,
    Attempt.Outcome.BROKEN,
)


@dataclass(frozen=True)
class Health:
    """What became of the letters over one form since its recipe changed or it was opened."""

    accepted: int = 0
    bad: int = 0
    # In a row, the latest ones.
    bad_in_a_row: int = 0
    # How the last accepted one was filled in; empty if there is none.
    worked_by: str = ""

    @property
    def is_on_trial(self) -> bool:
        """Its first letter goes alone: nobody knows yet whether the form takes any."""
        return self.accepted == 0

    @property
    def is_broken(self) -> bool:
        patience = 1 if settings.LIVE and self.is_on_trial else BREAKS
        return self.bad_in_a_row >= patience


def forms_of(seats: Iterable[Seat]) -> dict[str, Form]:
    """Seat code → form, for the seats whose sitting member's form we have a recipe of."""
    sitting = Term.objects.sitting(lookup_day()).filter(seat__in=[seat.code for seat in seats])
    seat_of = dict(sitting.values_list("member_id", "seat_id"))
    rows = list(_with_recipe().filter(member__in=seat_of))
    if not rows:
        return {}
    health, paused = health_of(rows), _paused(seat_of.values())
    return {
        seat_of[row.member_id]: _form(row, health[row.member_id], seat_of[row.member_id] in paused)
        for row in rows
    }


def recipe_of(member: str) -> Recipe | None:
    """The last good one of that member's form."""
    row = _with_recipe().filter(member=member).first()
    return _read(row.written) if row else None


def _with_recipe() -> QuerySet[ContactForm]:
    """Each with its recipe as it is written, to be read once for all letters."""
    known = ContactForm.objects.filter(recipe__isnull=False).defer("recipe")
    return known.annotate(written=Cast("recipe", TextField()))


def _form(row: ContactForm, health: Health, is_paused: bool) -> Form:
    recipe = _read(row.written)
    return Form(
        recipe=recipe,
        obstacle=Reason.PAUSED if is_paused else obstacle_of(row, health),
        by=By(health.worked_by) if health.worked_by else recipe.by,
        charset=row.charset,
    )


@lru_cache(maxsize=256)
def _read(written: str) -> Recipe:
    """A millisecond's work, and the same for every letter."""
    return Recipe.from_json(json.loads(written))


def obstacle_of(row: ContactForm, health: Health) -> str:
    """Why no letter may go by this form today; empty if letters may."""
    if settings.LIVE and row.opened_at is None:
        return Reason.FORM_NOT_OPENED
    if row.trouble:
        return Reason.FORM_CHANGED
    return Reason.FORM_RESTS if health.is_broken else Reason.NONE


def tally() -> Counter[str]:
    """Reason → members whose form no letter may go by today for it; the empty one: letters may."""
    rows = list(_with_recipe())
    health = health_of(rows)
    return Counter(
        Reason.CAPTCHA
        if _read(row.written).needs_a_person
        else Reason(obstacle_of(row, health[row.member_id]))
        for row in rows
    )


def obstacle_now(form: Form) -> str:
    """The same, asked anew: the last look before a letter leaves, in the transaction that says so.
    Whoever else is about to send by this form, or decides on it, waits until that has ended.

    BUSY: it is on trial, and what came of its first letter nobody knows yet.
    """
    row = ContactForm.objects.select_for_update().defer("recipe").get(member=form.recipe.bioguide)
    health = health_of([row])[row.member_id]
    obstacle = obstacle_of(row, health)
    if not obstacle and settings.LIVE and health.is_on_trial and _has_one_on_its_way(row):
        return Reason.BUSY
    return obstacle


def _has_one_on_its_way(row: ContactForm) -> bool:
    """Also by a worker that was lost: its letter may have arrived."""
    begun = Attempt.objects.filter(
        outcome=Attempt.Outcome.OPEN,
        delivery__member=row.member_id,
        delivery__state=State.SENDING,
    )
    return begun.exclude(how="").exists()


def _paused(seats: Iterable[str]) -> set[str]:
    routes = Route.objects.filter(way=Route.Way.FORM, paused_until__gt=timezone.now())
    return set(routes.filter(seat__in=seats).values_list("seat_id", flat=True))


def health_of(rows: list[ContactForm]) -> dict[str, Health]:
    """Bioguide id → health; one query, and a second one where something is wrong."""
    members = [row.member_id for row in rows]
    groups: dict[str, list[dict]] = {member: [] for member in members}
    for group in _counted(members):
        groups[group["delivery__member"]].append(group)
    last_good = {member: _last_accepted(each) for member, each in groups.items()}
    in_a_row = _bad_after(
        {
            member: last_good[member]["last"] if last_good[member] else None
            for member, each in groups.items()
            if any(group["outcome"] in BAD for group in each)
        }
    )
    return {
        member: Health(
            accepted=_number(each, (Attempt.Outcome.ACCEPTED,)),
            bad=_number(each, BAD),
            bad_in_a_row=in_a_row.get(member, 0),
            worked_by=last_good[member]["how"] if last_good[member] else "",
        )
        for member, each in groups.items()
    }


def _filled_in(members: Iterable[str]) -> QuerySet[Attempt]:
    """The attempts that say something of a form: an engine was at work in them."""
    form = "delivery__member__contact_form__"
    since = Greatest(f"{form}changed_at", Coalesce(f"{form}opened_at", f"{form}changed_at"))
    here = Attempt.objects.filter(
        delivery__member__in=members, delivery__letter__destination=settings.DELIVERY_MODE
    )
    return here.exclude(how="").annotate(since=since).filter(started_at__gte=F("since"))


def _counted(members: Iterable[str]) -> QuerySet:
    per_outcome = _filled_in(members).order_by().values("delivery__member", "outcome", "how")
    return per_outcome.annotate(number=Count("id"), last=Max("started_at"))


def _last_accepted(groups: list[dict]) -> dict | None:
    good = [each for each in groups if each["outcome"] == Attempt.Outcome.ACCEPTED]
    return max(good, key=lambda each: each["last"], default=None)


def _number(groups: list[dict], outcomes: tuple[str, ...]) -> int:
    return sum(each["number"] for each in groups if each["outcome"] in outcomes)


def _bad_after(moments: dict[str, datetime | None]) -> dict[str, int]:
    """Member → bad outcomes after that moment (None: ever)."""
    if not moments:
        return {}
    after = Q()
    for member, moment in moments.items():
        later = Q(started_at__gt=moment) if moment else Q()
        after |= Q(delivery__member=member) & later
    bad = _filled_in(moments).filter(after, outcome__in=BAD).order_by()
    return dict(bad.values_list("delivery__member").annotate(number=Count("id")))


def open_form(row: ContactForm, *, by: str) -> None:
    """From now on letters go by it, the first one alone; also after it has broken."""
    ContactForm.objects.filter(pk=row.pk).update(opened_at=timezone.now(), opened_by=by, trouble="")


def close_form(row: ContactForm) -> None:
    """Its letters become hand-offs, as soon as they are due."""
    ContactForm.objects.filter(pk=row.pk).update(opened_at=None, opened_by="")
