"""The rehearsal's mailboxes: mail to offices ends here, and organizers can read it."""

import pytest
from django.core.mail import EmailMessage

from letters.models import Arrival
from letters.rehearsal.mailbox import Mailbox

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

    begun = []

    Mailbox(seconds=1).send(mail, begin=lambda: begun.append(Arrival.objects.count()))

    assert begun == [0]
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
