"""What a source may do: be gone, hang, flood, or send us elsewhere."""

from contextlib import ExitStack

import pytest

from representatives import fetching
from representatives.fetching import fetch
from representatives.tables import TableRefused
from tests.faults.servers import HttpServer, drip, free_port, http_answer, running, say, stay_silent

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"


@pytest.fixture
def serve():
    """The address of a server that answers so."""
    with ExitStack() as servers:
        yield lambda act: servers.enter_context(running(HttpServer(act))).url


def moved(to, status=302):
    return say(http_answer(status, "", Location=to))


def test_what_stands_there_is_fetched(serve):
    assert fetch(serve(say(http_answer(200, "the list")))) == b"the list"


def test_a_redirect_on_the_same_host_is_followed(serve):
    def answer(conn):
        seen.append(conn)
        say(http_answer(302, "", Location="/new") if len(seen) == 1 else http_answer(200, "it"))(
            conn
        )

    seen = []

    assert fetch(serve(answer)) == b"it"


def test_nothing_is_asked_of_another_host(serve):
    asked = []

    def other(conn):
        asked.append(conn)

    elsewhere = serve(other)
    with pytest.raises(TableRefused, match="another host"):
        fetch(serve(moved(elsewhere)))

    assert not asked


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (say(http_answer(404, "gone")), "it answered 404"),
        (say(http_answer(503, "later")), "it answered 503"),
        (moved("/send"), "in circles"),
        (say(HEAD + b"half of it"), "could not be fetched"),
        (say(b"nonsense\r\n\r\n"), "could not be fetched"),
    ],
)
def test_what_cannot_be_had_is_told_in_a_sentence(serve, act, sentence):
    with pytest.raises(TableRefused, match=sentence):
        fetch(serve(act))


def test_a_flood_is_left_in_the_middle(serve, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1024)

    with pytest.raises(TableRefused, match="larger than"):
        fetch(serve(say(http_answer(200, "x" * 5000))))


def test_a_drip_is_left_after_the_time_for_all(serve, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0)

    with pytest.raises(TableRefused, match="longer than 0 seconds"):
        fetch(serve(drip(HEAD, then=b"drop")))


def test_silence_is_left(serve, monkeypatch):
    monkeypatch.setattr(fetching, "TIMEOUT", (1, 0.1))

    with pytest.raises(TableRefused, match="ReadTimeout"):
        fetch(serve(stay_silent))


def test_a_closed_port_is_told():
    with pytest.raises(TableRefused, match="ConnectionError"):
        fetch(f"http://127.0.0.1:{free_port()}/list.json")


def test_a_file_is_read(tmp_path):
    (tmp_path / "list.json").write_bytes(b"the list")

    assert fetch(str(tmp_path / "list.json")) == b"the list"
    with pytest.raises(TableRefused, match="No such file"):
        fetch(str(tmp_path / "other.json"))
