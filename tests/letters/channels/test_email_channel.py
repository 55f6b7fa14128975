"""E-mail to an office, over a real SMTP server on loopback."""

import smtplib
import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends import smtp

from letters.channels.email import EmailChannel
from letters.channels.interface import Office, Rejected, Unavailable, Uncertain
from letters.states import Reason

SMTP = "django.core.mail.backends.smtp.EmailBackend"
WHOLE = """Ніна O'Škłoŭ
1 Main Street, Apt 2
Cheyenne, WY 82001
nina@example.org

Dear Senator Barrasso,

I am your constituent.

We urge you to act.

First Organization
Second Organization"""


class OfficeServer:
    """An office's mail server: `answers` by verb, and what it took."""

    def __init__(self, **answers: str):
        self.answers = answers
        self.mails: list[bytes] = []

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self._answer("MAIL", server)

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return self._answer("RCPT", server)

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.content)
        return self._answer("DATA", server)

    async def handle_QUIT(self, server, session, envelope):
        return self._answer("QUIT", server)

    def _answer(self, verb: str, server) -> str:
        answer = self.answers.get(verb, "250 OK")
        if answer == "drop":
            server.transport.abort()
        return answer


@pytest.fixture
def office_server(settings):
    """Starts a mail server and points Django's SMTP at it."""
    started = []

    def start(**answers: str) -> OfficeServer:
        handler = OfficeServer(**answers)
        controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
        controller.start()
        started.append(controller)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        return handler

    yield start
    for controller in started:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def send(write):
    channel = EmailChannel(name="email", mail_backend=SMTP)

    def send(begin=lambda: None, **changes) -> str:
        letter = write(**{"office_email": "staff@senate.example"} | changes)
        return channel.send(channel.compose(letter), envelope=letter, begin=begin)

    return send


def test_only_an_office_with_an_address_is_reached():
    channel = EmailChannel(name="email", mail_backend=SMTP)

    assert channel.obstacle(Office("SWY01", "senate", email="staff@senate.example")) == ""
    assert channel.obstacle(Office("SWY01", "senate")) == Reason.NO_ADDRESS


def test_who_writes_stands_above_the_message(envelope):
    assert EmailChannel(name="email", mail_backend=SMTP).compose(envelope) == WHOLE


def test_the_preview_shows_the_constituent_and_the_message(envelope):
    block, message = EmailChannel(name="email", mail_backend=SMTP).parts(envelope)

    assert "1 Main Street" in block.text
    assert message.text.startswith("Dear Senator Barrasso,")


def test_the_office_gets_the_mail_and_answers_the_supporter(send, office_server):
    server = office_server()

    reference = send()

    mail = message_from_bytes(server.mails[0], policy=default)
    assert mail["To"] == "staff@senate.example"
    assert mail["Subject"] == "Honor May 21"
    assert mail["Reply-To"].addresses[0].addr_spec == "nina@example.org"
    assert mail["Reply-To"].addresses[0].display_name == "Ніна O'Škłoŭ"
    assert mail.get_content().replace("\r\n", "\n").strip() == WHOLE
    assert mail["Message-ID"] == reference
    assert reference == f"<{'A1b2' * 8}@localhost>"


def test_a_subject_stays_one_line(send, office_server):
    server = office_server()

    send(subject="Honor\nBcc: all@example.org")

    mail = message_from_bytes(server.mails[0], policy=default)
    assert mail["Subject"] == "Honor Bcc: all@example.org"
    assert mail["Bcc"] is None


def test_begin_is_called_once_before_the_mail_leaves(send, office_server):
    server, begun = office_server(), []

    send(begin=lambda: begun.append(len(server.mails)))

    assert begun == [0]


def test_without_an_address_nothing_leaves(send, office_server):
    server = office_server()

    with pytest.raises(Unavailable):
        send(office_email="")

    assert server.mails == []


def test_a_server_that_is_not_there_is_unavailable(send, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()

    with pytest.raises(Unavailable) as caught:
        send(begin=lambda: pytest.fail("nothing was submitted"))

    assert caught.value.reason == Reason.UNREACHABLE


def test_a_host_that_no_dns_knows_is_unavailable(send, settings):
    settings.EMAIL_HOST = "mail.invalid"

    with pytest.raises(Unavailable):
        send()


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "error", "reason"),
    [
        ("451 try later", Unavailable, Reason.BUSY),
        ("421 closing", Unavailable, Reason.BUSY),
        ("550 no", Rejected, Reason.REFUSED),
        ("drop", Uncertain, Reason.NO_ANSWER),
    ],
)
def test_an_answer_is_a_verdict_and_a_break_is_none(
    send, office_server, verb, answer, error, reason
):
    office_server(**{verb: answer})

    with pytest.raises(error) as caught:
        send()

    assert type(caught.value) is error
    assert caught.value.reason == reason


@pytest.mark.parametrize("farewell", ["drop", "221 " + "bye " * 5000])
def test_trouble_at_the_farewell_changes_nothing(send, office_server, farewell):
    server = office_server(QUIT=farewell)

    assert send()
    assert len(server.mails) == 1


def test_a_backend_that_takes_nothing_leaves_it_uncertain(send, office_server, monkeypatch):
    office_server()
    monkeypatch.setattr(smtp.EmailBackend, "send_messages", lambda self, mails: 0)

    with pytest.raises(Uncertain):
        send()


def test_the_exceptions_text_names_neither_person_nor_letter(send, office_server):
    office_server(RCPT="550 no")

    with pytest.raises(Rejected) as caught:
        send()

    assert str(caught.value) == Reason.REFUSED
    assert isinstance(caught.value.__cause__, smtplib.SMTPRecipientsRefused)
