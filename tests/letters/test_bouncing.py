"""Mails that came back: found in a real mailbox, told to who waits, and nothing else touched."""

import logging
import random
import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from campaign.env import Mailbox
from letters import bouncing, tasks
from letters.bouncing import MOST_BYTES, bounce_in, read_bounces
from letters.models import Notice
from letters.notices import mail_due, order_notice
from letters.submission import change_email
from tests.factories import make_letter
from tests.faults.servers import (
    certificate,
    drip,
    flood,
    free_port,
    hang_up,
    running,
    say,
    stay_silent,
)
from tests.letters.bounces import FORMS, GMAIL, bounce
from tests.letters.mailbox import MailboxServer

STRANGER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def letter(db):
    """Whose code was mailed."""
    letter = make_letter()
    mail_due()
    return letter


@pytest.fixture
def message_id(letter) -> str:
    return mail.outbox[-1].message()["Message-ID"]


@pytest.fixture
def start(settings, monkeypatch):
    """Starts a mailbox with these faults, and points the settings at it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate()))
    running_ones = []

    def start(**options) -> MailboxServer:
        server = MailboxServer(**options)
        one = running(server)
        running_ones.append(one)
        one.__enter__()
        settings.BOUNCES = Mailbox("127.0.0.1", server.port, "me", 'a "b" \\c', "INBOX")
        return server

    yield start
    for one in running_ones:
        one.__exit__(None, None, None)


@pytest.fixture
def inbox(start) -> MailboxServer:
    return start()


def is_refused(letter) -> bool:
    return letter.notices.latest("ordered_at").refused_at is not None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_mail_that_came_back_refuses_the_code_and_is_deleted(letter, message_id, inbox, form):
    inbox.put(bounce(message_id, form=form))

    assert read_bounces() == 1

    assert is_refused(letter)
    assert inbox.mails == {}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_try_is_known_again_and_names_no_person(letter, message_id, inbox, form):
    Notice.objects.update(mailed_at=None, tries=7)
    mail_due()
    second = mail.outbox[-1].message()["Message-ID"]
    inbox.put(bounce(second, form=form))

    read_bounces()

    assert is_refused(letter)
    assert second != message_id
    assert re.fullmatch(r"<[0-9a-f-]{36}\.7@127\.0\.0\.1>", second)


class TestWhatIsNoBounceOfOurs:
    """Nobody's mail is touched, and the next look finds it unread."""

    @pytest.fixture(autouse=True)
    def at_a_mailbox(self, letter, message_id, inbox):
        self.letter, self.message_id, self.inbox = letter, message_id, inbox

    def stays_unread(self, content: bytes) -> bool:
        kept = self.inbox.put(content)
        assert read_bounces() == 0
        assert not is_refused(self.letter)
        return kept.flags == set() and kept in self.inbox.mails.values()

    @pytest.mark.parametrize(
        "said",
        [
            {"action": "delayed", "status": "4.4.1"},
            {"action": "delayed", "status": "5.1.1"},
            {"action": "failed", "status": "4.4.7"},
            {"action": "delivered", "status": "2.0.0"},
            {"action": "relayed", "status": "5.0.0"},
            {"action": "failed", "status": "no idea"},
        ],
    )
    def test_a_report_of_anything_but_a_refusal_for_good(self, said):
        for form in FORMS.values():
            assert self.stays_unread(bounce(self.message_id, form=form, **said))

    @pytest.mark.parametrize(
        "name",
        [
            f"<{STRANGER}.0@127.0.0.1>",
            "<20261117.8C1F2A0@mail.example.org>",
            "",
            "<-.0@127.0.0.1>",
        ],
    )
    def test_a_bounce_of_a_mail_that_we_do_not_know(self, name):
        assert self.stays_unread(bounce(name))

    def test_a_bounce_of_another_installation(self):
        assert self.stays_unread(bounce(self.message_id.replace("127.0.0.1", "example.org")))

    def test_a_letter_from_somebody(self):
        text = b"From: olga@example.org\nSubject: Hello\nIn-Reply-To: %s\n\nHow do I change it?\n"
        assert self.stays_unread(text % self.message_id.encode())

    def test_a_report_about_a_mail_that_only_looks_like_one(self):
        content = bounce(self.message_id, form=GMAIL, action="delayed")
        ours = b"Content-Type: message/rfc822\n\n"
        assert ours in content
        content = content.replace(ours, ours + b"Action: failed\nStatus: 5.1.1\n")
        assert self.stays_unread(content)

    def test_a_bounce_that_somebody_sends_on(self):
        wrapped = b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822"
        whole = wrapped + b"\n\n" + bounce(self.message_id) + b"\n--x--\n"
        assert self.stays_unread(whole)

    def test_a_report_of_another_kind(self):
        content = bounce(self.message_id).replace(
            b"message/delivery-status", b"message/feedback-report"
        )
        assert self.stays_unread(content)

    def test_a_report_whose_parts_are_lost(self):
        head = bounce(self.message_id).partition(b"\n\n")[0]
        for body in (b"", b"\n\nno parts at all", b"\n\n--\xff\x00"):
            assert self.stays_unread(head + body)

    def test_a_mail_that_goes_on_for_ever(self):
        before = b"Content-Type: multipart/report; boundary=x\n\n" + b"words " * MOST_BYTES
        assert self.stays_unread(before + bounce(self.message_id))
        assert all(f"<0.{MOST_BYTES}>" in line for line in self.inbox.heard if "FETCH" in line)

    def test_a_mail_in_a_mail_in_a_mail(self):
        deep = b"Content-Type: multipart/report; boundary=x\n\n--x\n"
        assert self.stays_unread(deep + b"Content-Type: message/rfc822\n\n" * 2000)


@pytest.mark.parametrize("kind", [b"multipart/mixed", b"text/plain", b"nonsense"])
def test_what_only_looks_like_a_report_is_none(kind):
    content = bounce(f"<{STRANGER}.0@127.0.0.1>")
    assert bounce_in(content)

    assert bounce_in(content.replace(b"multipart/report", kind)) is None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_report_that_breaks_off_or_is_spoilt_anywhere_breaks_nothing(form):
    content, chance = bounce(f"<{STRANGER}.0@127.0.0.1>", form=form), random.Random(1)
    for cut in range(0, len(content), 7):
        bounce_in(content[:cut])
    for _ in range(300):
        spoilt = bytearray(content)
        for _ in range(8):
            spoilt[chance.randrange(len(spoilt))] = chance.choice(b'\n\r\x00\xff:;="-<> ')
        bounce_in(bytes(spoilt))


def test_a_bounce_that_stands_behind_odd_mails_is_found(letter, message_id, inbox):
    inbox.put(bounce(message_id))
    for odd in (b"", b"\xff\xfe", b"Content-Type: multipart/report\n\n"):
        inbox.put(odd)

    assert read_bounces() == 1
    assert len(inbox.mails) == 3


def test_a_large_mail_that_came_back_is_known_by_its_beginning(letter, message_id, inbox):
    inbox.put(bounce(message_id, form=GMAIL).replace(b"123456", b"words " * MOST_BYTES))

    assert read_bounces() == 1


def test_the_header_alone_is_read_of_what_is_no_report(letter, inbox):
    inbox.put(b"Subject: Hello\nContent-Type: text/plain\n\nHow are you?")

    read_bounces()

    assert inbox.verbs().count("FETCH") == 1
    assert "HEADER.FIELDS" in next(line for line in inbox.heard if "FETCH" in line)


def test_a_header_that_is_named_in_a_part_of_its_own_encoding_is_read(message_id):
    quoted = b"Content-Transfer-Encoding: quoted-printable\nContent-Type: text/rfc822-headers"
    content = bounce(message_id).replace(b"Content-Type: text/rfc822-headers", quoted)

    assert message_id in bounce_in(content.replace(b"@127", b"=40127")).names


def test_a_bounce_that_quotes_nothing_is_known_by_what_it_answers(message_id):
    head, _, tail = bounce(message_id, form=GMAIL).partition(b"Content-Type: message/rfc822")
    without_report = head.replace(b"X-Original-Message-ID", b"X-Other")

    assert message_id in bounce_in(head.replace(b"In-Reply-To", b"X-Other")).names
    assert message_id in bounce_in(without_report).names


def test_one_refused_recipient_of_several_is_a_refusal(message_id):
    other = b"Final-Recipient: rfc822; a@example.net\nAction: relayed\nStatus: 2.0.0\n\n"
    content = bounce(message_id).replace(b"Final-Recipient", other + b"Final-Recipient", 1)

    assert bounce_in(content).status == "5.1.1"


def test_a_comment_behind_the_number_and_other_letters_are_understood(message_id):
    assert bounce_in(bounce(message_id, action="Failed ", status="5.1.1 (no such user)"))


def test_a_bounce_of_a_former_address_does_not_refuse_the_new_one(letter, message_id, inbox):
    change_email(letter=letter, email="right@example.org")
    inbox.put(bounce(message_id))

    assert read_bounces() == 1

    assert not letter.notices.exclude(refused_at=None).exists()
    assert inbox.mails == {}


def test_a_bounce_of_the_newest_mail_counts_whatever_was_mailed_before(letter, inbox):
    newest = order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
    mail_due()
    inbox.put(bounce(mail.outbox[-1].message()["Message-ID"]))

    read_bounces()

    newest.refresh_from_db()
    assert newest.refused_at


def test_a_bounce_that_two_workers_read_is_told_once(letter, message_id, inbox, caplog):
    caplog.set_level(logging.INFO)
    for _ in range(2):
        inbox.put(bounce(message_id))
    first = timezone.now() - timedelta(hours=1)
    letter.notices.update(refused_at=first)

    assert read_bounces() == 2

    assert letter.notices.get().refused_at == first
    assert "came back" not in caplog.text


def test_no_address_gets_into_the_log(letter, message_id, inbox, caplog):
    caplog.set_level(logging.DEBUG)
    inbox.put(bounce(message_id))

    read_bounces()

    assert f"notice {letter.notices.get().id} came back: 5.1.1" in caplog.text
    assert "@" not in caplog.text


def test_where_a_server_deletes_no_single_mail_it_is_marked_so(letter, message_id, start):
    inbox = start(capabilities="IMAP4rev1")
    kept = inbox.put(bounce(message_id))

    assert read_bounces() == 1
    assert read_bounces() == 0

    assert kept.flags == {"Seen", "Deleted"}
    assert list(inbox.mails.values()) == [kept]


def test_the_newest_are_read_first_and_others_by_lot(letter, message_id, inbox, monkeypatch):
    monkeypatch.setattr(bouncing, "MOST_MAILS", 2)
    for _ in range(9):
        inbox.put(b"Subject: Hello\n\n")

    read_bounces()

    asked = re.findall(r"UID FETCH (\d+)", "\n".join(inbox.heard))
    assert asked[:2] == ["9", "8"]
    assert len(set(asked)) == 4

    inbox.mails[1].content = bounce(message_id)
    assert any(read_bounces() for _ in range(200))


def test_name_and_password_may_have_blanks_and_quotes(letter, start, settings):
    inbox = start()
    settings.BOUNCES = Mailbox("127.0.0.1", inbox.port, 'o "b', "p \\w", "My mails")

    read_bounces()

    said = "\n".join(inbox.heard)
    assert r'LOGIN "o \"b" "p \\w"' in said
    assert 'SELECT "My mails"' in said


def test_a_worker_looks_when_the_clock_calls(letter, message_id, inbox):
    inbox.put(bounce(message_id))

    tasks.read_bounces()

    assert is_refused(letter)


def test_nothing_is_asked_where_no_mailbox_is_set(inbox, settings):
    settings.BOUNCES = None

    assert read_bounces() == 0
    assert inbox.connections == 0


VERBS = ["greeting", "CAPABILITY", "LOGIN", "SELECT", "SEARCH", "FETCH", "STORE", "EXPUNGE"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "fault",
    [
        hang_up,
        say(b"nonsense\r\n", then=hang_up),
        say(b"* BYE alena@example.net\r\n", then=hang_up),
    ],
    ids=["drop", "nonsense", "bye"],
)
@pytest.mark.django_db
def test_a_mailbox_in_trouble_is_told_by_the_kind_of_it(message_id, start, caplog, verb, fault):
    inbox = start(**{verb: fault})
    inbox.put(bounce(message_id))

    read_bounces()

    assert "the mailbox of bounces was not read: " in caplog.text
    assert "alena" not in caplog.text


def refusing(verb: str):
    def act(conn) -> None:
        tag = refusing.server.heard[-1].split()[0]
        conn.sendall(f"{tag} NO alena@example.net must not\r\n".encode())

    return act


@pytest.mark.parametrize("verb", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE", "EXPUNGE"])
def test_a_mailbox_that_says_no_is_told_by_the_kind_of_it(message_id, start, caplog, verb):
    inbox = refusing.server = start(**{verb: refusing(verb)})
    inbox.put(bounce(message_id))

    read_bounces()

    assert "the mailbox of bounces was not read: error" in caplog.text
    assert "alena" not in caplog.text


@pytest.mark.parametrize("verb", ["greeting", "LOGIN", "SEARCH", "FETCH"])
@pytest.mark.parametrize(
    "fault",
    [stay_silent, drip(b"* OK", then=b"."), flood(b"", then=b"* OK more\r\n", size=10**9)],
    ids=["silence", "drip", "flood"],
)
def test_a_mailbox_that_hangs_is_left_in_time(message_id, start, caplog, monkeypatch, verb, fault):
    monkeypatch.setattr(bouncing, "MOST_SECONDS", 1)
    inbox = start(**{verb: fault})
    inbox.put(bounce(message_id))
    started = time.monotonic()

    read_bounces()

    assert time.monotonic() - started < 4
    assert "the mailbox of bounces was not read: " in caplog.text


def test_more_than_was_asked_for_is_not_read(message_id, start, caplog):
    announced = f"* 1 FETCH (UID 1 BODY[] {{{10**9}}}\r\n".encode()
    inbox = start(FETCH=say(announced, then=stay_silent))
    inbox.put(bounce(message_id))
    started = time.monotonic()

    read_bounces()

    assert "was not read: abort" in caplog.text
    assert time.monotonic() - started < 5


def test_a_mailbox_that_is_not_there_is_told(settings, caplog, db):
    settings.BOUNCES = Mailbox("127.0.0.1", free_port(), "me", "secret", "INBOX")

    assert read_bounces() == 0
    assert "was not read: ConnectionRefusedError" in caplog.text


def test_a_mailbox_that_nobody_vouches_for_gets_no_password(inbox, monkeypatch, caplog, db):
    monkeypatch.delenv("SSL_CERT_FILE")

    read_bounces()

    assert "was not read: SSLCertVerificationError" in caplog.text
    assert inbox.heard == []
