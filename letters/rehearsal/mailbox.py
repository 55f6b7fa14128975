"""The offices' mailboxes in a rehearsal: a mailer that delivers to nobody."""

from collections.abc import Callable

from django.core.mail import EmailMessage

from letters.models import Arrival, Receiver

SMTP_OK = 250
SHOWN = ("From", "To", "Reply-To", "Subject", "Message-ID")


class Mailbox:
    """Keeps each mail for organizers to see."""

    def __init__(self, *, seconds: float):
        """A row of our own needs no deadline."""

    def send(self, mail: EmailMessage, *, begin: Callable[[], None]) -> None:
        begin()
        _keep(mail)


def _keep(mail: EmailMessage) -> None:
    """One arrival: the mail as an office would read it."""
    headers = {name: str(value) for name, value in mail.message().items()}
    lines = [f"{name}: {headers[name]}" for name in SHOWN if name in headers]
    delivery_key = headers["Message-ID"].strip("<>").partition("@")[0]
    Arrival.objects.create(
        receiver=Receiver.EMAIL,
        office=", ".join(mail.to)[:120],
        delivery_key=delivery_key[:64],
        status=SMTP_OK,
        body="\n".join(lines) + "\n\n" + mail.body,
    )
