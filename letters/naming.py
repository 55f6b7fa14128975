"""What an office is called where its supporter reads it, in their language."""

from django.utils.translation import gettext as _

from representatives.lookup import SeatFound
from representatives.models import Seat
from representatives.states import STATES


def office_name(seat: Seat | SeatFound) -> str:
    """ "Senator for Wyoming", "Representative for Texas 37": nobody needs a senator's class."""
    state = STATES[seat.state]
    if seat.district is None:
        return _("Senator for %(state)s") % {"state": state.name}
    if state.code == "PR":
        return _("Resident Commissioner for %(state)s") % {"state": state.name}
    if state.is_territory:
        return _("Delegate for %(state)s") % {"state": state.name}
    if state.has_one_house_seat:
        return _("Representative for %(state)s at large") % {"state": state.name}
    number = seat.district.removeprefix(f"{state.code}-")
    return _("Representative for %(state)s %(number)s") % {"state": state.name, "number": number}
