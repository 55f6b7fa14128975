"""The border to the gateways: what leaves, what breaks, and that the key stays inside."""

import logging
import time
from traceback import format_exception

import pytest
import requests
import urllib3

from letters.channels import keeping
from letters.channels.http import HttpLine
from letters.channels.interface import Rejected, Unavailable, Uncertain
from tests.faults.servers import (
    HttpServer,
    certificate,
    drip,
    flood,
    http_answer,
    over_tls,
    say,
)

KEY = "k3y-to-nowhere"


def test_the_letter_travels_as_xml_in_utf_8_with_the_key_in_the_query(send, answering):
    server = answering(200)

    send(server.url, key="k3y")

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /send?apikey=k3y HTTP/1.1")
    assert b"Content-Type: application/xml\r\n" in head
    assert "Ніна".encode() in body


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


def test_an_endless_answer_is_read_no_further_than_its_bound(send, odd_server):
    refusing = b"HTTP/1.1 400 No\r\nContent-Length: 9000000\r\n\r\n"

    with pytest.raises(Rejected) as caught:
        send(odd_server(flood(refusing, then=b"x")).url)

    assert len(caught.value.evidence) < 64 * 1024 + 100


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


def test_not_even_a_garbled_answer_brings_the_key_into_the_log(send, odd_server, caplog):
    caplog.set_level(logging.DEBUG)

    send(odd_server(say(b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nno header\r\n\r\n")).url, key=KEY)

    assert KEY not in caplog.text


@pytest.mark.parametrize("error", [requests.RequestException, urllib3.exceptions.HTTPError])
def test_no_librarys_exception_gets_out_with_the_key(send, monkeypatch, error):
    def fail(*args, **kwargs):
        raise error(f"http://gateway.example/send?apikey={KEY}")

    monkeypatch.setattr(HttpLine, "send", fail)

    with pytest.raises(Unavailable) as caught:
        send("http://gateway.example/send", key=KEY)

    assert KEY not in "".join(format_exception(caught.value)) + caught.value.evidence


def test_what_an_answer_says_before_it_breaks_off_is_kept(send, odd_server):
    with pytest.raises(Rejected) as caught:
        send(odd_server(say(b"HTTP/1.1 400 No\r\nContent-Length: 900\r\n\r\nToo long")).url)

    assert caught.value.evidence.startswith("HTTP 400\nToo long")


@pytest.fixture
def letters(make_channel, envelope):
    """Sends one letter after the other to a URL over one channel: `letters(url)` returns it."""

    def letters(url, **options):
        channel = make_channel(send_url=url, **options)
        return lambda: channel.send(channel.compose(envelope), envelope=envelope, begin=bool)

    return letters


@pytest.mark.parametrize("body", ["", "Taken", "x" * 60_000])
def test_the_next_letter_takes_the_same_connection(letters, answering, body):
    server = answering(200, body, keep_alive=3)
    send = letters(server.url)

    for _ in range(3):
        send()

    assert (len(server.requests), server.connections) == (3, 1)


def test_a_refusal_does_not_cost_the_connection(letters, answering):
    server = answering(400, "No", keep_alive=2)
    send = letters(server.url)

    for _ in range(2):
        with pytest.raises(Rejected):
            send()

    assert server.connections == 1


def test_an_answer_that_was_not_read_to_its_end_costs_the_connection(letters, answering):
    server = answering(200, "x" * 100_000, keep_alive=2)
    send = letters(server.url)

    send()
    send()

    assert server.connections == 2


def test_a_connection_that_was_idle_too_long_is_not_used_again(letters, answering, monkeypatch):
    monkeypatch.setattr(keeping, "IDLE_SECONDS", 0)
    server = answering(200, keep_alive=2)
    send = letters(server.url)

    send()
    send()

    assert server.connections == 2


def test_a_connection_that_the_gateway_has_closed_meanwhile_takes_no_letter(letters, answering):
    server = answering(200, keep_alive=1)
    send = letters(server.url)

    for _ in range(3):
        send()
        server.wait_for_ends()

    assert (len(server.requests), server.connections) == (3, 3)


def test_a_connection_in_trouble_is_not_used_again(letters, odd_server):
    server = odd_server(say(b"HTTP/1.1 nonsense\r\n\r\n"), keep_alive=2)
    send = letters(server.url)

    with pytest.raises(Uncertain):
        send()
    server.answer = say(http_answer(200))
    send()

    assert server.connections == 2


def test_a_kept_connection_keeps_the_deadline_too(letters, answering):
    server = answering(200, keep_alive=2)
    send = letters(server.url, seconds=0.5)
    send()
    server.answer = drip(b"HTTP/1.1 200 OK\r\n", then=b"X: y\r\n")
    started = time.monotonic()

    with pytest.raises(Uncertain):
        send()

    assert time.monotonic() - started < 1.5
    assert server.connections == 1


def test_over_tls_too_a_connection_is_kept_and_keeps_the_deadline(letters, start, monkeypatch):
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate()))
    server = HttpServer(say(http_answer(200)), keep_alive=2)
    server.act = over_tls(server.act)
    send = letters(start(server).url.replace("http", "https"), seconds=0.5)
    send()
    server.answer = drip(b"HTTP/1.1 200 OK\r\n", then=b"X: y\r\n")
    started = time.monotonic()

    with pytest.raises(Uncertain):
        send()

    assert time.monotonic() - started < 1.5
    assert (len(server.requests), server.connections) == (2, 1)


def test_no_cookie_of_one_letter_travels_with_the_next(letters, answering):
    server = answering(200, keep_alive=2, Set_Cookie="who=me")
    send = letters(server.url)

    send()
    send()

    assert b"cookie" not in server.requests[1].lower()


def test_a_letter_whose_time_is_over_before_it_leaves_is_unavailable(
    make_channel, answering, envelope
):
    channel = make_channel(send_url=answering(200).url, seconds=0.2)

    with pytest.raises(Unavailable):
        channel.send(channel.compose(envelope), envelope=envelope, begin=lambda: time.sleep(0.4))
