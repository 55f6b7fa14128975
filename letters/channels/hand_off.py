"""The supporter finishes the letter in the office's official form, with everything ready."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from letters.channels.interface import Channel, Envelope, NeedsSupporter, Office, Part, form_text
from letters.states import Reason


class HandOffChannel(Channel):
    """Reaches every office, and never by itself."""

    label = _("Official form, by the supporter")
    automatic = False
    identity_words = _("Your name and address go into the form's own fields.")

    def obstacle(self, office: Office) -> str:
        return Reason.NONE

    def parts(self, envelope: Envelope) -> tuple[Part, ...]:
        return (Part(label="Message", text=form_text(envelope)),)

    def limit(self, envelope: Envelope) -> int | None:
        return envelope.text_limit

    def compose(self, envelope: Envelope) -> str:
        raise NeedsSupporter(Reason.NONE)

    def send(self, submission: str, *, envelope: Envelope, begin: Callable[[], None]) -> str:
        raise NeedsSupporter(Reason.NONE)
