"""E-mail to an office: what it reads, and where its answer goes."""

from email import message_from_bytes
from email.policy import default

import pytest

from letters.channels.email import EmailChannel
from letters.channels.interface import Office, Unavailable
from letters.states import Reason

SMTP = "letters.channels.smtp.SmtpMailer"
WHOLE = """Ніна O'Škłoŭ
1 Main Street, Apt 2
Cheyenne, WY 82001
nina@example.org

Dear Senator Barrasso,

I am your constituent.

We urge you to act.

First Organization
Second Organization"""


@pytest.fixture
def send(write):
    channel = EmailChannel(name="email", mailer=SMTP)

    def send(begin=lambda: None, **changes) -> str:
        letter = write(**{"office_email": "staff@senate.example"} | changes)
        return channel.send(channel.compose(letter), envelope=letter, begin=begin)

    return send


def test_only_an_office_with_an_address_is_reached():
    channel = EmailChannel(name="email", mailer=SMTP)

    assert channel.obstacle(Office("SWY01", "senate", email="staff@senate.example")) == ""
    assert channel.obstacle(Office("SWY01", "senate")) == Reason.NO_ADDRESS


def test_who_writes_stands_above_the_message(envelope):
    assert EmailChannel(name="email", mailer=SMTP).compose(envelope) == WHOLE


def test_the_preview_shows_the_constituent_and_the_message(envelope):
    block, message = EmailChannel(name="email", mailer=SMTP).parts(envelope)

    assert "1 Main Street" in block.text
    assert message.text.startswith("Dear Senator Barrasso,")


def test_the_office_gets_the_mail_and_answers_the_supporter(send, mail_server):
    server = mail_server()

    reference = send()

    mail = message_from_bytes(server.mails[0], policy=default)
    assert mail["To"] == "staff@senate.example"
    assert mail["Subject"] == "Honor May 21"
    assert mail["Reply-To"].addresses[0].addr_spec == "nina@example.org"
    assert mail["Reply-To"].addresses[0].display_name == "Ніна O'Škłoŭ"
    assert mail.get_content().replace("\r\n", "\n").strip() == WHOLE
    assert mail["Message-ID"] == reference
    assert reference == f"<{'A1b2' * 8}@localhost>"


def test_a_subject_stays_one_line(send, mail_server):
    server = mail_server()

    send(subject="Honor\nBcc: all@example.org")

    mail = message_from_bytes(server.mails[0], policy=default)
    assert mail["Subject"] == "Honor Bcc: all@example.org"
    assert mail["Bcc"] is None


def test_begin_is_called_once_before_the_mail_leaves(send, mail_server):
    server, begun = mail_server(), []

    send(begin=lambda: begun.append(len(server.mails)))

    assert begun == [0]


def test_without_an_address_nothing_leaves(send, mail_server):
    server = mail_server()

    with pytest.raises(Unavailable):
        send(office_email="")

    assert server.mails == []
