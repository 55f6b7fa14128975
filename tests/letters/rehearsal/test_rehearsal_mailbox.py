"""The rehearsal's mailboxes: mail to offices ends here, and organizers can read it."""

import pytest
from django.core.mail import EmailMessage, get_connection

from letters.models import Arrival

pytestmark = pytest.mark.django_db


def test_a_mail_is_kept_as_an_office_would_read_it():
    mail = EmailMessage(
        subject="Honor May 21",
        body="Dear Senator, Ніна",
        from_email="letters@example.org",
        to=["staff@senate.example"],
        reply_to=["jan@example.org"],
        headers={"Message-ID": "<k3y@example.org>"},
    )

    assert get_connection("letters.rehearsal.mailbox.Mailbox").send_messages([mail]) == 1

    arrival = Arrival.objects.get()
    assert (arrival.receiver, arrival.office) == ("email", "staff@senate.example")
    assert (arrival.delivery_key, arrival.status) == ("k3y", 250)
    assert arrival.body == (
        "From: letters@example.org\n"
        "To: staff@senate.example\n"
        "Reply-To: jan@example.org\n"
        "Subject: Honor May 21\n"
        "Message-ID: <k3y@example.org>\n\n"
        "Dear Senator, Ніна"
    )
