"""The stand-ins for the gateways of both chambers: what they answer, and what they keep."""

from dataclasses import dataclass
from datetime import timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from letters.models import Arrival, Mood, Receiver
from letters.rehearsal.checking import Checked, NotXml, check
from letters.rehearsal.offices import house_offices, senate_offices

MESSAGES_A_SECOND = 5
BODY_BYTES = 1024 * 1024
MAINTENANCE_SECONDS = 60


@dataclass(frozen=True)
class Gateway:
    """One address that takes letters. One that does not `keep` only says what it thinks of them."""

    receiver: str
    chamber: str
    accepted: int
    keeps: bool = True

    @property
    def offices(self) -> tuple[str, ...]:
        return house_offices() if self.chamber == "house" else senate_offices()


HOUSE = Gateway(receiver=Receiver.HOUSE, chamber="house", accepted=200)
HOUSE_VALIDATE = Gateway(receiver=Receiver.HOUSE, chamber="house", accepted=200, keeps=False)
SENATE = Gateway(receiver=Receiver.SENATE, chamber="senate", accepted=201)
SENATE_TEST = Gateway(receiver=Receiver.SENATE_TEST, chamber="senate", accepted=201)


@dataclass(frozen=True)
class Call:
    """A POST as far as a gateway looks at it."""

    key: str
    content_type: str
    body: bytes


@dataclass(frozen=True)
class Reply:
    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    # Seconds; None: the header is left out.
    retry_after: int | None = None


def take_letter(gateway: Gateway, call: Call) -> Reply:
    """Answers as the gateway would, and keeps what came, also what it refused."""
    refusal = refusal_at_the_door(gateway, key=call.key) or _refusal_of_form(gateway, call)
    if refusal:
        return _kept(gateway, call, refusal)
    try:
        checked = check(call.body)
    except NotXml as error:
        return _kept(gateway, call, Reply(400, f"Not an XML document: {error}"))
    errors = [*checked.errors, *_office_errors(gateway, checked)]
    if errors:
        return _kept(gateway, call, _listed(errors), checked)
    return _kept(gateway, call, Reply(gateway.accepted), checked)


def refusal_at_the_door(gateway: Gateway, *, key: str) -> Reply | None:
    """What the mood or the key forbids, for letters and lists alike; None: come in."""
    mood = Mood.objects.filter(receiver=gateway.receiver).values_list("kind", flat=True).first()
    if mood == Mood.Kind.MAINTENANCE:
        return Reply(503, "Closed for maintenance.", retry_after=MAINTENANCE_SECONDS)
    if mood == Mood.Kind.KEY_REFUSED or key != settings.REHEARSAL_KEY:
        return Reply(401, "Unknown key.")
    if mood == Mood.Kind.TOO_FAST:
        return Reply(429, "Too many requests.", retry_after=1)
    return None


def _refusal_of_form(gateway: Gateway, call: Call) -> Reply | None:
    if call.content_type != "application/xml":
        return Reply(415, "Unsupported media type: application/xml is expected.")
    if len(call.body) > BODY_BYTES:
        return Reply(413, "The document is too large.")
    lately = Arrival.objects.filter(
        receiver=gateway.receiver, at__gt=timezone.now() - timedelta(seconds=1)
    ).exclude(status=429)
    if lately.count() >= MESSAGES_A_SECOND:
        return Reply(429, "Too many requests.", retry_after=1)
    return None


def _office_errors(gateway: Gateway, checked: Checked) -> list[str]:
    if not checked.office or checked.office in gateway.offices:
        return []
    return [f"Element 'MemberOffice': '{checked.office}' is not a participating office."]


def _listed(errors: list[str]) -> Reply:
    lines = "".join(f"  <Error>{escape(error)}</Error>\n" for error in errors)
    return Reply(400, f"<Errors>\n{lines}</Errors>\n", content_type="application/xml")


def _kept(gateway: Gateway, call: Call, reply: Reply, checked: Checked | None = None) -> Reply:
    """Stores the call under the answer that it gets. The Senate takes a DeliveryId once."""
    if not gateway.keeps:
        return reply
    try:
        with transaction.atomic():
            _store(gateway, call, reply, checked)
    except IntegrityError:
        # The constraint speaks: this DeliveryId was accepted before.
        reply = Reply(409, "A message with this DeliveryId exists.")
        _store(gateway, call, reply, checked)
    return reply


def _store(gateway: Gateway, call: Call, reply: Reply, checked: Checked | None) -> None:
    # What comes without the key, or is oversized, is anybody's: the fact is kept, not the text.
    text = "" if reply.status in {401, 413} else call.body.decode("utf-8", "replace")
    Arrival.objects.create(
        receiver=gateway.receiver,
        office=checked.office if checked else "",
        delivery_key=checked.delivery_id if checked else "",
        status=reply.status,
        body=text,
    )
