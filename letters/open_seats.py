"""The House seat that nobody knew when the letter was written: looked for until it is found.

A look asks the network, outside any transaction. What it finds is written in one: the seat is
settled, a delivery goes there like any other, and its supporter is mailed.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone

from campaign.models import Signatory
from letters.models import Delivery, Letter, Notice, OpenSeat
from letters.models.open_seat import Outcome
from letters.notices import order_notice
from letters.setting_off import set_off
from letters.states import NotAllowed
from letters.waking import wake_workers
from representatives.congress import congress_on, lookup_day, starts_at
from representatives.lookup import Lookup, Reason, SeatFound, find_seats
from representatives.models import Seat, Snapshot, StateMap

log = logging.getLogger(__name__)

# A look asks each provider twice at most, for some seconds.
LEASE = timedelta(minutes=2)
# Seconds: letters and mails wait for the same workers.
AT_A_STRETCH = 20
# After the letter was written. At the last of these, what is still open is its supporter's to say.
LOOKS = (timedelta(hours=1), timedelta(days=1), timedelta(days=3))
# From then on it is looked for ever more seldom.
LONGEST_PAUSE = timedelta(days=7)
# A geocoder that is away has said nothing.
ASK_AGAIN = timedelta(hours=1)


def leave_open(letter: Letter) -> OpenSeat:
    """Its House seat is to be found later: not before the code is entered."""
    now = timezone.now()
    return OpenSeat.objects.create(
        letter=letter, state=letter.signatory.state, created_at=now, due_at=now + LOOKS[0]
    )


def look_due() -> int:
    """Looks for what is due, until the time is over or the geocoder away; returns how many."""
    _give_up_what_is_over()
    looked, until = 0, time.monotonic() + AT_A_STRETCH
    while time.monotonic() < until and (open_seat := _claim()):
        looked += 1
        if not _look(open_seat):
            break
    return looked


def _give_up_what_is_over() -> None:
    over = OpenSeat.objects.filter(pk__in=OpenSeat.objects.over().values("pk")).unsettled()
    if given_up := over.update(outcome=Outcome.GIVEN_UP, settled_at=timezone.now()):
        log.info("%d open seats were given up with their campaigns", given_up)


def _claim() -> OpenSeat | None:
    for open_seat in _due().select_related("letter__signatory__campaign")[:10]:
        # As of a notice: each claim is a try, so the same number means nobody else's.
        rows = OpenSeat.objects.filter(pk=open_seat.pk, tries=open_seat.tries).unsettled()
        if rows.update(lease_until=timezone.now() + LEASE, tries=F("tries") + 1):
            return open_seat
    return None


def _due():
    """To be looked for now: it has its time, or something is in force that the last look did not
    know. `lines_are_new` says that this is a map, or a Congress."""
    lines = ExpressionWrapper(_lines_are_new(), output_field=BooleanField())
    seats = OpenSeat.objects.to_be_found().annotate(lines_are_new=lines)
    due = Q(due_at__lte=timezone.now()) | Q(lines_are_new=True)
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    if roster is not None:
        # A roster that was put back in force was loaded long before.
        due |= Q(looked_at__lt=max(filter(None, (roster.loaded_at, roster.accepted_at))))
    return seats.filter(due).order_by("due_at")


def _lines_are_new() -> Q:
    congress = congress_on(lookup_day())
    maps = StateMap.objects.filter(state=OuterRef("state"), congress__lte=congress)
    newer = Q(snapshot__loaded_at__gt=OuterRef("looked_at"))
    newer |= Q(snapshot__accepted_at__gt=OuterRef("looked_at"))
    lines = Q(Exists(maps.filter(newer)))
    begun = starts_at(congress)
    # A rehearsal plays on a day of its own.
    return lines | Q(looked_at__lt=begun) if begun <= timezone.now() else lines


def _look(open_seat: OpenSeat) -> bool:
    """False: the geocoder is away, and would not answer for the next one."""
    began = timezone.now()
    try:
        lookup = find_seats(open_seat.letter.signatory.person.address)
        found = tuple(each for each in lookup.house if each.state == open_seat.state)
        if lookup.is_settled and found and found[0].is_held:
            _found(open_seat, found[0], lookup, began)
        else:
            _not_found(open_seat, found, lookup, began)
    except NotAllowed as error:
        # Taken back, or chosen, while we looked.
        log.info("%s", error)
    except (OperationalError, InterfaceError):
        # A database that is away: the lease runs out.
        raise
    except Exception as error:  # noqa: BLE001  one odd letter must not keep the others waiting
        # The exception's text may quote the address: its type is all that is logged.
        log.warning("letter %s: no seat was looked for: %s", open_seat.pk, type(error).__name__)
        OpenSeat.objects.filter(pk=open_seat.pk).unsettled().update(
            lease_until=None, due_at=began + ASK_AGAIN, looked_at=began
        )
    else:
        return lookup.reason != Reason.GEOCODER_DOWN
    return True


def _found(open_seat: OpenSeat, found: SeatFound, lookup: Lookup, began: datetime) -> None:
    with transaction.atomic():
        open_seat.settle(Outcome.FOUND)
        write_to(
            letter=open_seat.letter,
            seat=found.seat,
            member=found.member,
            congress=lookup.congress,
            resolved_by=str(lookup.resolved_by),
            checked_at=began,
        )
        order_notice(letter=open_seat.letter, kind=Notice.Kind.FOUND, occasion=found.seat)
    wake_workers()
    log.info("letter %s: its House seat is found", open_seat.pk)


def write_to(
    *,
    letter: Letter,
    seat: str,
    member: str,
    congress: int,
    resolved_by: str,
    checked_at: datetime,
) -> Delivery:
    """From here on the letter goes to that House seat as to any other office."""
    going = Delivery.objects.create(
        letter=letter,
        seat_id=seat,
        member_id=member,
        congress_id=congress,
        resolved_by=resolved_by,
        address_checked_at=checked_at,
    )
    Signatory.objects.filter(id=letter.signatory_id).update(
        congress=congress, district=going.seat.district
    )
    set_off(letter)
    going.refresh_from_db()
    return going


def _not_found(
    open_seat: OpenSeat, found: tuple[SeatFound, ...], lookup: Lookup, began: datetime
) -> None:
    """Looked for again later; and its supporter is asked, where they can know better by now."""
    codes = [each.seat for each in found]
    is_down = lookup.reason == Reason.GEOCODER_DOWN
    # Nobody is asked while no holder is known: then, too, one district alone waits for its own.
    held = [seat for seat in seats_to_choose(open_seat, codes) if seat.sitting_term]
    asks = _is_time_to_ask(open_seat, began, is_down) and held
    with transaction.atomic():
        _put_off(
            open_seat,
            began + ASK_AGAIN if is_down else next_look(open_seat, began),
            candidates=codes,
            looked_at=began,
        )
        if asks and OpenSeat.objects.filter(pk=open_seat.pk, outcome=Outcome.OPEN).update(
            outcome=Outcome.ASKED
        ):
            order_notice(letter=open_seat.letter, kind=Notice.Kind.CHOOSE)
    wake_workers()


def _is_time_to_ask(open_seat: OpenSeat, now: datetime, is_down: bool) -> bool:
    """Days have passed; or new lines are known, and where they lie was asked in vain."""
    is_late = now >= open_seat.created_at + LOOKS[-1]
    return is_late or (open_seat.lines_are_new and not is_down)


def seats_to_choose(open_seat: OpenSeat, codes: list[str]) -> list[Seat]:
    """Those seats; where none is known every House seat of the state. With their holders."""
    house = Seat.objects.filter(chamber="house", state=open_seat.state).order_by("number")
    chosen = house.filter(code__in=codes) if codes else house
    return list(chosen.with_members(lookup_day()))


def next_look(open_seat: OpenSeat, now: datetime) -> datetime:
    """An hour, a day, three days after the letter; then after twice the time, at most a week on."""
    for after in LOOKS:
        if open_seat.created_at + after > now:
            return open_seat.created_at + after
    return now + min(now - open_seat.created_at, LONGEST_PAUSE)


def _put_off(open_seat: OpenSeat, due_at: datetime, **changes) -> None:
    """Raises NotAllowed where it was settled meanwhile."""
    rows = OpenSeat.objects.filter(pk=open_seat.pk).unsettled()
    if not rows.update(lease_until=None, due_at=due_at, **changes):
        raise NotAllowed(f"the open seat of letter {open_seat.pk} was settled before")
