"""The border to the gateways: what leaves, what breaks, and that the key stays inside."""

import logging
import socket
import time
from traceback import format_exception

import pytest

from letters.channels.cwc import gateway
from letters.channels.interface import Rejected, Unavailable, Uncertain
from letters.states import Reason

KEY = "k3y-to-nowhere"


def test_the_letter_travels_as_xml_in_utf_8_with_the_key_in_the_query(send, answering):
    server = answering(200)

    send(server.url, key="k3y")

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /send?apikey=k3y HTTP/1.1")
    assert b"Content-Type: application/xml\r\n" in head
    assert "Ніна".encode() in body


def test_a_redirect_is_not_followed(send, answering):
    elsewhere = answering(200)

    with pytest.raises(Unavailable):
        send(answering(307, Location=elsewhere.url).url)

    assert elsewhere.requests == []


def test_begin_is_called_once_before_the_first_byte(send, answering):
    server, begun = answering(200), []

    send(server.url, begin=lambda: begun.append(len(server.requests)))

    assert begun == [0]


def test_if_begin_fails_nothing_leaves(send, answering):
    server = answering(200)

    def fail():
        raise LookupError

    with pytest.raises(LookupError):
        send(server.url, begin=fail)

    assert server.requests == []


def test_a_refused_connection_is_unavailable(send):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(Unavailable) as caught:
        send(f"http://127.0.0.1:{port}/send")

    assert caught.value.reason == Reason.UNREACHABLE


def test_a_host_that_no_dns_knows_is_unavailable(send):
    with pytest.raises(Unavailable):
        send("http://gateway.invalid/send")


def test_a_broken_tls_handshake_is_unavailable(send, answering):
    server = answering(200)

    with pytest.raises(Unavailable):
        send(server.url.replace("http:", "https:"))


def test_a_proxy_that_is_not_there_is_unavailable(send, answering):
    server = answering(200)

    with pytest.raises(Unavailable):
        send(server.url, proxy="http://127.0.0.1:9")

    assert server.requests == []


def test_the_environments_proxy_is_not_asked(send, answering, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    assert send(answering(200).url)


def test_a_connection_closed_after_the_letter_is_uncertain(send, odd_server):
    with pytest.raises(Uncertain) as caught:
        send(odd_server(lambda conn: None).url)

    assert caught.value.reason == Reason.NO_ANSWER


def test_a_reset_after_the_letter_is_uncertain(send, odd_server):
    def reset(conn):
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        conn.close()

    with pytest.raises(Uncertain):
        send(odd_server(reset).url)


def test_silence_after_the_letter_is_uncertain(send, odd_server, monkeypatch):
    monkeypatch.setattr(gateway, "READ_SECONDS", 0.2)

    with pytest.raises(Uncertain):
        send(odd_server(lambda conn: time.sleep(1)).url)


def test_nonsense_instead_of_http_is_uncertain(send, odd_server):
    with pytest.raises(Uncertain):
        send(odd_server(lambda conn: conn.sendall(b"220 mail.example.org ESMTP\r\n")).url)


def test_an_answer_that_breaks_off_after_its_status_counts(send, odd_server, envelope):
    def break_off(conn):
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nTaken")

    assert send(odd_server(break_off).url) == envelope.delivery_key


def test_an_endless_answer_is_read_no_further_than_its_bound(send, odd_server):
    def flood(conn):
        conn.sendall(b"HTTP/1.1 400 No\r\nContent-Length: 9000000\r\n\r\n")
        while True:
            conn.sendall(b"x" * 65536)

    with pytest.raises(Rejected) as caught:
        send(odd_server(flood).url)

    assert len(caught.value.evidence) < 64 * 1024 + 100


def test_a_dripping_answer_ends_at_its_deadline(send, odd_server, monkeypatch):
    monkeypatch.setattr(gateway, "ANSWER_SECONDS", 0.3)

    def drip(conn):
        conn.sendall(b"HTTP/1.1 400 No\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            conn.sendall(b"x")
            time.sleep(0.05)

    started = time.monotonic()
    with pytest.raises(Rejected):
        send(odd_server(drip).url)

    assert time.monotonic() - started < 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/send", "http://gateway.invalid/send"])
def test_no_exception_and_no_log_shows_the_key(send, url, caplog):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(Unavailable) as caught:
        send(url, key=KEY)

    told = "".join(format_exception(caught.value)) + caught.value.evidence + caplog.text
    assert KEY not in told
    assert caught.value.__context__ is None


def test_not_even_debug_logs_show_the_key_of_a_call_that_went_well(send, answering, caplog):
    caplog.set_level(logging.DEBUG)

    send(answering(200).url, key=KEY)

    assert KEY not in caplog.text
