"""What the database says, by plain SQL: neither the product's models nor its code take part."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg2

from tests.faults.checking import DeliveryRow

DELIVERIES = """
select delivery_key, seat_id, channel, letters_delivery.state, reason,
       (select count(*) from letters_attempt
        where delivery_id = letters_delivery.id and submission_begun_at is not null),
       email_hash
from letters_delivery
join letters_letter on letters_letter.id = letter_id
join campaign_signatory on campaign_signatory.id = signatory_id
"""
OPEN = "select count(*) from letters_delivery where state in ('waiting', 'sending')"
# Nobody waits for hours: what was put off is due again. `changed_at` is always past.
HURRY = """
update letters_delivery set due_at = changed_at where state = 'waiting' and due_at > changed_at
"""
WAKE_DESTINATIONS = "update letters_destination set rests_until = null, failures = 0"


class Rows:
    """The database of one installation; an empty address is SQLite in its folder."""

    def __init__(self, *, database_url: str, folder: Path):
        self._url, self._file = database_url, folder / "db.sqlite3"

    def ask(self, sql: str) -> list[tuple]:
        """Runs one statement in a transaction of its own; its rows, if it has any."""
        connect = (
            psycopg2.connect(self._url) if self._url else sqlite3.connect(self._file, timeout=20)
        )
        with closing(connect) as connection, connection, closing(connection.cursor()) as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def open(self) -> int:
        """Deliveries that wait or are being sent."""
        return self.ask(OPEN)[0][0]

    def hurry(self) -> None:
        """What was put off is due now, and who rests after failures is tried again."""
        self.ask(WAKE_DESTINATIONS)
        self.ask(HURRY)

    def deliveries(self) -> list[DeliveryRow]:
        return [DeliveryRow(*row) for row in self.ask(DELIVERIES)]
