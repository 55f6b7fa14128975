"""What a state, a party and an office are called where a supporter reads them, in their language.

The roster, the desk and Congress have their English names.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from representatives.lookup import SeatFound
from representatives.models import Seat
from representatives.states import STATES

# As the roster writes them, and as the templates translate them; another one stays as it is.
PARTIES = (gettext_noop("Democrat"), gettext_noop("Republican"), gettext_noop("Independent"))


def state_name(code: str) -> str:
    return _(STATES[code].name)


def states_by_name() -> list[tuple[str, str]]:
    """Code and name of each, as its alphabet has them."""
    named = [(code, state_name(code)) for code in STATES]
    # Unicode has the Belarusian і before every other letter.
    return sorted(named, key=lambda each: each[1].replace("І", "И"))


def office_name(seat: Seat | SeatFound) -> str:
    """ "Senator for Wyoming", "Representative for Texas 37": nobody needs a senator's class."""
    state, name = STATES[seat.state], state_name(seat.state)
    if seat.district is None:
        return _("Senator for %(state)s") % {"state": name}
    if state.code == "PR":
        return _("Resident Commissioner for %(state)s") % {"state": name}
    if state.is_territory:
        return _("Delegate for %(state)s") % {"state": name}
    if state.has_one_house_seat:
        return _("Representative for %(state)s at large") % {"state": name}
    number = seat.district.removeprefix(f"{state.code}-")
    return _("Representative for %(state)s %(number)s") % {"state": name, "number": number}
