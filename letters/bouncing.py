"""Mails of ours that came back: looked for where they return to, and told to who waits for them.

Most mail servers take a mail, and say in another one (RFC 3464) that it did not arrive. Who knows
the Message-ID of a mail can forge that one: its reader, and the servers on its way. All that comes
of it is a page that says "does not take our mail". What is said of one mail is believed only while
no newer one is ordered for the same letter: the address may be another by now.
"""

import imaplib
import logging
import random
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from django.conf import settings
from django.utils import timezone

from letters.channels.deadline import Deadline, deadline_in_force
from letters.models import Notice

log = logging.getLogger(__name__)

# In one look, and of one mail: text, report, and the header of ours stand before that.
MOST_SECONDS, MOST_MAILS, MOST_BYTES = 30, 100, 64 * 1024
OK = "OK"
# For good (RFC 3463); a comment may follow.
REFUSED = re.compile(r"\s*(5\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Bounce:
    """That a mail was refused for good: what may name it, and the number of the reason."""

    names: str
    status: str


def read_bounces() -> int:
    """Returns how many mails were found to have come back.

    A second worker that looks at the same time finds the same ones, and does no harm.
    """
    if settings.BOUNCES is None:
        return 0
    found = 0
    try:
        with Deadline(MOST_SECONDS), _Inbox() as inbox:
            inbox.enter()
            for uid in inbox.unread():
                found += _is_done(inbox, uid)
    except (OSError, imaplib.IMAP4.error) as error:
        # What it says may quote an address.
        log.warning("the mailbox of bounces was not read: %s", type(error).__name__)
    return found


def _is_done(inbox: "_Inbox", uid: int) -> bool:
    """Reads one mail; whatever is not about a mail of ours stays as it is, unread."""
    if b"multipart/report" not in inbox.part(uid, "HEADER.FIELDS (CONTENT-TYPE)").lower():
        return False
    bounce = bounce_in(inbox.part(uid))
    if bounce is None or not _believe(bounce):
        return False
    inbox.delete(uid)
    return True


def _believe(bounce: Bounce) -> bool:
    notice = Notice.objects.by_message_id(bounce.names)
    if notice is None:
        return False
    newer = Notice.objects.filter(letter=notice.letter_id, ordered_at__gt=notice.ordered_at)
    if notice.refused_at is None and not newer.exists():
        Notice.objects.filter(id=notice.id).update(refused_at=timezone.now())
        log.info("notice %s came back: %s", notice.id, bounce.status)
    return True


def bounce_in(content: bytes) -> Bounce | None:
    """What a delivery status notification says; None for any other mail, also a broken one."""
    try:
        return _bounce_in(message_from_bytes(content))
    except (ValueError, LookupError, RecursionError) as error:
        # Python's reader of mails takes almost everything, and has its limits.
        log.info("a mail in the mailbox of bounces cannot be read: %s", type(error).__name__)
        return None


def _bounce_in(mail: Message) -> Bounce | None:
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return None
    parts = mail.get_payload()
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    blocks = [block for part in reports for block in part.get_payload()]
    status = next((found for block in blocks if (found := _refusal_in(block))), "")
    names = [header for part in parts for header in _all(_original(part), "Message-ID")]
    # Some send nothing of our mail back, and name it all the same.
    names += [header for block in blocks for header in _all(block, "X-Original-Message-ID")]
    names += _all(mail, "In-Reply-To")
    return Bounce(names=" ".join(names), status=status) if status else None


def _refusal_in(block: Message) -> str:
    """The number of the reason; empty if this recipient is not refused for good."""
    status = REFUSED.match(str(block.get("Status", "")))
    is_failed = str(block.get("Action", "")).strip().lower() == "failed"
    return status[1] if status and is_failed else ""


def _original(part: Message) -> Message:
    """The mail that came back, or its header alone; an empty one where this is no such part."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return part.get_payload(0)
    if kind == "text/rfc822-headers":
        return message_from_bytes(part.get_payload(decode=True) or b"")
    return Message()


def _all(part: Message, name: str) -> list[str]:
    return [str(each) for each in part.get_all(name, [])]


class _Inbox(imaplib.IMAP4_SSL):
    """A connection that keeps the deadline, and reads no more of a mail than it asks for."""

    def __init__(self):
        self._box = settings.BOUNCES
        tls = ssl.create_default_context()
        super().__init__(self._box.host, self._box.port, ssl_context=tls)

    def __exit__(self, kind: type[BaseException] | None, *_) -> None:
        """After trouble nobody waits for a goodbye."""
        if kind is None:
            self.logout()
        else:
            with suppress(OSError):
                self.shutdown()

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        sock = deadline_in_force().connect(self.host, self.port)
        return self.ssl_context.wrap_socket(sock, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        if size > MOST_BYTES:
            raise self.abort("more than was asked for")
        return super().read(size)

    def enter(self) -> None:
        self.login(_quoted(self._box.user), self._box.password)
        # Without such a folder the next question is an error.
        self.select(_quoted(self._box.folder))
        self._expunges = "UIDPLUS" in str(self.capability()).upper()

    def unread(self) -> list[int]:
        """The newest, and others by lot: what nobody ever reads hides nothing for long."""
        found = b" ".join(line for line in self._ask("SEARCH", "UNSEEN") if line)
        uids = sorted((int(each) for each in found.split() if each.isdigit()), reverse=True)
        others = uids[MOST_MAILS:]
        return uids[:MOST_MAILS] + random.sample(others, min(MOST_MAILS, len(others)))

    def part(self, uid: int, name: str = "") -> bytes:
        """The beginning of a part of a mail, or of all of it, which stays unread."""
        data = self._ask("FETCH", str(uid), f"(BODY.PEEK[{name}]<0.{MOST_BYTES}>)")
        return next((piece[1] for piece in data if isinstance(piece, tuple)), b"")

    def delete(self, uid: int) -> None:
        """What has come back holds an address, and often the mail."""
        self._ask("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen \Deleted)")
        if self._expunges:
            self._ask("EXPUNGE", str(uid))

    def _ask(self, command: str, *arguments: str) -> list:
        answer, data = self.uid(command, *arguments)
        if answer != OK:
            raise self.error(f"{command} was refused")
        return data


def _quoted(text: str) -> str:
    """As `login` itself quotes a password, and nothing else."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
