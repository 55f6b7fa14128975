"""One worker's loop and the bare one, in turns, over mail and over CWC, in one process.

Started by `benchmarks.delivering`; prints as JSON the letters a second of each.
"""

import json
import logging
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from statistics import median
from uuid import uuid4

import django
import requests

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from letters.delivery import deliver_due  # noqa: E402
from letters.models import Delivery  # noqa: E402
from letters.states import State  # noqa: E402
from tests.faults import writing  # noqa: E402
from tests.faults.ways import mailbox, over  # noqa: E402

ROUNDS, LETTERS, WARM_UP = 7, 120, 1
LEASE = timedelta(minutes=3)


def main() -> None:
    logging.disable(logging.CRITICAL)
    writing.prepare()
    numbers = iter(range(0, 10**6, 10**4))
    found = {}
    for name, way, bare in (("CWC", "house_cwc", post_bare), ("mail", "email", mail_bare)):
        rates = {"ours": [], "bare": []}
        for number in range(ROUNDS):
            ours = rate(way, deliver_due, next(numbers))
            beside = rate(way, bare(), next(numbers))
            if number >= WARM_UP:
                rates["ours"].append(ours)
                rates["bare"].append(beside)
        found[name] = median(rates["ours"]), median(rates["bare"])
    print(json.dumps(found))


def rate(way: str, loop: Callable[[], object], first: int) -> float:
    """Letters a second, of a backlog that goes that way alone."""
    Delivery.objects.all().delete()
    writing.write(LETTERS, first)
    Delivery.objects.exclude(channel=way).delete()
    waiting = Delivery.objects.filter(state=State.WAITING).count()
    started = time.perf_counter()
    loop()
    taken = time.perf_counter() - started
    accepted = Delivery.objects.filter(state=State.ACCEPTED).count()
    assert accepted == waiting > 0, (accepted, waiting)
    return accepted / taken


def in_a_bare_loop(send: Callable[[Delivery], None]) -> Callable[[], None]:
    """Claims a row, sends, writes that it was accepted, until nothing is left."""

    def loop() -> None:
        while True:
            with transaction.atomic():
                due = Delivery.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
                row = due.select_for_update(skip_locked=True).order_by("due_at").first()
                if row is None:
                    return
                due.filter(id=row.id).update(
                    state=State.SENDING, lease_token=uuid4(), lease_until=timezone.now() + LEASE
                )
            send(row)
            sent = Delivery.objects.filter(id=row.id)
            sent.update(state=State.ACCEPTED, lease_token=None, lease_until=None)

    return loop


def post_bare() -> Callable[[], None]:
    """A text that is ready, over one kept connection."""
    session = requests.Session()
    url = settings.CHANNELS["house_cwc"]["OPTIONS"]["send_url"]
    document = "<CWC><Delivery><DeliveryId>{}</DeliveryId></Delivery>{}</CWC>"
    text = "<Message>" + "Free them. " * 450 + "</Message>"

    def send(row: Delivery) -> None:
        answer = session.post(
            url,
            params={"apikey": "key"},
            data=document.format(row.delivery_key, text).encode(),
            headers={"Content-Type": "application/xml"},
            timeout=30,
        )
        assert answer.status_code == 200

    return in_a_bare_loop(send)


def mail_bare() -> Callable[[], None]:
    connection = smtplib.SMTP("127.0.0.1", settings.EMAIL_PORT, timeout=30)
    address = mailbox(over("email")[0])

    def send(row: Delivery) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "letters@example.org", address, "Honor May 21"
        mail["Message-ID"] = f"<{row.delivery_key}@example.org>"
        mail.set_content("Free them. \n" * 450)
        connection.send_message(mail)

    return in_a_bare_loop(send)


if __name__ == "__main__":
    main()
