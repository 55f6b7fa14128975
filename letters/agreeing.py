"""An office is not as it was when the letter was written: its writer is asked, and says."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from campaign.models import Signatory
from letters.briefing import Briefing, brief
from letters.gate import address_of, found_in_seat, is_to_be_found_again
from letters.hand_off import SUPPORTER, hand_off_obstacle
from letters.models import Delivery
from letters.setting_off import set_off, set_off_again
from letters.states import NotAllowed, Reason, State
from letters.waking import wake_workers
from representatives.lookup import ResolvedBy, find_seats
from representatives.models import Seat


@dataclass(frozen=True)
class Question:
    """Where a letter may go today; its writer says yes, chooses, or takes it back."""

    # Why it is asked, or why nothing can be asked yet.
    reason: str
    # With their `sitting_term`, None where nobody holds the seat; none at all: it has to wait.
    offers: tuple[Seat, ...] = ()
    resolved_by: str = ResolvedBy.NOTHING
    # In which Congress the address was found; None: it is looked up again before it leaves.
    congress: int | None = None

    @property
    def is_choice(self) -> bool:
        return len(self.offers) > 1


def question_for(delivery: Delivery) -> Question | None:
    """What its supporter is to be asked; None: nothing. May ask the network."""
    if delivery.letter.text_erased_at:
        return None
    reason = _reason(delivery)
    if reason not in Reason.asks_its_supporter():
        return None
    briefing = brief([delivery])
    if not briefing.knows_holder_of(delivery.seat):
        return Question(Reason.NEW_CONGRESS)
    return _question(delivery, reason, briefing)


def _reason(delivery: Delivery) -> str:
    if delivery.state == State.HELD:
        return delivery.reason
    return hand_off_obstacle(delivery) if delivery.state == State.NEEDS_SUPPORTER else Reason.NONE


def _question(delivery: Delivery, reason: str, briefing: Briefing) -> Question:
    here = (delivery.seat_id,)
    if not is_to_be_found_again(delivery, briefing):
        return Question(reason, _seats(here, briefing), delivery.resolved_by, briefing.congress)
    if delivery.seat.district is None:
        # Another state has other senators: no letter moves there.
        seats = () if reason == Reason.ADDRESS_ELSEWHERE else _seats(here, briefing)
        return Question(reason, seats, delivery.resolved_by, briefing.congress)
    lookup = find_seats(address_of(delivery), on=briefing.day)
    if not lookup.house:
        # They can agree to the office; before the letter leaves the address is asked again.
        return Question(reason, _seats(here, briefing), delivery.resolved_by)
    resolved_by = lookup.resolved_by if lookup.is_settled else ResolvedBy.CHOICE
    found = [each.seat for each in lookup.house]
    return Question(reason, _seats(found, briefing), resolved_by, briefing.congress)


def _seats(codes, briefing: Briefing) -> tuple[Seat, ...]:
    return tuple(Seat.objects.filter(code__in=codes).with_members(briefing.day))


def agree(*, delivery: Delivery, seat: str) -> Delivery:
    """It goes to that seat: the same with the member of today, or the one of the new district.

    Returns the delivery that goes there. Raises NotAllowed where that is not, or no longer, asked.
    """
    question = question_for(delivery)
    offers = {each.code: each for each in question.offers} if question else {}
    chosen = offers.get(seat)
    if chosen is None or chosen.sitting_term is None:
        raise NotAllowed(f"delivery {delivery.id} is not offered to that seat")
    with transaction.atomic():
        if seat == delivery.seat_id:
            _stay(delivery, chosen, question)
            going = delivery
        else:
            going = _go_elsewhere(delivery, chosen, question)
    wake_workers()
    return going


def _stay(delivery: Delivery, seat: Seat, question: Question) -> None:
    """The same seat, whoever holds it today."""
    changes = {"member_id": seat.sitting_term.member_id, "resolved_by": question.resolved_by}
    if delivery.state == State.NEEDS_SUPPORTER:
        rows = Delivery.objects.filter(id=delivery.id, state=State.NEEDS_SUPPORTER)
        if not rows.update(**changes, changed_at=timezone.now(), changed_by=SUPPORTER):
            raise NotAllowed(f"delivery {delivery.id} no longer needs its supporter")
    else:
        set_off_again(delivery, by=SUPPORTER, **changes)
    if question.congress:
        found_in_seat(delivery, congress=question.congress)


def _go_elsewhere(delivery: Delivery, seat: Seat, question: Question) -> Delivery:
    """A seat that changed makes a new delivery; the former office gets nothing."""
    letter = delivery.letter
    if delivery.attempts.may_have_arrived().exists():
        raise NotAllowed(f"delivery {delivery.id} may have arrived: it goes nowhere else")
    former = letter.deliveries.filter(seat=seat).first()
    if former and not _only_moved_on(former):
        raise NotAllowed(f"letter {letter.id} has a delivery to that seat already")
    delivery.move(State.WITHDRAWN, by=SUPPORTER, reason=Reason.MOVED)
    if former:
        # Lines that were put right: it comes back to where nothing had begun.
        former.delete()
    going = Delivery.objects.create(
        letter=letter,
        seat=seat,
        member_id=seat.sitting_term.member_id,
        congress_id=question.congress,
        resolved_by=question.resolved_by,
        replaces=delivery,
        address_checked_at=timezone.now(),
    )
    Signatory.objects.filter(id=letter.signatory_id).update(
        congress=question.congress, district=seat.district
    )
    set_off(letter)
    going.refresh_from_db()
    return going


def _only_moved_on(delivery: Delivery) -> bool:
    """To the office of another district, before anybody tried to send it here."""
    return delivery.reason == Reason.MOVED and not delivery.attempts.exists()


def take_back(*, delivery: Delivery) -> None:
    """This office gets nothing. Raises NotAllowed where it has left, or may have."""
    if delivery.attempts.may_have_arrived().exists():
        raise NotAllowed(f"delivery {delivery.id} may have arrived")
    delivery.move(State.WITHDRAWN, by=SUPPORTER, reason=Reason.TAKEN_BACK)
