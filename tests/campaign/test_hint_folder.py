"""A hint in a folder is there whole, or not at all."""

from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from kombu import Connection, Exchange, Queue

from campaign.hint_folder import Transport

MESSAGES = 500


@pytest.fixture
def hints() -> Queue:
    """Another name for each test: kombu remembers what a process has declared."""
    name = f"hints-{uuid4()}"
    return Queue(name, Exchange(name), routing_key=name)


@pytest.fixture
def connect(tmp_path):
    """A connection such as each process has its own."""
    folders = {name: tmp_path / name for name in ("queue", "control", "taken")}
    for folder in folders.values():
        folder.mkdir()
    options = {
        "data_folder_in": str(folders["queue"]),
        "data_folder_out": str(folders["queue"]),
        "control_folder": str(folders["control"]),
        "processed_folder": str(folders["taken"]),
    }
    connections = []

    def connect_once() -> Connection:
        connection = Connection(
            "filesystem://localhost//", transport=Transport, transport_options=options
        )
        connections.append(connection)
        return connection

    yield connect_once
    for connection in connections:
        connection.release()


def publish(connection: Connection, hints: Queue, number: int) -> None:
    with connection.Producer(exchange=hints.exchange, routing_key=hints.name) as producer:
        for each in range(number):
            producer.publish({"hint": each}, declare=[hints])


def read_all(connection: Connection, hints: Queue) -> list[dict]:
    queue = hints(connection.default_channel)
    queue.declare()
    read = []
    while message := queue.get():
        message.ack()
        read.append(message.payload)
    return read


def test_what_is_published_is_read_in_its_order(connect, hints):
    publish(connect(), hints, 3)
    assert read_all(connect(), hints) == [{"hint": 0}, {"hint": 1}, {"hint": 2}]


def test_a_reader_never_sees_half_a_message(connect, hints):
    """A reader that looks all the time while others write: what is there can be read."""
    writers = [Thread(target=publish, args=(connect(), hints, MESSAGES)) for _ in range(2)]
    reader = connect()
    read = read_all(reader, hints)
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        read += read_all(reader, hints)
    read += read_all(reader, hints)
    assert len(read) == 2 * MESSAGES


def test_while_it_is_written_a_message_has_no_name_yet(connect, hints, tmp_path, monkeypatch):
    seen, write = [], Path.write_text

    def write_in_two_parts(path: Path, text: str) -> None:
        write(path, text[:5])
        seen.extend((tmp_path / "queue").glob("*.msg"))
        write(path, text)

    connection = connect()
    read_all(connection, hints)
    monkeypatch.setattr(Path, "write_text", write_in_two_parts)
    publish(connection, hints, 1)
    assert seen == []
    assert len(read_all(connection, hints)) == 1
