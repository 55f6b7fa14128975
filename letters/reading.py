"""What was sent, to be read again by the one who wrote it."""

from dataclasses import replace

from letters.channels import channels
from letters.channels.interface import Part
from letters.composing import envelope_of
from letters.models import Delivery, Letter
from letters.routing import form_page
from letters.states import State


def texts_by_office(letter: Letter) -> list[tuple[Delivery, str]]:
    """Each delivery with exactly what left, or, where nothing has, what would leave today.

    The House first. Empty once the texts are erased.
    """
    if letter.text_erased_at or letter.signatory.erased_at:
        return []
    deliveries = letter.deliveries.exclude(state=State.WITHDRAWN).order_by("seat__chamber", "seat")
    return [
        (delivery, _as_read(parts_for(delivery)))
        for delivery in deliveries.select_related("seat", "member")
    ]


def _as_read(parts: tuple[Part, ...]) -> str:
    """Where it comes to the office in several parts, each under the name that it has there."""
    if len(parts) == 1:
        return parts[0].text
    return "\n\n".join(f"{part.label}:\n{part.text}" for part in parts)


def parts_for(delivery: Delivery) -> tuple[Part, ...]:
    """The parts that the office reads, under the names that it sees them by."""
    channel = channels().get(delivery.channel) or channels()["hand_off"]
    if delivery.submitted_text is not None:
        return channel.parts_of(delivery.submitted_text)
    campaign = delivery.letter.signatory.campaign
    if channel.automatic:
        return channel.parts(envelope_of(delivery, on=campaign.sending_day))
    limit = form_page(delivery.seat).text_limit
    return channel.parts(replace(envelope_of(delivery, on=campaign.today), text_limit=limit))
