"""All 541 seats as the desk lists them, from the roster: also those without any letter."""

from dataclasses import dataclass

from letters.models import Route
from letters.routing import Way, ways_to_all
from representatives.congress import lookup_day
from representatives.models import Seat, Snapshot, Term
from representatives.states import STATES


@dataclass(frozen=True)
class SeatLine:
    """A seat, who sits in it, and how a letter travels there today."""

    code: str
    chamber: str
    state: str
    # "Texas, district 37", "Wyoming, class 1", "Wyoming, at large"
    place: str
    # Empty where nobody is known to hold the seat; then `nobody` says what that means.
    member: str
    nobody: str
    party: str
    channel: str
    channel_label: str
    why: tuple[str, ...]
    # Its official form: `known`, `wrong`, or `unknown`; empty where nobody is known.
    form: str
    form_url: str
    form_trouble: str
    # The organizers' row of it; None where there is none yet.
    form_route: int | None


def seat_lines() -> list[SeatLine]:
    """Every seat of the roster, in the order of states; a handful of queries."""
    day = lookup_day()
    terms = {term.seat_id: term for term in Term.objects.sitting(day)}
    ways, forms = ways_to_all(), Route.objects.filter(way=Route.Way.FORM)
    rows = {route.seat_id: route for route in forms}
    in_force = {route.seat_id: route for route in forms.of_who_sits(day)}
    nobody = "vacant" if Snapshot.objects.know_vacancies(day) else "not known"
    return [
        _line(
            seat,
            terms.get(seat.code),
            ways[seat.code],
            nobody=nobody,
            row=rows.get(seat.code),
            route=in_force.get(seat.code),
        )
        for seat in Seat.objects.all()
    ]


def _line(
    seat: Seat,
    term: Term | None,
    way: Way,
    *,
    nobody: str,
    row: Route | None,
    route: Route | None,
) -> SeatLine:
    """`row` is what organizers keep of its form; `route` the same, if it holds today."""
    url = route.form_url if route else (term.contact_form if term else "")
    trouble = route.trouble if route else ""
    return SeatLine(
        code=seat.code,
        chamber=seat.chamber,
        state=seat.state,
        place=_place(seat),
        member=str(term.member) if term else "",
        nobody="" if term else nobody,
        party=term.party if term else "",
        channel=way.channel.name,
        channel_label=str(way.label),
        why=tuple(str(sentence) for sentence in way.why),
        form=_form(term, url, trouble),
        form_url=url,
        form_trouble=trouble,
        form_route=row.pk if row else None,
    )


def _form(term: Term | None, url: str, trouble: str) -> str:
    if term is None:
        return ""
    if not url:
        return "unknown"
    return "wrong" if trouble else "known"


def _place(seat: Seat) -> str:
    state = STATES[seat.state].name
    if seat.chamber == "senate":
        return f"{state}, class {seat.number}"
    return f"{state}, district {seat.number}" if seat.number else f"{state}, at large"
