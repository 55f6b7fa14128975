"""One letter to one office, and the channels that it may travel by."""

from datetime import date

from django.conf import settings

from campaign.models import Identity
from letters.channels.cwc import CwcChannel
from letters.channels.interface import Envelope, SendingOrganization

PERSON = Identity(
    first_name="Ніна",
    last_name="O'Škłoŭ",
    email="nina@example.org",
    street="1 Main Street, Apt 2",
    city="Cheyenne",
    state="WY",
    zip="82001",
    prefix="Ms.",
)
ENVELOPE = Envelope(
    delivery_key="A1b2" * 8,
    campaign_id="0123456789abcdef",
    day=date(2027, 5, 21),
    seat_code="SWY01",
    chamber="senate",
    salutation="Dear Senator Barrasso,",
    person=PERSON,
    address_validated=True,
    subject="Honor May 21",
    opening="I am your constituent.",
    own_words="",
    statement="We urge you to act.",
    statement_is_untouched=True,
    closing="First Organization\nSecond Organization",
    topic="International Affairs",
    organization=SendingOrganization(
        name="First Organization",
        about="Belarusians in America.",
        contact_name="Jane Doe",
        contact_email="office@example.org",
        contact_phone="202-555-0101",
    ),
)


def cwc_channel(chamber: str = "senate", **changes) -> CwcChannel:
    """One chamber's gateway, at a port where nobody listens unless told otherwise."""
    options = {
        "name": f"{chamber}_cwc",
        "chamber": chamber,
        "key": settings.REHEARSAL_KEY,
        "send_url": "http://127.0.0.1:9/send",
        "offices_url": "http://127.0.0.1:9/offices",
        "agent": settings.CWC_AGENT,
        "schema": settings.CWC_SCHEMA,
    }
    return CwcChannel(**options | changes)
