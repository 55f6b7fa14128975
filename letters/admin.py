"""The letters' part of the organizers' desk."""

from letters.desk.arrivals import ArrivalAdmin, MoodAdmin
from letters.desk.contact_forms import ContactFormAdmin
from letters.desk.deliveries import DeliveryAdmin
from letters.desk.letters import LetterAdmin, NoticeAdmin
from letters.desk.routes import DestinationAdmin, RouteAdmin

__all__ = [
    "ArrivalAdmin",
    "ContactFormAdmin",
    "DeliveryAdmin",
    "DestinationAdmin",
    "LetterAdmin",
    "MoodAdmin",
    "NoticeAdmin",
    "RouteAdmin",
]
