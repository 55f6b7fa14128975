"""A call after the letter: the offices' numbers, and what to say, with its meaning beside it."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from campaign.models import Appeal
from campaign.models.appeal import PLACEHOLDER, sentences
from letters.composing import fill
from letters.models import Letter
from letters.naming import office_name
from letters.states import State
from representatives.congress import lookup_day
from representatives.models import Seat

# Said in English, so translated only as what it means.
BEGINNING = (
    gettext_noop("Hello. My name is ______. I live in ______, ZIP code ______."),
    gettext_noop("I have a message for ______."),
)
END = (gettext_noop("Thank you for passing it on. Goodbye."),)
RESCUE = gettext_noop("I am sorry, my English is limited. Please pass my message on. Thank you.")


@dataclass(frozen=True)
class Sentence:
    """What is said in English, and what that means; empty for those who read English."""

    english: str
    meaning: str


@dataclass(frozen=True)
class Line:
    """An office's telephone."""

    member: str
    office: str
    # Who the message is for, as it is said: "Senator Lummis".
    for_whom: str
    # As the roster writes it: "202-225-2311".
    phone: str


@dataclass(frozen=True)
class Call:
    """Everything for calling the offices of one letter."""

    script: tuple[Sentence, ...]
    # Where the staff ask back.
    rescue: Sentence
    lines: tuple[Line, ...]


def call_of(letter: Letter) -> Call | None:
    """None where nothing is to be said today, or no office has a number."""
    campaign = letter.signatory.campaign
    script = script_of(campaign.current_appeal, on=campaign.today)
    lines = lines_of(letter) if script else ()
    return Call(script=script, rescue=_fixed(RESCUE), lines=lines) if lines else None


def script_of(appeal: Appeal | None, *, on: date) -> tuple[Sentence, ...]:
    """The whole call; empty where the organizers wrote none, or where it may not be true today."""
    if appeal is None or not appeal.call_script or not _is_true(appeal, on):
        return ()
    said = sentences(fill(appeal.call_script, appeal=appeal, on=on))
    meaning = sentences(appeal.said_call_meaning)
    asked = [Sentence(*pair) for pair in zip_longest(said, meaning, fillvalue="")]
    return (*map(_fixed, BEGINNING), *asked, *map(_fixed, END))


def _fixed(english: str) -> Sentence:
    """One of our own sentences, in the reader's language beside the English."""
    meaning = gettext(english)
    return Sentence(english, "" if meaning == english else meaning)


def _is_true(appeal: Appeal, on: date) -> bool:
    """It names only facts that there are; live, they are reviewed and not expired."""
    facts = {fact.key: fact for fact in appeal.facts.all()}
    named = set(PLACEHOLDER.findall(appeal.call_script))
    if not named <= facts.keys():
        return False
    return not settings.LIVE or all(
        facts[key].reviewed_at and not facts[key].is_expired(on) for key in named
    )


def lines_of(letter: Letter) -> tuple[Line, ...]:
    """Whoever sits today in the seats that the letter went to; offices without a number are left
    out."""
    written = letter.deliveries.exclude(state=State.WITHDRAWN).values("seat")
    seats = Seat.objects.filter(code__in=written).with_members(lookup_day())
    return tuple(
        _line(seat)
        for seat in seats.order_by("chamber", "code")
        if seat.sitting_term and seat.sitting_term.phone
    )


def _line(seat: Seat) -> Line:
    member = seat.sitting_term.member
    return Line(
        member=member.official_name,
        office=office_name(seat),
        for_whom=f"{seat.role} {member.last_name}",
        phone=seat.sitting_term.phone,
    )
