"""Whose story a letter carries: spread over the offices, so that each of them hears of many."""

import hashlib
from collections.abc import Iterable

from django.db.models import Count

from campaign.models import Campaign, Prisoner
from letters.composing import Text, stands_in
from letters.models import Delivery
from letters.states import State

# Read in one go on a phone; the others come with a button.
AT_ONCE = 3


def in_turn(*, campaign: Campaign, seats: Iterable[str], seed: str) -> list[Prisoner]:
    """Those who may be named today: first those of whom these offices have heard least.

    Where that is equal the `seed` decides, so that not everybody begins with the same person.
    """
    heard = dict(
        Delivery.objects.filter(seat__in=list(seats), letter__prisoner__campaign=campaign)
        .exclude(state=State.WITHDRAWN)
        .values_list("letter__prisoner")
        .annotate(times=Count("id"))
        .order_by()
    )
    known = campaign.prisoners.nameable()
    return sorted(known, key=lambda each: (heard.get(each.pk, 0), _lot(seed, each)))


def _lot(seed: str, prisoner: Prisoner) -> str:
    return hashlib.sha256(f"{seed} {prisoner.pk}".encode()).hexdigest()


def some_of(known: list[Prisoner], *, page: int) -> list[Prisoner]:
    """The few of a page, round and round."""
    start = page * AT_ONCE % len(known) if known else 0
    return (known[start:] + known[:start])[:AT_ONCE]


def named_in(*, campaign: Campaign, text: Text) -> list[Prisoner]:
    """Who stands in a supporter's own text, beside the one whose story it carries."""
    written = f"{text.own_words}\n{text.statement or ''}".strip()
    known = campaign.prisoners.nameable() if written else ()
    return [each for each in known if stands_in(each.name, written)]
