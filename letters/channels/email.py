"""E-mail to the address that an office agreed to."""

import smtplib
from collections.abc import Callable
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _

from letters.channels.interface import (
    Channel,
    ChannelError,
    Envelope,
    Office,
    Part,
    Rejected,
    Unavailable,
    Uncertain,
    whole_text,
)
from letters.states import Reason


class EmailChannel(Channel):
    """One mail per letter over the Django mail backend at the dotted path `mail_backend`.

    A mailbox does not know our key: what may have arrived is never sent again by itself.
    """

    label = "E-mail to the office"
    accepted_words = _("Accepted by the mail server for the office")
    identity_words = _("Your name, address and e-mail stand above the message.")

    def __init__(self, *, name: str, mail_backend: str):
        super().__init__(name=name)
        self._mail_backend = mail_backend

    def obstacle(self, office: Office) -> str:
        return Reason.NONE if office.email else Reason.NO_ADDRESS

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
        connection = get_connection(self._mail_backend)
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(Reason.UNREACHABLE, evidence=_evidence(error)) from error
        try:
            begin()
            taken = connection.send_messages([mail])
        except (OSError, smtplib.SMTPException) as error:
            raise _meaning(error) from error
        finally:
            _close(connection)
        if taken != 1:
            raise Uncertain(Reason.NO_ANSWER, evidence=f"the mail backend took {taken} mails")
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


def _meaning(error: OSError | smtplib.SMTPException) -> ChannelError:
    """What a break after connecting means: an answer is a verdict, silence is none.

    4xx: not taken, try later. 5xx: refused. A connection that broke says nothing of how far the
    mail had got.
    """
    code = _code(error)
    if 400 <= code < 500:
        return Unavailable(Reason.BUSY, evidence=_evidence(error))
    if code >= 500:
        return Rejected(Reason.REFUSED, evidence=_evidence(error))
    return Uncertain(Reason.NO_ANSWER, evidence=_evidence(error))


def _code(error: OSError | smtplib.SMTPException) -> int:
    """The server's three digits; 0 where it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _evidence(error: OSError | smtplib.SMTPException) -> str:
    return f"{type(error).__name__}: {error}"


def _close(connection) -> None:
    """The verdict stands already: a server that does not even answer QUIT changes nothing."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return
