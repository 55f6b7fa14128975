"""The roster as corrected: what people know better takes its time out of the table's terms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from representatives.congress import congress_on, starts_at
from representatives.models import Correction
from representatives.roster.table import CONTACTS, RosterRow
from representatives.seat_codes import class_end, commissioner_end


@dataclass(frozen=True)
class CorrectedTerm:
    """A term, and the correction that says so where it is not the table."""

    row: RosterRow
    correction: Correction | None = None


def corrected(rows: Iterable[RosterRow], corrections: Iterable[Correction]) -> list[CorrectedTerm]:
    """The terms of a table's held seats with these corrections made.

    A correction counts from its first day to its last. Without a last one it counts like a term:
    to the end of the seat's own, or to the day on which the table knows of a successor.
    """
    terms, known_better = defaultdict(list), defaultdict(list)
    for row in rows:
        if not row.is_vacant:
            terms[row.seat].append(CorrectedTerm(row))
    for correction in sorted(corrections, key=lambda each: each.starts):
        known_better[correction.seat_id].append(correction)
    for seat, ours in known_better.items():
        told = tuple(term.row for term in terms[seat])
        for correction in ours:
            until = _until(correction, told)
            terms[seat] = _with(correction, terms[seat], told, until=until)
    return [term for seat in terms.values() for term in seat]


def _until(correction: Correction, told: Iterable[RosterRow]) -> date:
    if correction.ends:
        return correction.ends
    successors = [row.term_start for row in told if row.term_start > correction.starts]
    return min([_term_end(correction), *successors])


def _term_end(correction: Correction) -> date:
    """Where a term of that seat ends at the latest."""
    seat, starts = correction.seat_id, correction.starts
    if seat.startswith("S"):
        return class_end(int(seat[3:]), after=starts)
    if seat == "HPR00":
        return commissioner_end(starts)
    return starts_at(congress_on(starts) + 1).date()


def _with(
    correction: Correction,
    terms: list[CorrectedTerm],
    told: Iterable[RosterRow],
    *,
    until: date,
) -> list[CorrectedTerm]:
    """The seat's terms, with the correction's days taken out of them and given to its member."""
    result = {}
    for term in terms:
        row = term.row
        if row.over <= correction.starts or row.term_start >= until:
            result[row.term_start] = term
        elif row.term_start < correction.starts:
            cut = replace(row, term_end=correction.starts, end_estimated=False)
            result[row.term_start] = replace(term, row=cut)
    if correction.member_id:
        row = _row(correction, told, until=until)
        result[row.term_start] = CorrectedTerm(row, correction)
    # Who sat before the correction sits again after its last day.
    for term in terms if correction.ends else ():
        row = term.row
        if row.term_start < until < row.over and until not in result:
            end = row.term_end if row.term_end > until else row.over
            result[until] = replace(term, row=replace(row, term_start=until, term_end=end))
    return list(result.values())


def _row(correction: Correction, told: Iterable[RosterRow], *, until: date) -> RosterRow:
    """The correction as a term; what it leaves empty is as the table has it for that member."""
    same = [row for row in told if row.bioguide == correction.member_id]
    known = same[-1] if same else RosterRow(correction.seat_id)
    return replace(
        known,
        bioguide=correction.member_id,
        term_start=correction.starts,
        term_end=until,
        end_estimated=False,
        **{name: getattr(correction, name) or getattr(known, name) for name in CONTACTS},
    )
