"""How a supporter finishes an office: everything ready for its form, and what they report."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from letters.briefing import Briefing, brief
from letters.channels.interface import Envelope, form_text, length_in_form, whole_text
from letters.channels.webform.filling import preview
from letters.composing import envelope_of
from letters.gate import address_gate, gate, is_to_be_found_again
from letters.models import Delivery, Notice
from letters.naming import state_name
from letters.routing import FormPage, form_page
from letters.states import NotAllowed, Reason, State
from representatives.states import STATES

SUPPORTER = "supporter"
# What forms call a topic of the gateways' list, where they have names of their own for it.
OTHER_TOPICS = {
    "International Affairs": "Foreign Affairs, Foreign Policy, Foreign Relations, Human Rights"
}


@dataclass(frozen=True)
class Field:
    """One field of an official form: what forms call it, what belongs there, and what it means."""

    name: str
    english: str
    value: str
    hint: str = ""

    @property
    def label(self) -> str:
        """The same in the supporter's language: the form itself knows English alone."""
        return _(self.english)


@dataclass(frozen=True)
class HandOff:
    """All that one official form may ask for, ready to copy."""

    message: str
    # Characters that the form does not take; its writer must shorten it. 0: it fits.
    too_long_by: int
    # With the short statement, so that it fits.
    is_short: bool
    # In the order that is usual in forms.
    fields: tuple[Field, ...]
    page: FormPage
    # Something that the form asks for and we do not know.
    lacks_zip4: bool
    lacks_phone: bool


def hand_off(delivery: Delivery) -> HandOff:
    """The letter and every field for the official form, as of today."""
    page = form_page(delivery.seat)
    envelope = _envelope(delivery, page)
    message, person = form_text(envelope), envelope.person
    return HandOff(
        message=message,
        too_long_by=over(message, page.text_limit),
        is_short=message != whole_text(envelope),
        fields=_fields(envelope),
        page=page,
        lacks_zip4=page.asks_zip4 and not (person.zip4 or envelope.answer("zip4")),
        lacks_phone=not person.phone,
    )


def over(text: str, limit: int | None) -> int:
    """By how many characters a form with that limit would not take it."""
    return max(0, length_in_form(text) - limit) if limit else 0


def _envelope(delivery: Delivery, page: FormPage) -> Envelope:
    """A form is filled in today, whatever the campaign's day."""
    today = delivery.letter.signatory.campaign.today
    return replace(envelope_of(delivery, on=today), text_limit=page.text_limit)


def _fields(envelope: Envelope) -> tuple[Field, ...]:
    """Those that we know, in the form's own words where we know them; a phone number is never
    invented."""
    person, own = envelope.person, _in_the_form(envelope)
    title, topic = own.get("Title", person.prefix), own.get("Topic", envelope.topic)
    county, zip4 = envelope.answer("county"), person.zip4 or envelope.answer("zip4")
    fields = (
        Field(
            "prefix", gettext_noop("Title"), title, _("Many forms call it Prefix or Salutation.")
        ),
        Field("first-name", gettext_noop("First name"), person.first_name),
        Field("last-name", gettext_noop("Last name"), person.last_name),
        Field("street", gettext_noop("Street address"), person.street),
        Field("city", gettext_noop("City"), person.city),
        Field("state", gettext_noop("State"), person.state, _state_hint(person.state)),
        Field("zip", gettext_noop("ZIP code"), person.zip),
        Field("zip4", gettext_noop("ZIP+4"), zip4, _("The four digits after the ZIP code.")),
        Field("county", gettext_noop("County"), county),
        Field("phone", gettext_noop("Phone"), person.phone),
        Field("email", gettext_noop("E-mail"), person.email),
        Field("topic", gettext_noop("Topic"), topic, _topic_hint(topic)),
        Field("subject", gettext_noop("Subject"), envelope.subject),
    )
    return tuple(field for field in fields if field.value)


def _in_the_form(envelope: Envelope) -> dict[str, str]:
    """Label → text, as far as a recipe tells what stands in this form's menus."""
    if envelope.form is None:
        return {}
    return {part.label: part.text for part in preview(envelope.form.recipe, envelope)}


def _state_hint(code: str) -> str:
    """As the form's menu has it, and in the supporter's language."""
    english, said = STATES[code].name, state_name(code)
    return english if said == english else f"{english} ({said})"


def _topic_hint(topic: str) -> str:
    """Forms have lists of their own: what else it may be called there."""
    hint = _("Also called Issue. Choose from the form's own list what comes nearest.")
    others = OTHER_TOPICS.get(topic)
    return hint + " " + _("It may say: %(topics)s.") % {"topics": others} if others else hint


def hand_off_obstacle(delivery: Delivery) -> str:
    """Why this letter must not be finished as it is, or not yet: a Reason, or empty.

    What stops a letter that we send stops this one as well, but for the campaign's day. The
    address is looked up again, which may take the network, in a new Congress or on new lines.
    """
    briefing = brief([delivery])
    stop = gate(delivery, briefing)
    if stop is None or stop.reason == Reason.ON_THE_DAY:
        stop = address_gate(delivery, briefing)
    return stop.reason if stop else Reason.NONE


def known_obstacles(deliveries: Iterable[Delivery]) -> dict[UUID, str]:
    """Which of these hand-offs something stops, and the Reason, as `hand_off_obstacle` says.

    Asks nobody outside: of addresses it knows what was found when they were last looked up.
    """
    open_ones = [each for each in deliveries if each.state == State.NEEDS_SUPPORTER]
    if not open_ones:
        return {}
    read_by_the_gate = ("prisoner", "named_prisoners", "frozen_facts", "appeal__facts")
    prefetch_related_objects([each.letter for each in open_ones], *read_by_the_gate)
    briefing = brief(open_ones)
    asked = _asked_of_lines(open_ones, congress=briefing.congress)
    stops = {each.id: _known_stop(each, briefing, asked) for each in open_ones}
    return {id: reason for id, reason in stops.items() if reason}


def _known_stop(delivery: Delivery, briefing: Briefing, asked: dict) -> str:
    stop = gate(delivery, briefing)
    if stop and stop.reason != Reason.ON_THE_DAY:
        return stop.reason
    if is_to_be_found_again(delivery, briefing):
        return asked.get((delivery.letter_id, delivery.seat_id), Reason.NONE)
    return Reason.NONE


def _asked_of_lines(
    deliveries: Iterable[Delivery], *, congress: int
) -> dict[tuple[UUID, str], str]:
    """(Letter, seat) → why new lines made us ask its supporter, as `tell_of_lines` wrote it."""
    letters = {each.letter_id for each in deliveries}
    asked = Notice.objects.filter(
        letter__in=letters, kind=Notice.Kind.HELD, occasion__endswith=f" {congress}"
    ).order_by("ordered_at")
    told = (
        (letter, *occasion.split()) for letter, occasion in asked.values_list("letter", "occasion")
    )
    return {(letter, seat): reason for letter, seat, reason, _ in told}


def is_asked(delivery: Delivery, reason: str) -> bool:
    """Whether its supporter still is to be asked for that reason, as far as no network tells."""
    briefing = brief([delivery])
    stop = gate(delivery, briefing)
    if stop and stop.reason != Reason.ON_THE_DAY:
        return stop.reason == reason
    return reason in Reason.follows_the_lines() and is_to_be_found_again(delivery, briefing)


def report_finished(*, delivery: Delivery, text: str = "") -> None:
    """The supporter says that they sent it: never counted as accepted. Raises NotAllowed.

    `text` is what they say they sent, where it had to be shortened.
    """
    sent = text or form_text(_envelope(delivery, form_page(delivery.seat)))
    with transaction.atomic():
        delivery.move(State.SELF_REPORTED, by=SUPPORTER)
        delivery.submitted_text = sent
        delivery.save(update_fields=["submitted_text"])


def could_not(*, delivery: Delivery, why: str = Reason.YOU_COULD_NOT) -> None:
    """It stays theirs to try, and the organizers see why. Raises NotAllowed."""
    _note(delivery, why if why in Reason.could_not() else Reason.YOU_COULD_NOT)


def ask_by_hand(*, delivery: Delivery) -> None:
    """They allow that a volunteer brings this very letter, with their name and address, to this
    office: this permission is for it alone. Raises NotAllowed.
    """
    _note(delivery, Reason.ASKED_BY_HAND)


def undo_report(*, delivery: Delivery) -> None:
    """They had not sent it after all, or will do it themselves. Raises NotAllowed."""
    if delivery.state == State.NEEDS_SUPPORTER:
        _note(delivery, Reason.NOT_SENT_YET)
    else:
        delivery.move(
            State.NEEDS_SUPPORTER, by=SUPPORTER, reason=Reason.NOT_SENT_YET, submitted_text=None
        )


def _note(delivery: Delivery, reason: str) -> None:
    """Why it still needs somebody; its state is the same as before."""
    rows = Delivery.objects.filter(id=delivery.id, state=State.NEEDS_SUPPORTER)
    changes = {"reason": reason, "changed_at": timezone.now(), "changed_by": SUPPORTER}
    if not rows.update(**changes):
        raise NotAllowed(f"delivery {delivery.id} no longer needs its supporter")
    delivery.reason = reason
