"""New lines or a new Congress: looks addresses up again in the months before letters go.

A few each minute: the Census geocoder is slow. The mark on the row keeps two workers apart, and
what nobody can tell yet does not keep the others waiting. What waits is held where the address
lies elsewhere. A hand-off stays its supporter's, who is asked by mail.
"""

import time
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from letters.briefing import Briefing, brief, mapped_at
from letters.gate import Stop, address_gate, gate
from letters.holding import follow, member_has_left
from letters.models import Delivery, Notice
from letters.notices import occasion_of_holder, tell_of_lines
from letters.states import Reason, State
from representatives.congress import congress_on, lookup_day, starts_at
from representatives.models import Chamber, Seat, Snapshot, Term
from representatives.states import STATES

# Of each beat, and after so long the rest is left to the next one.
SEVERAL, SECONDS = 60, 20
# Of one seat at once: this asks nobody outside.
TOLD_AT_ONCE = 200
# What could not be told is asked again after it, or as soon as there are newer lines.
PAUSE = timedelta(days=1)


def look_ahead() -> int:
    """Looks up some of what is in doubt; returns how many. Rehearsals wait for no day."""
    if not settings.LIVE:
        return 0
    _tell_of_members()
    return _look_up(claim())


def _tell_of_members() -> None:
    """Whoever is to finish a letter to somebody who has left, once for each who comes."""
    gone = _hand_offs().filter(member_has_left())
    for seat in Seat.objects.filter(code__in=gone.values("seat")).with_members(lookup_day()):
        notice = {"kind": Notice.Kind.HELD, "occasion": occasion_of_holder(seat, seat.sitting_term)}
        told = Notice.objects.filter(letter=OuterRef("letter"), **notice)
        untold = gone.filter(~Exists(told), seat=seat).values_list("letter", flat=True)
        Notice.objects.bulk_create(
            [Notice(letter_id=letter, **notice) for letter in untold[:TOLD_AT_ONCE]],
            # Another worker may do the same.
            ignore_conflicts=True,
        )


def claim() -> list[Delivery]:
    """Some whose address is in doubt, ours alone until the pause is over."""
    with transaction.atomic():
        locked = _in_doubt().select_for_update(skip_locked=True, of=("self",)).only("id")
        ids = [delivery.id for delivery in locked.order_by("due_at", "id")[:SEVERAL]]
        Delivery.objects.filter(id__in=ids).update(address_asked_at=timezone.now())
    return list(Delivery.objects.filter(id__in=ids).with_letters().order_by("due_at", "id"))


def _look_up(claimed: list[Delivery]) -> int:
    left, until = list(claimed), time.monotonic() + SECONDS
    briefing = brief(claimed)
    try:
        while left and time.monotonic() < until:
            delivery = left.pop(0)
            _follow(delivery, _stop_of(delivery, briefing))
    finally:
        # Also where one of them is broken: nobody has looked at the others.
        rest = Delivery.objects.filter(id__in=[delivery.id for delivery in left])
        rest.update(address_asked_at=None)
    return len(claimed) - len(left)


def _stop_of(delivery: Delivery, briefing: Briefing) -> Stop | None:
    stop = gate(delivery, briefing)
    may_go = stop is None or stop.reason == Reason.ON_THE_DAY
    return (address_gate(delivery, briefing) or stop) if may_go else stop


def _follow(delivery: Delivery, stop: Stop | None) -> None:
    if delivery.state != State.NEEDS_SUPPORTER:
        follow(delivery, stop)
    elif stop and stop.reason in Reason.follows_the_lines():
        tell_of_lines(delivery, stop.reason)


def _in_doubt() -> QuerySet[Delivery]:
    """Looked up before their state's newest lines, or in another Congress; not within the pause."""
    now, congress = timezone.now(), congress_on(lookup_day())
    waits = Q(state=State.WAITING, reason=Reason.ON_THE_DAY, due_at__gt=now)
    untold = Q(id__in=_hand_offs().filter(~_told_of_lines(congress)).values("id"))
    in_doubt = Q()
    for since, states in _states_by_map(congress):
        newest = max(since, starts_at(congress))
        older = Q(looked_at__lt=since) | ~Q(congress=congress)
        held = Q(state=State.HELD, reason__in=Reason.follows_the_lines(), changed_at__lt=newest)
        rested = Q(address_asked_at=None) | Q(address_asked_at__lt=max(newest, now - PAUSE))
        in_doubt |= Q(seat__state__in=states) & rested & (held | ((waits | untold) & older))
    looked_at = Coalesce(F("address_checked_at"), F("letter__created_at"))
    return _open().annotate(looked_at=looked_at).filter(in_doubt)


def _states_by_map(congress: int) -> list[tuple[datetime, list[str]]]:
    """Since when we go by the newest map, and of which states; without one since the beginning."""
    known, begun = mapped_at(STATES, congress=congress), starts_at(congress)
    since = {state: known.get(state, begun) for state in STATES}
    in_order = sorted(STATES, key=since.get)
    return [(moment, list(states)) for moment, states in groupby(in_order, key=since.get)]


def _hand_offs() -> QuerySet[Delivery]:
    """Also what a volunteer is to carry; not what its supporter has given up."""
    return _open().filter(state=State.NEEDS_SUPPORTER).exclude(reason__in=Reason.could_not())


def _open() -> QuerySet[Delivery]:
    """Of letters that still may go, to seats of which we know who holds them today.

    Between a Congress's beginning and its roster nobody is asked where a letter should go.
    """
    campaign = "letter__signatory__campaign__"
    return Delivery.objects.bound_for_here().filter(
        Q(**{f"{campaign}closes_at": None}) | Q(**{f"{campaign}closes_at__gt": timezone.now()}),
        _holder_is_known(),
        **{f"{campaign}state": settings.DELIVERY_MODE},
        letter__signatory__erasure_asked_at=None,
        letter__text_erased_at=None,
    )


def _holder_is_known() -> Q:
    """As `Briefing.knows_holder_of` says of one seat."""
    day, roster = lookup_day(), Snapshot.objects.current(Snapshot.Kind.ROSTER)
    if roster is not None and roster.covers(day):
        return Q()
    return Q(
        Exists(Term.objects.sitting(day).filter(seat=OuterRef("seat"))),
        seat__chamber=Chamber.SENATE,
    )


def _told_of_lines(congress: int) -> Exists:
    """Once in a Congress: its supporter then knows that something is to be said."""
    occasions = [
        Concat(OuterRef("seat_id"), Value(f" {reason} {congress}"))
        for reason in Reason.follows_the_lines()
    ]
    told = Notice.objects.filter(letter=OuterRef("letter"), kind=Notice.Kind.HELD)
    return Exists(told.filter(occasion__in=occasions))
