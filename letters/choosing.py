"""A House seat that was left open: its supporter says which one is theirs, or that none gets it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from letters.models import Delivery, Letter, OpenSeat
from letters.models.open_seat import OPEN_TO_CHOICE, UNSETTLED, Outcome
from letters.open_seats import seats_to_choose, write_to
from letters.states import NotAllowed
from letters.waking import wake_workers
from representatives.lookup import ResolvedBy, find_seats
from representatives.models import Seat


@dataclass(frozen=True)
class Choice:
    """What a supporter may choose from today."""

    # With their `sitting_term`, None where nobody is known to hold the seat.
    offers: tuple[Seat, ...]
    resolved_by: str
    # In which Congress the address was looked up, and when.
    congress: int
    looked_at: datetime

    @property
    def can_go(self) -> bool:
        return any(seat.sitting_term for seat in self.offers)

    @property
    def is_found(self) -> bool:
        """The address lies there, whatever anybody says."""
        return self.resolved_by != ResolvedBy.CHOICE


def open_seat_of(letter: Letter) -> OpenSeat | None:
    """The House seat that was left open when the letter was written, if one was."""
    return OpenSeat.objects.filter(letter=letter).first()


def may_choose(letter: Letter, open_seat: OpenSeat | None) -> bool:
    """As long as letters are taken, also after they said no, or we gave up."""
    if open_seat is None or open_seat.outcome not in OPEN_TO_CHOICE:
        return False
    signatory = letter.signatory
    is_whole = letter.text_erased_at is None and signatory.erasure_asked_at is None
    is_confirmed = signatory.confirmed_at is not None
    return is_whole and is_confirmed and signatory.campaign.takes_letters


def choice_for(letter: Letter) -> Choice | None:
    """None: there is nothing to choose, or not any more. May ask the network."""
    open_seat = open_seat_of(letter)
    if not may_choose(letter, open_seat):
        return None
    began = timezone.now()
    lookup = find_seats(letter.signatory.person.address)
    found = [each.seat for each in lookup.house if each.state == open_seat.state]
    is_found = lookup.is_settled and found
    return Choice(
        offers=tuple(seats_to_choose(open_seat, found)),
        resolved_by=str(lookup.resolved_by if is_found else ResolvedBy.CHOICE),
        congress=lookup.congress,
        looked_at=began,
    )


def choose(*, letter: Letter, seat: str) -> Delivery:
    """The letter goes to that seat. Raises NotAllowed where it is not, or no longer, offered."""
    choice = choice_for(letter)
    offers = {each.code: each for each in choice.offers} if choice else {}
    chosen = offers.get(seat)
    if chosen is None or chosen.sitting_term is None:
        raise NotAllowed(f"letter {letter.id} is not offered that seat")
    with transaction.atomic():
        letter.open_seat.settle(Outcome.CHOSEN, among=OPEN_TO_CHOICE)
        going = write_to(
            letter=letter,
            seat=seat,
            member=chosen.sitting_term.member_id,
            congress=choice.congress,
            resolved_by=choice.resolved_by,
            checked_at=choice.looked_at,
        )
    wake_workers()
    return going


def decline(*, letter: Letter) -> None:
    """No representative gets it. Raises NotAllowed where it is settled otherwise by now."""
    open_seat = open_seat_of(letter)
    if open_seat is None:
        raise NotAllowed(f"letter {letter.id} has no open seat")
    open_seat.settle(Outcome.DECLINED, among=UNSETTLED | {Outcome.GIVEN_UP})
