"""Letters, their deliveries, and what the two leave behind."""

from letters.models.code import Code
from letters.models.contact_form import ContactForm
from letters.models.delivery import Attempt, Delivery
from letters.models.disowning import Disowning
from letters.models.letter import Letter, Likeness
from letters.models.notice import Notice
from letters.models.open_seat import OpenSeat
from letters.models.rehearsal import Arrival, Mood, Receiver
from letters.models.route import Destination, Route

__all__ = [
    "Arrival",
    "Attempt",
    "Code",
    "ContactForm",
    "Delivery",
    "Destination",
    "Disowning",
    "Letter",
    "Likeness",
    "Mood",
    "Notice",
    "OpenSeat",
    "Receiver",
    "Route",
]
