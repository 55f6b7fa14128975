"""A database and a queue of one's own on the machine's PostgreSQL and RabbitMQ."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from kombu import Connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from tests.machine import postgresql_url

BROKER_PORT = 5672
BROKER = f"amqp://guest:guest@localhost:{BROKER_PORT}//"


@contextmanager
def own_database(name: str, *, like: str = "template1") -> Iterator[str]:
    """DATABASE_URL of a new database, dropped at the end; empty where no PostgreSQL answers.

    With `like` it begins with all that is in another one, which nobody may be using.
    """
    url = postgresql_url(name)
    if url is None:
        yield ""
        return
    with closing(psycopg2.connect(postgresql_url("postgres"))) as server:
        server.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        server.cursor().execute(f"create database {name} template {like}")
        try:
            yield url
        finally:
            server.cursor().execute(f"drop database {name} with (force)")


@contextmanager
def own_queue(name: str) -> Iterator[str]:
    """A name that no other installation on this broker has; its queue goes at the end."""
    try:
        yield name
    finally:
        delete_queue(name)


def delete_queue(name: str) -> None:
    """With every hint in it, and the exchange of that name."""
    with Connection(BROKER) as connection:
        connection.default_channel.queue_delete(name)
        connection.default_channel.exchange_delete(name)
