"""How the proxy reads requests and passes bytes on."""

import pytest
import requests

from letters.channels.webform.egress import Allowed, egress
from tests.letters.channels.webform.asking import get, say, status
from tests.letters.channels.webform.site import Site


def test_a_page_of_the_rehearsal_is_passed_on(rehearsal, site):
    answer = requests.get(f"{site.url}/form?a=1", proxies={"http": rehearsal.url}, timeout=5)
    assert (answer.text, rehearsal.refused) == ("<p>/form?a=1</p>", ())


def test_a_body_arrives_byte_for_byte(rehearsal, site):
    body = bytes(range(256)) * 2000
    requests.post(f"{site.url}/", data=body, proxies={"http": rehearsal.url}, timeout=5)
    assert site.bodies() == [body]


def test_a_tunnel_passes_bytes_both_ways(rehearsal, site):
    answer = say(rehearsal, f"CONNECT {site.origin} HTTP/1.1\r\n\r\nGET /in HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"<p>/in</p>")


def test_the_host_field_is_that_of_the_host_that_was_looked_at(rehearsal, site):
    say(
        rehearsal, f"GET {site.url}/ HTTP/1.1\r\nHost: other.example\r\nHost: third.example\r\n\r\n"
    )
    assert site.asked[0].head.lower().count(b"host:") == 1
    assert site.asked[0].field("Host") == site.origin


def test_what_speaks_of_the_connection_is_not_passed_on(rehearsal, site):
    fields = "Proxy-Authorization: secret\r\nConnection: X-Odd\r\nX-Odd: 1\r\nUpgrade: h2c\r\n"
    say(rehearsal, f"GET {site.url}/ HTTP/1.1\r\nX-Kept: 1\r\n{fields}\r\n")
    assert [site.asked[0].field(name) for name in ("X-Kept", "X-Odd", "Upgrade")] == ["1", "", ""]
    assert b"secret" not in site.asked[0].head


def test_one_connection_serves_one_request():
    """Or the next one, for another host, would end up at the first."""
    kept = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi"
    with Site(lambda asked: kept) as site, egress(Allowed.rehearsal(site.url)) as way:
        answer = get(way, f"{site.url}/")
    assert b"Connection: close" in answer and b"keep-alive" not in answer
    assert site.asked[0].field("Connection") == "close"


@pytest.mark.parametrize(
    "request_line",
    [
        "GET /form HTTP/1.1",
        "GET http://127.0.0.1:{port}@example.org/ HTTP/1.1",
        "GET http://example.org@127.0.0.1:{port}/ HTTP/1.1",
        "GET https://127.0.0.1:{port}/ HTTP/1.1",
        "GET ftp://127.0.0.1:{port}/ HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET //127.0.0.1:{port}/ HTTP/1.1",
        "GET http:127.0.0.1:{port}/ HTTP/1.1",
        "GET http://127.0.0.1:{port}\\@example.org/ HTTP/1.1",
        "GET http://127.0.0.1:{port}#/ HTTP/1.1",
        "GET http://127.0.0.1:-1/ HTTP/1.1",
        "GET http://127.0.0.1:99999999999/ HTTP/1.1",
        "GET http:///form HTTP/1.1",
        "GET  http://127.0.0.1:{port}/ HTTP/1.1",
        "GET http://127.0.0.1:{port}/ HTTP/2.0",
        "CONNECT http://127.0.0.1:{port}/ HTTP/1.1",
        "CONNECT 127.0.0.1 HTTP/1.1",
        "CONNECT x@127.0.0.1:{port} HTTP/1.1",
        "\x16\x03\x01",
    ],
)
def test_what_is_no_request_to_a_proxy_is_refused(rehearsal, site, request_line):
    answer = say(rehearsal, request_line.format(port=site.port) + "\r\n\r\n")
    assert (status(answer), site.asked) == (400, [])


@pytest.mark.parametrize(
    "fields",
    [
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "\r\nGET http://other.example/ HTTP/1.1\r\n\r\n",
        "X-Folded: 1\r\n two\r\n\r\n",
        "No field\r\n\r\n",
        "X-Bare: 1\nHost: other\r\n\r\n",
        "X-Long: " + "x" * 80_000 + "\r\n\r\n",
    ],
)
def test_a_request_whose_end_is_not_clear_is_refused(rehearsal, site, fields):
    answer = say(rehearsal, f"POST {site.url}/ HTTP/1.1\r\n{fields}")
    assert (status(answer), site.asked) == (400, [])
