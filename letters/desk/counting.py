"""How many letters went where: pure questions to the database, never one "sent"."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from campaign.models import Campaign, Signatory
from letters.models import Delivery, Disowning, Likeness
from letters.models.delivery import DeliveryQuerySet
from letters.states import Reason, State
from representatives.models import Seat
from representatives.states import STATES

# Accepted, self-reported and by hand stay apart: adding them would claim what we do not know.
GROUPS = {
    "accepted": (State.ACCEPTED,),
    "self_reported": (State.SELF_REPORTED,),
    "by_hand": (State.HANDED_OVER,),
    "waiting": (State.WAITING, State.SENDING),
    "needs_supporter": (State.NEEDS_SUPPORTER,),
    "held": (State.HELD,),
    "uncertain": (State.UNCERTAIN,),
    "failed": (State.FAILED,),
    "withdrawn": (State.WITHDRAWN,),
}
HEADINGS = {
    "letters": "letters",
    "accepted": "accepted",
    "self_reported": "self-reported",
    "by_hand": "handed over",
    "waiting": "waiting",
    "needs_supporter": "needs supporter",
    "held": "held",
    "uncertain": "uncertain",
    "failed": "failed",
    "withdrawn": "withdrawn",
}
PERSONAL = "personal"
TO_LOOK_AT = (State.FAILED, State.UNCERTAIN, State.HELD, State.NEEDS_SUPPORTER)


@dataclass(frozen=True)
class Tally:
    """Letters to one seat, or to many, by what became of them; the fields are HEADINGS' names."""

    letters: int
    accepted: int
    self_reported: int
    by_hand: int
    waiting: int
    needs_supporter: int
    held: int
    uncertain: int
    failed: int
    withdrawn: int
    # Of all the letters, those that are their writers' own; whatever became of them.
    personal: int = 0

    @classmethod
    def of(cls, numbers: Counter) -> "Tally":
        """From a count per State, and one under PERSONAL."""
        groups = {name: sum(numbers[state] for state in GROUPS[name]) for name in GROUPS}
        personal = numbers[PERSONAL]
        return cls(letters=numbers.total() - personal, personal=personal, **groups)

    @property
    def cells(self) -> tuple[int, ...]:
        """In the order of HEADINGS."""
        return tuple(getattr(self, name) for name in HEADINGS)

    @property
    def personal_share(self) -> int | None:
        """Percent; None without a letter."""
        return round(100 * self.personal / self.letters) if self.letters else None


@dataclass(frozen=True)
class StateCount:
    """A state's letters, each counted once, and what became of them at its offices."""

    state: str
    name: str
    letters: int
    offices: Tally


@dataclass(frozen=True)
class Trouble:
    """Deliveries that wait for somebody, for one reason."""

    state: str
    reason: str
    label: str
    number: int


@dataclass(frozen=True)
class Counts:
    """A campaign's letters bound for one destination."""

    # Letters whose code was entered, each counted once although it goes to three offices.
    letters: int
    offices_written_to: int
    # Letters to offices: about three times as many.
    offices: Tally
    # Seat code → tally, for every seat of the roster.
    seats: dict[str, Tally]
    states: tuple[StateCount, ...]
    troubles: tuple[Trouble, ...]
    # Seat code → of how many prisoners the office heard the story.
    stories: dict[str, int]
    # The newest first; also of letters without their code, and of those that are gone.
    disownings: tuple[Disowning, ...]


def send_counts_of(*, campaign: Campaign, destination: str) -> Counts:
    """Everything the counts page says, in five queries; zeros included."""
    numbers, troubles = _by_seat_state_and_reason(campaign, destination)
    letters = _letters_by_state(campaign, destination)
    codes = list(Seat.objects.values_list("code", "state"))
    seats = {code: Tally.of(numbers.get(code, Counter())) for code, _ in codes}
    return Counts(
        letters=letters.total(),
        offices_written_to=sum(1 for tally in seats.values() if tally.letters),
        offices=Tally.of(sum(numbers.values(), Counter())),
        seats=seats,
        states=tuple(_state_count(state, codes, numbers, letters) for state in STATES),
        troubles=_troubles(troubles),
        stories=_stories_by_seat(campaign, destination),
        disownings=tuple(campaign.disownings.filter(destination=destination)),
    )


def _bound_for(destination: str, campaign: Campaign) -> DeliveryQuerySet:
    return Delivery.objects.confirmed().filter(
        letter__signatory__campaign=campaign,
        letter__signatory__confirmed_at__isnull=False,
        letter__destination=destination,
    )


def _stories_by_seat(campaign: Campaign, destination: str) -> dict[str, int]:
    told = _bound_for(destination, campaign).exclude(state=State.WITHDRAWN)
    rows = told.values_list("seat_id").annotate(people=Count("letter__prisoner", distinct=True))
    return dict(rows.order_by())


def _by_seat_state_and_reason(campaign: Campaign, destination: str):
    rows = (
        _bound_for(destination, campaign)
        .values_list("seat_id", "state", "reason", "letter__likeness")
        .annotate(number=Count("id"))
        .order_by()
    )
    by_seat, by_reason = {}, Counter()
    for seat, state, reason, likeness, number in rows:
        by_seat.setdefault(seat, Counter())[state] += number
        by_seat[seat][PERSONAL] += number * (likeness == Likeness.PERSONAL)
        by_reason[state, reason] += number
    return by_seat, by_reason


def _letters_by_state(campaign: Campaign, destination: str) -> Counter:
    rows = (
        Signatory.objects.confirmed()
        .filter(campaign=campaign, letter__destination=destination)
        .values_list("state")
        .annotate(number=Count("id"))
        .order_by()
    )
    return Counter(dict(rows))


def _state_count(state: str, codes: list, numbers: dict, letters: Counter) -> StateCount:
    own = (numbers[code] for code, where in codes if where == state and code in numbers)
    tally = Tally.of(sum(own, Counter()))
    return StateCount(state=state, name=STATES[state].name, letters=letters[state], offices=tally)


def _troubles(by_reason: Counter) -> tuple[Trouble, ...]:
    """The largest group first."""
    return tuple(
        Trouble(
            state=state,
            reason=reason,
            label=str(Reason(reason).label) or "no reason was recorded",
            number=number,
        )
        for (state, reason), number in by_reason.most_common()
        if state in TO_LOOK_AT
    )
