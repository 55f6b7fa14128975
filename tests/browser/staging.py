"""What no supporter can bring about, put into an installation's database from beside it.

Run in a process of the installation: `manage.py shell -c`.
"""

import json
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from campaign.encryption import email_hash
from campaign.models import Campaign
from campaign.outage import Typed
from letters.models import Delivery, Letter, Notice, OpenSeat
from letters.models.open_seat import Outcome as SeatOutcome
from letters.states import Reason, State
from tests.factories import make_identity, make_prisoner, make_signatory
from tests.installation import Installation

OVER, NOT_YET = "over", "not-yet"
COUNTED = 6
# More than the letter's page shows at once.
PEOPLE = 6


def _say(installation: Installation, call: str) -> str:
    return installation.manage(
        "shell", "--verbosity", "0", "-c", f"from tests.browser import staging; staging.{call}"
    )


def stage_campaigns(installation: Installation) -> None:
    """One that is over, one that is not open yet, and enough letters to be counted."""
    _say(installation, "campaigns()")


def campaigns() -> None:
    open_one = Campaign.objects.get()
    for _ in range(COUNTED):
        person = make_identity()
        # The worker looks at its start whether the keys are right: the hash must be a true one.
        make_signatory(campaign=open_one, person=person, email_hash=email_hash(person.email))
    for number in range(PEOPLE):
        make_prisoner(open_one, f"Person {number}", story="In prison, and ill. " * 10)
    shared = {"responsible": open_one.responsible, "contact_email": open_one.contact_email}
    said = ("name_be", "name_ru", "ask", "ask_be", "ask_ru", "safety")
    shared |= {name: getattr(open_one, name) for name in said}
    Campaign.objects.create(slug=OVER, name="May 20", state=Campaign.State.CLOSED, **shared)
    ends = timezone.now() + timedelta(days=30)
    Campaign.objects.create(
        slug=NOT_YET, name="May 22", state=Campaign.State.LIVE, closes_at=ends, **shared
    )


def stage_troubles(installation: Installation, receipt: str) -> str:
    """Every state that the rehearsal does not show; the id of the delivery that asks its writer."""
    return _say(installation, f"troubles({receipt!r})").strip()


def troubles(receipt: str) -> None:
    letter = Letter.objects.by_receipt(receipt)
    held, uncertain, failed = letter.deliveries.order_by("seat__chamber", "seat")
    for delivery, state, reason in (
        (held, State.HELD, Reason.MEMBER_CHANGED),
        (uncertain, State.UNCERTAIN, Reason.NONE),
        (failed, State.FAILED, Reason.GAVE_UP),
    ):
        changes = {"state": state, "reason": reason, "lease_token": None, "lease_until": None}
        Delivery.objects.filter(id=UUID(str(delivery.id))).update(**changes)
    due = timezone.now() + timedelta(hours=1)
    Notice.objects.create(letter=letter, kind="receipt_code", occasion="-", refused_at=due)
    OpenSeat.objects.create(letter=letter, state="TX", due_at=due, outcome=SeatOutcome.ASKED)
    print(held.id)


def stage_code(installation: Installation, email: str, standing: str) -> None:
    """The codes to an address as if they left now, waited for a server, were mailed or refused."""
    _say(installation, f"code({email!r}, {standing!r})")


def code(email: str, standing: str) -> None:
    now = timezone.now()
    # Not so soon that a worker takes it meanwhile.
    unmailed = {"mailed_at": None, "refused_at": None, "due_at": now + timedelta(minutes=4)}
    changes = {
        "leaves": unmailed | {"tries": 0, "ordered_at": now},
        "waits": unmailed | {"tries": 1},
        "mailed": {"mailed_at": now, "refused_at": None},
        "refused": {"mailed_at": now, "refused_at": now},
    }[standing]
    written = Notice.objects.filter(letter__signatory__email_hash=email_hash(email), kind="code")
    written.update(lease_until=None, **changes)


def stage_waiting(installation: Installation, receipt: str) -> None:
    """Due in a moment, and not so soon that a worker takes it meanwhile."""
    _say(installation, f"put({receipt!r}, 'waiting')")


def stage_accepted(installation: Installation, receipt: str) -> None:
    _say(installation, f"put({receipt!r}, 'accepted')")


def put(receipt: str, state: str) -> None:
    letter = Letter.objects.by_receipt(receipt)
    due = timezone.now() + timedelta(minutes=4)
    letter.deliveries.update(state=state, reason=Reason.NONE, due_at=due)


def stage_each(installation: Installation, receipt: str, *states: str) -> None:
    """House before Senate."""
    _say(installation, f"put_each({receipt!r}, {states!r})")


def put_each(receipt: str, states: tuple[str, ...]) -> None:
    due = timezone.now() + timedelta(minutes=4)
    deliveries = Letter.objects.by_receipt(receipt).deliveries.order_by("seat__chamber", "seat")
    with transaction.atomic():
        for delivery, state in zip(deliveries, states, strict=True):
            changes = {"state": state, "reason": Reason.NONE, "due_at": due}
            Delivery.objects.filter(id=delivery.id).update(**changes)


def stage_outages(installation: Installation, language: str) -> dict[str, str]:
    """What stands there while nothing else does: name → page."""
    return json.loads(_say(installation, f"outages({language!r})"))


def outages(language: str) -> None:
    typed = [Typed("own_words", "Ніна"), Typed("subject", "May 21")]
    again = {"address": "/may-21/letter/", "can_be_sent_again": True, "typed": typed}
    with translation.override(language):
        pages = {"500": render_to_string("500.html"), "503": render_to_string("503.html", again)}
    print(json.dumps(pages))
