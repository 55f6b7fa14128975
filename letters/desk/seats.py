"""All 541 seats as the desk lists them, from the roster: also those without any letter."""

from dataclasses import dataclass

from letters.routing import ways_to_all
from representatives.congress import lookup_day
from representatives.models import Seat, Term
from representatives.states import STATES


@dataclass(frozen=True)
class SeatLine:
    """A seat, who sits in it, and how a letter travels there today."""

    code: str
    chamber: str
    state: str
    # "Texas, district 37", "Wyoming, class 1", "Wyoming, at large"
    place: str
    # Empty where the seat is vacant.
    member: str
    party: str
    channel: str
    channel_label: str
    why: tuple[str, ...]


def seat_lines() -> list[SeatLine]:
    """Every seat of the roster, in the order of states; a handful of queries."""
    terms = {term.seat_id: term for term in Term.objects.sitting(lookup_day())}
    ways = ways_to_all()
    return [_line(seat, terms.get(seat.code), ways[seat.code]) for seat in Seat.objects.all()]


def _line(seat: Seat, term: Term | None, way) -> SeatLine:
    return SeatLine(
        code=seat.code,
        chamber=seat.chamber,
        state=seat.state,
        place=_place(seat),
        member=str(term.member) if term else "",
        party=term.party if term else "",
        channel=way.channel.name,
        channel_label=str(way.label),
        why=tuple(str(sentence) for sentence in way.why),
    )


def _place(seat: Seat) -> str:
    state = STATES[seat.state].name
    if seat.chamber == "senate":
        return f"{state}, class {seat.number}"
    return f"{state}, district {seat.number}" if seat.number else f"{state}, at large"
