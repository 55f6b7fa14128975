"""Compares what the offices saw with what our rows say. It shares no line with the product."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from tests.faults.arrivals import Arrival

# Routes whose receiver knows our key: only there may the same letter come again.
KEYED = frozenset({"house_cwc", "senate_cwc"})
# After several letters in a row without a clear yes, a form's next ones are left to their people.
RESTS = ("needs_supporter", "form_rests")


@dataclass(frozen=True)
class DeliveryRow:
    """One delivery as it is in the end."""

    key: str
    office: str
    channel: str
    state: str
    reason: str
    # How many of its attempts had begun to submit.
    begun: int
    # Whose letter it is: see `arrivals.person_of`.
    person: str


def faults(deliveries: list[DeliveryRow], arrivals: list[Arrival]) -> list[str]:
    """A sentence for everything that must not be; empty where nothing was lost or doubled."""
    arrivals = with_keys(deliveries, arrivals)
    return [
        *_unsettled(deliveries),
        *_lost(deliveries, arrivals),
        *_strange(deliveries, arrivals),
        *_second_keys(arrivals),
        *_doubled(arrivals),
        *_unexplained(deliveries, arrivals),
    ]


def repeats(arrivals: list[Arrival]) -> int:
    """Arrivals under a key that its office had before."""
    keyed = [(each.route, each.key) for each in arrivals if each.key]
    return len(keyed) - len(set(keyed))


def with_keys(deliveries: list[DeliveryRow], arrivals: list[Arrival]) -> list[Arrival]:
    """A form is told no key: whose letter it has, and that a person writes to an office once, say
    which delivery it was."""
    keys = {(row.person, row.office): row.key for row in deliveries}
    return [
        each if each.key else replace(each, key=keys.get((each.person, each.office), ""))
        for each in arrivals
    ]


def _unsettled(deliveries: list[DeliveryRow]) -> list[str]:
    """Each is accepted, or uncertain and says why, or left to its person by a form that rests."""
    return [
        f"{row.key} over {row.channel} is {row.state} ({row.reason or 'no reason'})"
        for row in deliveries
        if row.state != "accepted"
        and not (row.state == "uncertain" and row.reason)
        and (row.state, row.reason) != RESTS
    ]


def _lost(deliveries: list[DeliveryRow], arrivals: list[Arrival]) -> list[str]:
    arrived = {each.key for each in arrivals}
    return [
        f"{row.key} over {row.channel} is accepted and never arrived"
        for row in deliveries
        if row.state == "accepted" and row.key not in arrived
    ]


def _strange(deliveries: list[DeliveryRow], arrivals: list[Arrival]) -> list[str]:
    """What arrived is a delivery of ours, at its own office, by the way that its row names."""
    known = {row.key: row for row in deliveries}
    troubles = []
    for each in arrivals:
        row = known.get(each.key)
        if row is None:
            what = each.key or f"{each.mark} of an unknown person"
            troubles.append(f"{what} arrived at {each.office} and is no delivery")
        elif (row.office, row.channel) != (each.office, each.route):
            troubles.append(
                f"{each.key} for {row.office} over {row.channel} arrived at {each.office} "
                f"over {each.route}"
            )
    return troubles


def _second_keys(arrivals: list[Arrival]) -> list[str]:
    keys = defaultdict(set)
    for each in arrivals:
        keys[each.mark, each.office].add(each.key)
    return [
        f"{mark or 'a letter without a mark'} arrived at {office} under {len(found)} keys"
        for (mark, office), found in keys.items()
        if len(found) > 1
    ]


def _doubled(arrivals: list[Arrival]) -> list[str]:
    """By the letter's own words, whatever its key: mailboxes and forms get it once."""
    times = Counter(
        (each.mark, each.office, each.route) for each in arrivals if each.route not in KEYED
    )
    return [
        f"{mark} arrived at {office} over {route} {count} times"
        for (mark, office, route), count in times.items()
        if count > 1
    ]


def _unexplained(deliveries: list[DeliveryRow], arrivals: list[Arrival]) -> list[str]:
    """Each arrival is one attempt that had begun to submit."""
    times = Counter(each.key for each in arrivals)
    return [
        f"{row.key} over {row.channel} arrived {times[row.key]} times in {row.begun} attempts"
        for row in deliveries
        if times[row.key] > row.begun
    ]
