"""Run as a program with the suite's settings: prepares a database, or writes confirmed letters.

python -m tests.faults.writing prepare            the tables, roster, campaign, routes, forms
python -m tests.faults.writing open               live: what organizers do before the day
python -m tests.faults.writing letters 500 1000   500 letters, the first one is letter-001000
"""

import io
import sys
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from campaign.encryption import email_hash  # noqa: E402
from campaign.models import Campaign, Identity, Signatory  # noqa: E402
from letters.models import ContactForm, Delivery, Letter, Route  # noqa: E402
from letters.standing import open_form  # noqa: E402
from letters.states import State  # noqa: E402
from representatives.congress import congress_on, lookup_day  # noqa: E402
from representatives.models import Snapshot, Term  # noqa: E402
from tests.factories import make_contact_form  # noqa: E402
from tests.faults.ways import PLACES, mailbox, over  # noqa: E402

WAYS = settings.FAULTS["ways"]
LOADERS = ("load_roster", "load_zip_map", "load_campaign")


def prepare() -> None:
    """As `manage.py run` does, and the offices' addresses, forms and lists besides."""
    call_command("migrate", verbosity=0)
    for loader in LOADERS:
        call_command(loader, verbosity=0, stdout=io.StringIO())
    for office in over("email", WAYS):
        Route.objects.create(seat_id=office, way=Route.Way.EMAIL, email=mailbox(office))
    for office in over("contact_form", WAYS):
        make_contact_form(office)
    if any(way.endswith("_cwc") for way in WAYS.values()):
        call_command("refresh_offices", verbosity=0, stdout=io.StringIO())


def open_up() -> None:
    """The campaign, with every fact reviewed, and each form, which has taken no letter yet."""
    campaign = Campaign.objects.get()
    campaign.current_appeal.facts.update(reviewed_at=timezone.now())
    campaign.state, campaign.delivery_at = Campaign.State.LIVE, None
    campaign.closes_at = timezone.now() + timedelta(days=30)
    campaign.save()
    Snapshot.objects.accept_age(by="organizer")
    for form in ContactForm.objects.all():
        open_form(form, by="organizer")


def write(count: int, first: int) -> None:
    """Letters as they are once their codes were entered, due now, each to its state's offices."""
    signatories, letters, deliveries = [], [], []
    campaign = Campaign.objects.get()
    members = dict(
        Term.objects.sitting(lookup_day()).filter(seat__in=WAYS).values_list("seat_id", "member_id")
    )
    states = [state for state in PLACES if any(office[1:3] == state for office in WAYS)]
    for number in range(first, first + count):
        state = states[number % len(states)]
        signatories.append(_signatory(number, state, campaign))
        letters.append(_letter(number, signatories[-1], campaign))
        for office in (office for office in WAYS if office[1:3] == state):
            deliveries.append(_delivery(letters[-1], office, members[office]))
    with transaction.atomic():
        Signatory.objects.bulk_create(signatories, batch_size=500)
        Letter.objects.bulk_create(letters, batch_size=500)
        Delivery.objects.bulk_create(deliveries, batch_size=500)


def _signatory(number: int, state: str, campaign: Campaign) -> Signatory:
    city, zip_code = PLACES[state]
    email = f"supporter{number}@example.org"
    signatory = Signatory(
        campaign=campaign,
        email_hash=email_hash(email),
        state=state,
        district=f"{state}-0",
        congress_id=congress_on(lookup_day()),
        destination=campaign.state,
        confirmed_at=timezone.now(),
    )
    signatory.person = Identity(
        prefix="Ms.",
        first_name="Alena",
        last_name="Škłoŭ",
        email=email,
        street="1 Main Street",
        city=city,
        state=state,
        zip=zip_code,
    )
    return signatory


def _letter(number: int, signatory: Signatory, campaign: Campaign) -> Letter:
    return Letter(
        signatory=signatory,
        appeal=campaign.current_appeal,
        own_words=f"This is letter-{number:06}.",
        has_own_words=True,
        form_token=uuid4().hex,
        destination=campaign.state,
    )


def _delivery(letter: Letter, office: str, member_id: int) -> Delivery:
    return Delivery(
        letter=letter,
        seat_id=office,
        member_id=member_id,
        congress_id=letter.signatory.congress_id,
        resolved_by="zip",
        channel=WAYS[office],
        state=State.WAITING,
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["open"]:
            open_up()
        case ["letters", count, first]:
            write(int(count), int(first))
