"""The only way out of an engine: what it takes, what it refuses, and that it leaves nothing."""

import socket
import threading
import time
from pathlib import Path

import pytest

from letters.channels.webform.egress import Allowed, egress, is_public
from tests.letters.channels.webform.asking import get, status
from tests.letters.channels.webform.site import Site

OFFICE = Allowed.office("www.schumer.senate.gov")
PUBLIC = "156.33.195.33"


class Net:
    """The open net as far as an office is concerned: what names mean, and where addresses lead."""

    def __init__(self, site: Site, *answers: list[str]):
        self._site, self._answers = site, list(answers)
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int) -> list[str]:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def connect(self, address: tuple[str, int], seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self._site.port), seconds)

    def way(self):
        return egress(OFFICE, resolve=self.resolve, connect=self.connect)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{other}/",
        "http://localhost:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.0.0.1.:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://www.schumer.senate.gov/",
        "http://example.org/",
    ],
)
def test_a_rehearsal_takes_its_own_origin_and_nothing_else(rehearsal, site, url):
    answer = get(rehearsal, url.format(port=site.port, other=site.port + 1))
    assert (status(answer), site.asked) == (403, [])


@pytest.mark.parametrize(
    ("host", "port", "taken"),
    [
        ("www.schumer.senate.gov", 443, True),
        ("schumer.senate.gov", 80, True),
        ("forms.www.schumer.senate.gov", 443, True),
        ("www.schumer.senate.gov", 8080, False),
        ("www.schumer.senate.gov", 22, False),
        ("senate.gov", 443, False),
        ("www.senate.gov", 443, False),
        ("www.gillibrand.senate.gov", 443, False),
        ("evilschumer.senate.gov", 443, False),
        ("schumer.senate.gov.example.org", 443, False),
        ("schumer.senate.gov.", 443, False),
        (".schumer.senate.gov", 443, False),
        ("a..schumer.senate.gov", 443, False),
        ("-.schumer.senate.gov", 443, False),
        ("xn--schumer-senate-gov.example", 443, False),
        ("156.33.195.33", 443, False),
        ("2619786017", 443, False),
        ("::1", 443, False),
    ],
)
def test_live_only_the_hosts_of_that_office_are_taken(host, port, taken):
    assert OFFICE.takes(host, port) is taken


@pytest.mark.parametrize(
    "host", ["senate.gov", "house.gov", "gov", "", "example.org", "senate.gov.example", "127.0.0.1"]
)
def test_what_is_no_offices_host_opens_no_way(host):
    with pytest.raises(ValueError, match="office|within"):
        Allowed.office(host)


@pytest.mark.parametrize(
    "url", ["https://www.schumer.senate.gov/x", "http://senate.gov", "http://X.HOUSE.GOV:8000", ""]
)
def test_a_rehearsal_never_is_at_congress(url):
    with pytest.raises(ValueError, match="rehearsal"):
        Allowed.rehearsal(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.1",
        "192.0.2.2",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00::2",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "::ffff:156.33.195.33",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2001:0:7f00:1::1",
        "2001:db8::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
    ],
)
def test_an_address_that_is_not_public_is_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2620:0:8a0::1", "64:ff9b::9c21:c321"])
def test_a_public_address_is_known(address):
    assert is_public(address)


def test_live_the_address_that_was_looked_at_is_connected_to(site):
    net = Net(site, [PUBLIC])
    with net.way() as way:
        answer = get(way, "http://WWW.Schumer.Senate.GOV/contact")
    assert answer.endswith(b"<p>/contact</p>")
    assert net.connected == [(PUBLIC, 80)]
    assert site.asked[0].field("Host") == "www.schumer.senate.gov"


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"])
def test_live_a_name_that_leads_inside_is_refused(site, address):
    net = Net(site, [PUBLIC, address])
    with net.way() as way:
        answer = get(way, "http://www.schumer.senate.gov/")
    assert (status(answer), net.connected, site.asked) == (403, [], [])


def test_a_name_that_is_bound_anew_gains_nothing(site):
    net = Net(site, [PUBLIC], ["127.0.0.1"])
    with net.way() as way:
        answers = [get(way, "http://www.schumer.senate.gov/") for _ in range(2)]
    assert [status(answer) for answer in answers] == [200, 403]
    assert net.connected == [(PUBLIC, 80)]


def test_what_was_refused_is_named_without_its_path(rehearsal):
    for _ in range(2):
        get(rehearsal, "http://other.example/secret?message=1")
    assert rehearsal.refused == ("other.example:80 is none of this office's × 2",)


def test_a_flood_of_names_is_counted_in_bounds(rehearsal):
    for each in range(60):
        get(rehearsal, f"http://name{each}.example/")
    assert len(rehearsal.refused) == 50


def test_a_host_that_does_not_answer_is_told_as_such():
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
    with egress(Allowed.rehearsal(url)) as way:
        assert (status(get(way, f"{url}/")), way.refused) == (502, ())


def test_with_the_letter_every_connection_ends():
    with Site(lambda asked: time.sleep(30)) as site:
        with egress(Allowed.rehearsal(site.url)) as way:
            waiting = [threading.Thread(target=get, args=(way, f"{site.url}/")) for _ in range(5)]
            for thread in waiting:
                thread.start()
            while len(site.asked) < 5:
                time.sleep(0.01)
            began = time.monotonic()
        assert time.monotonic() - began < 1
        for thread in waiting:
            thread.join(1)
        assert not any(thread.is_alive() for thread in waiting)
    with pytest.raises(OSError, match="refused"):
        get(way, f"{site.url}/")


def test_two_hundred_letters_leave_no_thread_and_no_socket(site):
    def letter():
        with egress(Allowed.rehearsal(site.url)) as way:
            get(way, f"{site.url}/")
            get(way, "http://other.example/")

    letter()
    threads, files = threading.active_count(), open_files()
    for _ in range(200):
        letter()
    time.sleep(0.1)
    assert threading.active_count() <= threads + 1
    assert open_files() <= files + 2


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
