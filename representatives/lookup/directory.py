"""Who sits where on one day; what was read once is remembered."""

from collections.abc import Iterable
from datetime import date

from representatives.lookup.answers import SeatFound
from representatives.models import Seat, Snapshot


class Directory:
    """The seats of a day, as plain values."""

    def __init__(self, *, on: date):
        self.on = on
        self._known: dict[str, SeatFound] = {}
        self._roster_knows = Snapshot.objects.know_vacancies(on)

    def seats(self, codes: Iterable[str]) -> tuple[SeatFound, ...]:
        """The seats of these codes, in their order; a code that no row has is left out."""
        codes = tuple(codes)
        if missing := [code for code in codes if code not in self._known]:
            for seat in Seat.objects.filter(code__in=missing).with_members(self.on):
                self._known[seat.code] = _found(seat, roster_knows=self._roster_knows)
        return tuple(self._known[code] for code in codes if code in self._known)


def _found(seat: Seat, *, roster_knows: bool) -> SeatFound:
    place = {
        "seat": seat.code,
        "chamber": seat.chamber,
        "district": seat.district,
        "state": seat.state,
        "label": seat.label,
        "role": seat.role,
    }
    term = seat.sitting_term
    if term is None:
        return SeatFound(**place, roster_knows=roster_knows)
    return SeatFound(
        **place,
        member=term.member_id,
        member_name=term.member.official_name,
        party=term.party,
        phone=term.phone,
        office_address=term.office_address,
        website=term.website,
        contact_form=term.contact_form,
    )
