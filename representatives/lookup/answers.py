"""What a lookup says: plain values that a page, a form and a delivery can keep."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What can come of looking an address up."""

    EXACT = "exact"
    CANDIDATES = "candidates"
    STATE_ONLY = "state_only"
    TERRITORY = "territory"
    MILITARY = "military"
    NOT_REPRESENTED = "not_represented"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


class Reason(StrEnum):
    """Why an outcome is no more than it is, for the words beside it."""

    NONE = ""
    SPLIT_ZIP = "split_zip"
    SEVERAL_STATES = "several_states"
    DISTRICT_UNKNOWN = "district_unknown"
    PO_BOX = "po_box"
    STATE_MISMATCH = "state_mismatch"
    STATE_UNCONFIRMED = "state_unconfirmed"
    ZIP_UNKNOWN = "zip_unknown"
    STREET_NOT_FOUND = "street_not_found"
    STREET_AMBIGUOUS = "street_ambiguous"
    STREET_ELSEWHERE = "street_elsewhere"
    GEOCODER_DOWN = "geocoder_down"
    LEFT_OPEN = "left_open"
    NO_MAP = "no_map"
    NO_ROSTER = "no_roster"


class ResolvedBy(StrEnum):
    """What told the House seat; empty while it is open."""

    NOTHING = ""
    ZIP = "zip"
    ADDRESS = "address"
    CHOICE = "choice"


class Holder(StrEnum):
    """What is known of who holds a seat on the day of the lookup."""

    HELD = "held"
    VACANT = "vacant"
    # The roster in force does not reach that day.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SeatFound:
    """A seat and who sits in it on the day of the lookup, as far as the roster knows that day."""

    seat: str
    chamber: str
    district: str | None
    state: str
    label: str
    role: str
    member: str | None = None
    member_name: str = ""
    party: str = ""
    phone: str = ""
    office_address: str = ""
    website: str = ""
    contact_form: str = ""
    # Whether the roster in force reaches that day.
    roster_knows: bool = True

    @property
    def holder(self) -> Holder:
        if self.member is not None:
            return Holder.HELD
        return Holder.VACANT if self.roster_knows else Holder.UNKNOWN

    @property
    def is_held(self) -> bool:
        return self.holder == Holder.HELD

    @property
    def is_vacant(self) -> bool:
        return self.holder == Holder.VACANT


@dataclass(frozen=True)
class Lookup:
    """The seats of an address on a day, House before Senate, and how that is known.

    `provider` is the settings' name of the provider that settled it.
    """

    outcome: Outcome
    congress: int
    on: date
    seats: tuple[SeatFound, ...] = ()
    provider: str | None = None
    resolved_by: ResolvedBy = ResolvedBy.NOTHING
    reason: Reason = Reason.NONE

    @property
    def house(self) -> tuple[SeatFound, ...]:
        """The one House seat, the candidates, or none."""
        return tuple(found for found in self.seats if found.district)

    @property
    def senators(self) -> tuple[SeatFound, ...]:
        return tuple(found for found in self.seats if not found.district)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that the seats lie in, in order."""
        return tuple(sorted({found.state for found in self.seats}))

    @property
    def is_settled(self) -> bool:
        """There is one set of seats, the House seat among them."""
        return self.outcome in {Outcome.EXACT, Outcome.TERRITORY}
