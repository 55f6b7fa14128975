"""The fault suite's own Congress: what it logs, and how it answers."""

import smtplib
import socket
from contextlib import ExitStack
from smtplib import SMTPServerDisconnected as HungUp
from urllib.parse import urlencode, urlsplit

import pytest
import requests

from tests.faults.arrivals import ArrivalLog, person_of
from tests.faults.moods import Mood
from tests.faults.proxy import Proxy
from tests.faults.sinks import Forms, Gateways, Mailboxes
from tests.faults.ways import members

DOCUMENT = """<CWC><Delivery><DeliveryId>{key}</DeliveryId></Delivery>
<Recipient><MemberOffice>{office}</MemberOffice></Recipient>
<Message><ConstituentMessage>This is letter-000007.</ConstituentMessage></Message></CWC>"""
FORM = urlencode({"text": "This is letter-000007.", "email": "nina@example.org"})
MAIL = "Subject: S\r\nMessage-ID: <k@example.org>\r\n\r\nThis is letter-000007.\r\n"


@pytest.fixture
def log(tmp_path):
    log = ArrivalLog(tmp_path / "arrivals.jsonl")
    yield log
    log.close()


@pytest.fixture
def gateways(log):
    with Gateways(log, offices=("HWY00", "SWY01")) as one:
        yield one


@pytest.fixture
def forms(log):
    """Starts the form of one office in a mood; its URL."""
    with ExitStack() as stack:

        def start(**mood: float) -> str:
            sink = stack.enter_context(Forms(log, offices=("HVT00",), mood=Mood(**mood)))
            return f"{sink.url}/{members()['HVT00']}/"

        yield start


def post(gateways, chamber: str, *, office: str, key: str = "k") -> int:
    document = DOCUMENT.format(key=key, office=office)
    return requests.post(f"{gateways.url}/{chamber}/send", document, timeout=5).status_code


def seen(log) -> list[tuple[str, ...]]:
    return [(each.route, each.key, each.office, each.mark) for each in log.arrivals]


def test_the_senate_takes_a_delivery_once(gateways, log):
    assert [post(gateways, "senate", office="SWY01") for _ in range(2)] == [201, 409]
    assert seen(log) == [("senate_cwc", "k", "SWY01", "letter-000007")]


def test_the_house_takes_a_delivery_as_often_as_it_comes(gateways, log):
    assert [post(gateways, "house", office="HWY00") for _ in range(2)] == [200, 200]
    assert seen(log) == [("house_cwc", "k", "HWY00", "letter-000007")] * 2


def test_each_chamber_lists_its_own_offices(gateways):
    lists = [
        requests.get(f"{gateways.url}/{chamber}/offices", timeout=5).json()
        for chamber in ("house", "senate")
    ]
    assert lists == [["HWY00"], ["SWY01"]]


def test_half_a_letter_is_no_arrival(forms, log):
    url = forms()
    with socket.create_connection(("127.0.0.1", urlsplit(url).port)) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\nhalf of it")
    assert requests.post(url, FORM, timeout=5).status_code == 200
    assert len(seen(log)) == 1


def test_a_form_is_told_no_key_but_who_writes(forms, log):
    assert "Thank you" in requests.post(forms(), FORM, timeout=5).text
    assert seen(log) == [("contact_form", "", "HVT00", "letter-000007")]
    assert log.arrivals[0].person == person_of("nina@example.org")


def test_a_refused_letter_has_not_arrived(forms, log):
    assert requests.post(forms(refuses=1), FORM, timeout=5).status_code == 500
    assert seen(log) == []


def test_a_letter_whose_answer_fails_has_arrived(forms, log):
    answer = requests.post(forms(fails=1), FORM, timeout=5)
    assert (answer.status_code, answer.text) == (500, "")
    assert len(seen(log)) == 1


def test_a_letter_that_gets_no_answer_has_arrived(forms, log):
    url = forms(hangs_up=1)
    with pytest.raises(requests.ConnectionError):
        requests.post(url, FORM, timeout=5)
    assert len(seen(log)) == 1


def test_a_page_may_fail_before_there_is_a_letter(forms):
    assert requests.get(forms(), timeout=5).status_code == 200
    assert requests.get(forms(refuses=1), timeout=5).status_code == 500


def send_mail(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
        smtp.sendmail("letters@example.org", "swy02@offices.example.org", MAIL)


def test_a_mail_arrives_under_its_delivery_key(log):
    with Mailboxes(log) as mailboxes:
        send_mail(mailboxes.port)
    assert seen(log) == [("email", "k", "SWY02", "letter-000007")]


def test_a_mail_that_is_dropped_after_the_dot_has_arrived(log):
    with (
        Mailboxes(log, mood=Mood(hangs_up=1)) as mailboxes,
        pytest.raises(HungUp),
    ):
        send_mail(mailboxes.port)
    assert len(seen(log)) == 1


def test_a_refused_mail_has_not_arrived(log):
    with Mailboxes(log, mood=Mood(refuses=1)) as mailboxes, pytest.raises(smtplib.SMTPDataError):
        send_mail(mailboxes.port)
    assert seen(log) == []


def test_the_log_is_a_file_that_outlives_everybody(gateways, log, tmp_path):
    post(gateways, "house", office="HWY00")
    assert '"mark": "letter-000007"' in (tmp_path / "arrivals.jsonl").read_text()


def test_a_shut_proxy_resets_refuses_and_opens_again():
    server = socket.create_server(("127.0.0.1", 0))
    with server, Proxy(server.getsockname()[1]) as proxy:
        caller, served = through(proxy, server)
        proxy.shut()
        with pytest.raises(ConnectionResetError):
            caller.recv(1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", proxy.port), timeout=5)
        proxy.open()
        for end in (caller, served, *through(proxy, server)):
            end.close()


def through(proxy: Proxy, server: socket.socket) -> tuple[socket.socket, socket.socket]:
    """Both ends of a connection that has carried a byte."""
    caller = socket.create_connection(("127.0.0.1", proxy.port), timeout=5)
    served, _ = server.accept()
    caller.sendall(b"x")
    assert served.recv(1) == b"x"
    return caller, served
