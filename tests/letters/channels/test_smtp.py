"""The line to a mail server: what is said on it, when it is kept, and when it is not."""

import time

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage

from letters.channels import keeping
from letters.channels.interface import Rejected, Unavailable, Uncertain
from letters.channels.smtp import RecipientRefused, SmtpMailer
from letters.states import Reason
from tests.faults.servers import certificate, drip, flood, free_port, hang_up, over_tls, say

# A lone dot would end the mail; sent as it is, it is doubled on the way and stands alone again.
DOTS = "First\n.\n..two\nLast"


def mail(**changes) -> EmailMessage:
    facts = {
        "subject": "Honor May 21",
        "body": "Dear Senator, Ніна",
        "to": ["staff@senate.example"],
    }
    return EmailMessage(**(facts | changes))


@pytest.fixture
def mailer():
    return SmtpMailer(seconds=5)


@pytest.fixture
def send(mailer):
    def send(begin=bool, **changes) -> None:
        mailer.send(mail(**changes), begin=begin)

    return send


class Inbox:
    """What another's mail server makes of our mail."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 OK"


def test_a_server_that_others_wrote_reads_the_mail_as_we_wrote_it(send, settings):
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = False

    send(body=DOTS)
    controller.stop()

    (envelope,) = inbox.mails
    assert envelope.mail_from == "letters@localhost"
    assert envelope.rcpt_tos == ["staff@senate.example"]
    text = envelope.content.decode().replace("\r\n", "\n").partition("\n\n")[2]
    assert text.strip() == DOTS


def test_begin_is_called_after_the_354_and_before_the_content(send, mail_server):
    server, seen = mail_server(), []

    send(begin=lambda: seen.append((server.verbs[-1], len(server.mails))))

    assert seen == [("DATA", 0)]


@pytest.mark.parametrize("error", [LookupError, OSError])
def test_if_begin_fails_nothing_leaves_and_it_is_told_as_it_is(send, mail_server, error):
    server = mail_server()

    def fail():
        raise error

    with pytest.raises(error):
        send(begin=fail)
    send()

    assert len(server.mails) == 1


def test_a_mail_whose_time_is_over_before_it_leaves_is_unavailable(mail_server):
    server = mail_server()

    with pytest.raises(Unavailable):
        SmtpMailer(seconds=0.2).send(mail(), begin=lambda: time.sleep(0.4))

    assert server.mails == []


def test_a_password_is_said_and_the_size_is_told(send, mail_server, settings):
    server = mail_server()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "me"

    send()

    assert server.verbs == ["greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "dot"]
    assert b"size=" in server.heard[2]


@pytest.mark.parametrize("verb", ["EHLO", "MAIL"])
def test_a_server_that_wants_a_password_is_loud(send, mail_server, settings, caplog, verb):
    mail_server(**{"AUTH" if verb == "EHLO" else verb: say(b"530 5.7.0 who are you\r\n")})
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "me"

    with pytest.raises(Unavailable):
        send()

    assert "refuses us with 530" in caplog.text


def test_a_server_that_knows_only_helo_gets_the_mail(send, mail_server):
    server = mail_server(EHLO=say(b"502 what\r\n"))

    send()

    assert len(server.mails) == 1


def test_a_reply_without_end_is_not_read_to_its_end(send, mail_server):
    mail_server(greeting=flood(b"", then=b"220-more\r\n"))

    with pytest.raises(Unavailable) as caught:
        send()

    assert "no end" in caught.value.evidence


def test_any_reply_of_success_to_the_dot_is_one(send, mail_server):
    mail_server(dot=say(b"252 cannot say more\r\n"))

    send()


def test_what_is_no_yes_and_no_no_leaves_it_uncertain(send, mail_server):
    mail_server(dot=say(b"354 go on\r\n"))

    with pytest.raises(Uncertain):
        send()


def test_a_refusals_evidence_is_the_verb_and_what_the_server_said(send, mail_server):
    mail_server(RCPT=say(b"550-no such\r\n550 mailbox\r\n"))

    with pytest.raises(Rejected) as caught:
        send()

    assert str(caught.value) == Reason.REFUSED
    assert "550" in caught.value.evidence
    assert "RCPT: no such\nmailbox" in str(caught.value.__cause__.smtp_error)


@pytest.mark.parametrize(
    "said",
    [
        b"550 5.1.1 <staff@senate.example>: unknown",
        b"550-5.1.1 The account\r\n550 5.1.1 does not exist",
        b"550 5.4.1 Recipient address rejected: Access denied",
        b"552 5.2.2 full",
        b"550 #5.1.0 no",
        b"550 5.1.10 null MX",
        b"553 no such name",
    ],
)
def test_a_no_to_the_address_itself_is_told_apart(send, mail_server, said):
    mail_server(RCPT=say(said + b"\r\n"))

    with pytest.raises(RecipientRefused):
        send()


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("RCPT", b"554 5.7.1 Relay access denied"),
        ("RCPT", b"550 5.1.8 Sender address rejected: Domain not found"),
        ("RCPT", b"550 #5.7.1 blocked"),
        ("RCPT", b"504 5.5.2 Helo command rejected"),
        ("RCPT", b"554 no"),
        ("MAIL", b"550 5.1.1 who are you"),
        ("DATA", b"550 no"),
        ("dot", b"550 5.1.1 spam"),
    ],
)
def test_a_no_that_is_about_us_or_the_mail_says_nothing_of_the_address(
    send, mail_server, verb, said
):
    mail_server(**{verb: say(said + b"\r\n")})

    with pytest.raises(Rejected) as caught:
        send()

    assert not isinstance(caught.value, RecipientRefused)


def test_a_passing_trouble_with_the_address_refuses_nothing(send, mail_server):
    mail_server(RCPT=say(b"450 4.2.0 greylisted\r\n"))

    with pytest.raises(Unavailable):
        send()


def test_one_refused_recipient_refuses_the_mail(send, mail_server):
    server = mail_server(only=2, RCPT=say(b"550 no\r\n"))

    with pytest.raises(Rejected):
        send(to=["staff@senate.example", "other@senate.example"])

    assert server.mails == []


@pytest.mark.parametrize("secured", ["EMAIL_USE_TLS", "EMAIL_USE_SSL"])
def test_over_tls_too_a_line_is_kept_and_keeps_the_deadline(
    mail_server, settings, monkeypatch, secured
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate()))
    server = mail_server(only=2, MAIL=drip(b"", then=b"250-\r\n"))
    if secured == "EMAIL_USE_SSL":
        server.act = over_tls(server.act)
    setattr(settings, secured, True)
    mailer = SmtpMailer(seconds=0.7)
    mailer.send(mail(), begin=bool)
    started = time.monotonic()

    with pytest.raises(Unavailable):
        mailer.send(mail(), begin=bool)

    assert time.monotonic() - started < 1.7
    assert (len(server.mails), server.connections) == (1, 1)


def test_the_next_mail_takes_the_same_line(send, mail_server):
    server = mail_server()

    for _ in range(3):
        send()

    assert (len(server.mails), server.connections) == (3, 1)


def test_a_line_that_was_idle_too_long_is_left_with_a_goodbye(send, mail_server, monkeypatch):
    monkeypatch.setattr(keeping, "IDLE_SECONDS", 0)
    server = mail_server()

    send()
    send()

    assert server.connections == 2
    assert "QUIT" in server.verbs


def test_a_line_that_the_server_has_closed_meanwhile_takes_no_mail(send, mail_server):
    closing = mail_server(dot=say(b"250 ok\r\n", then=hang_up))

    for _ in range(3):
        send()
        closing.wait_for_ends()

    assert (len(closing.mails), closing.connections) == (3, 3)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", [say(b"421 enough\r\n"), hang_up], ids=["421", "drop"])
def test_a_kept_line_that_ends_before_the_content_is_replaced_once(send, mail_server, verb, fault):
    server, begun = mail_server(only=2, **{verb: fault}), []
    send()

    send(begin=lambda: begun.append(1))

    assert (len(server.mails), server.connections, begun) == (2, 2, [1])


def test_a_fresh_line_is_not_replaced(send, mail_server):
    server = mail_server(MAIL=say(b"421 enough\r\n"))

    with pytest.raises(Unavailable):
        send()

    assert server.connections == 1


def test_a_kept_line_that_says_no_is_believed(send, mail_server):
    server = mail_server(only=2, RCPT=say(b"550 no\r\n"))
    send()

    with pytest.raises(Rejected):
        send()

    assert server.connections == 1


def test_after_a_refusal_the_next_mail_gets_a_line_of_its_own(send, mail_server):
    server = mail_server(dot=say(b"550 spam\r\n"))
    with pytest.raises(Rejected):
        send()
    del server.faults["dot"]

    send()

    assert server.connections == 2
