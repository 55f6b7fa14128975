"""The border to the gateways, over real HTTP: what each answer, and each silence, means."""

import logging
import socket
import time
from email.utils import formatdate
from traceback import format_exception

import pytest

from letters.channels.cwc import gateway
from letters.channels.interface import Rejected, Unavailable, Uncertain
from letters.models import Arrival
from letters.states import Reason

KEY = "k3y-to-nowhere"
BOTH = pytest.mark.parametrize("chamber", ["house", "senate"])
ERRORS = "<Errors><Error>First fault</Error><Error>Second &amp; last</Error></Errors>"


@pytest.fixture
def send(make_channel, envelope):
    """Sends the letter to a URL; the channel's answer."""

    def send(url: str, *, chamber: str = "senate", begin=lambda: None, **options) -> str:
        channel = make_channel(chamber, send_url=url, **options)
        return channel.send(channel.compose(envelope), envelope=envelope, begin=begin)

    return send


@BOTH
@pytest.mark.parametrize("status", [200, 201])
def test_200_and_201_mean_accepted_under_our_delivery_id(
    send, answering, envelope, chamber, status
):
    assert send(answering(status, "Thank you").url, chamber=chamber) == envelope.delivery_key


def test_the_senates_409_means_that_an_earlier_attempt_had_landed(send, answering, envelope):
    assert send(answering(409).url, chamber="senate") == envelope.delivery_key


def test_the_houses_409_is_not_publicly_known_and_stays_uncertain(send, answering):
    with pytest.raises(Uncertain):
        send(answering(409).url, chamber="house")


@BOTH
@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, Rejected, Reason.REFUSED),
        (413, Rejected, Reason.REFUSED),
        (422, Rejected, Reason.REFUSED),
        (415, Rejected, Reason.OUR_MISTAKE),
        (401, Unavailable, Reason.KEY_REFUSED),
        (403, Unavailable, Reason.KEY_REFUSED),
        (404, Unavailable, Reason.UNREACHABLE),
        (405, Unavailable, Reason.UNREACHABLE),
        (407, Unavailable, Reason.UNREACHABLE),
        (301, Unavailable, Reason.UNREACHABLE),
        (308, Unavailable, Reason.UNREACHABLE),
        (429, Unavailable, Reason.BUSY),
        (503, Unavailable, Reason.BUSY),
        (500, Uncertain, Reason.NO_ANSWER),
        (502, Uncertain, Reason.NO_ANSWER),
        (504, Uncertain, Reason.NO_ANSWER),
        (202, Uncertain, Reason.NO_ANSWER),
        (303, Uncertain, Reason.NO_ANSWER),
        (418, Uncertain, Reason.NO_ANSWER),
    ],
)
def test_every_other_answer_says_what_may_be_done_next(
    send, answering, chamber, status, error, reason
):
    with pytest.raises(error) as caught:
        send(answering(status, "Some text").url, chamber=chamber)

    assert type(caught.value) is error
    assert caught.value.reason == reason
    assert caught.value.evidence == f"HTTP {status}\nSome text"


@BOTH
def test_a_refusals_evidence_is_its_list_of_errors(send, answering, chamber):
    with pytest.raises(Rejected) as caught:
        send(answering(400, ERRORS).url, chamber=chamber)

    assert caught.value.evidence == "HTTP 400\nFirst fault\nSecond & last"


def test_a_success_whose_text_lists_errors_is_none(send, answering):
    with pytest.raises(Rejected):
        send(answering(200, ERRORS).url)


@pytest.mark.parametrize(
    "page", [("<!doctype html><HTML>Log in</HTML>", "text/plain"), ("Log in", "text/html")]
)
def test_a_web_page_under_a_200_is_not_the_gateways_word(send, answering, page):
    body, content_type = page
    with pytest.raises(Uncertain):
        send(answering(200, body, Content_Type=content_type).url)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_read_as_seconds(send, answering, status):
    with pytest.raises(Unavailable) as caught:
        send(answering(status, Retry_After="120").url)

    assert caught.value.retry_after == 120


def test_retry_after_is_read_as_a_date(send, answering):
    with pytest.raises(Unavailable) as caught:
        send(answering(503, Retry_After=formatdate(time.time() + 300, usegmt=True)).url)

    assert 290 < caught.value.retry_after <= 301


@pytest.mark.parametrize("nonsense", ["soon", "-5", "١٢"])
def test_a_retry_after_that_says_nothing_is_none(send, answering, nonsense):
    with pytest.raises(Unavailable) as caught:
        send(answering(503, Retry_After=nonsense.encode().decode("latin-1")).url)

    assert caught.value.retry_after is None


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


def test_a_refused_key_is_loud(send, answering, caplog):
    with pytest.raises(Unavailable):
        send(answering(401).url)

    assert "senate_cwc answered with HTTP 401" in caplog.text


@pytest.mark.parametrize(
    ("chamber", "path", "status"),
    [
        ("house", "house/v2/message", 200),
        ("senate", "senate/api/production-messages/", 201),
    ],
)
def test_the_rehearsal_congress_accepts_what_the_channel_writes(
    rehearsal, make_channel, write, chamber, path, status
):
    seat = "HWY00" if chamber == "house" else "SWY01"
    letter = write(seat_code=seat, chamber=chamber, own_words="Ніна & <Škłoŭ> ]]>")
    channel = make_channel(chamber, send_url=f"{rehearsal}/{path}")

    reference = channel.send(channel.compose(letter), envelope=letter, begin=lambda: None)

    arrival = Arrival.objects.get()
    assert (arrival.receiver, arrival.status, arrival.office) == (channel.name, status, seat)
    assert arrival.delivery_key == reference == letter.delivery_key
    assert arrival.body == channel.compose(letter)


def test_a_letter_sent_twice_reaches_the_senate_once_and_is_accepted_twice(
    rehearsal, make_channel, envelope
):
    channel = make_channel(send_url=f"{rehearsal}/senate/api/production-messages/")
    for _ in range(2):
        channel.send(channel.compose(envelope), envelope=envelope, begin=lambda: None)

    assert sorted(Arrival.objects.values_list("status", flat=True)) == [201, 409]
