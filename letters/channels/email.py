"""E-mail to the address that an office agreed to."""

from collections.abc import Callable
from datetime import timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from letters.channels.interface import (
    Backoff,
    Channel,
    Envelope,
    Office,
    Part,
    Unavailable,
    whole_text,
)
from letters.states import Reason


class EmailChannel(Channel):
    """One mail per letter by the mailer at the dotted path `mailer`, within `seconds`.

    A mailer is called `mailer(seconds=…)` and has `send(mail, begin=…)`, which returns once the
    mail was taken and raises as a channel does. A mailbox does not know our key: what may have
    arrived is never sent again by itself.
    """

    label = _("E-mail to the office")
    accepted_words = _("Accepted by the mail server for the office")
    identity_words = _("Your name, address and e-mail stand above the message.")

    # A busy mailbox may be greylisting: minutes, not seconds.
    backoff = Backoff(first=timedelta(minutes=5), longest=timedelta(hours=4))

    def __init__(self, *, name: str, mailer: str, seconds: float = 60, per_hour: int = 0):
        super().__init__(name=name)
        self.per_hour, self.seconds = per_hour, seconds
        self._mailer = import_string(mailer)(seconds=seconds)

    def obstacle(self, office: Office) -> str:
        if not office.email:
            return Reason.NO_ADDRESS
        return Reason.PAUSED if self.name in office.resting else Reason.NONE

    def parts(self, envelope: Envelope) -> tuple[Part, ...]:
        """A mail has no fields for it: who writes stands above the message."""
        return (
            Part(label="Constituent", text=_constituent(envelope)),
            Part(label="Message", text=whole_text(envelope)),
        )

    def compose(self, envelope: Envelope) -> str:
        return "\n\n".join(part.text for part in self.parts(envelope))

    def send(self, submission: str, *, envelope: Envelope, begin: Callable[[], None]) -> str:
        """The reference is the mail's Message-ID, made from the delivery key."""
        if not envelope.office_email:
            raise Unavailable(Reason.NO_ADDRESS)
        mail = _mail(submission, envelope)
        self._mailer.send(mail, begin=begin)
        return mail.extra_headers["Message-ID"]


def _constituent(envelope: Envelope) -> str:
    person = envelope.person
    place = f"{person.city}, {person.state} {person.zip_plus_4}"
    return "\n".join([person.full_name, person.street, place, person.email])


def _mail(submission: str, envelope: Envelope) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return EmailMessage(
        # A header is one line.
        subject=" ".join(envelope.subject.split()),
        body=submission,
        to=[envelope.office_email],
        reply_to=[formataddr((envelope.person.full_name, envelope.person.email))],
        headers={"Message-ID": f"<{envelope.delivery_key}@{domain}>"},
    )
