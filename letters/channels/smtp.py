"""The border to a mail server: one mail, and the exact line at which it may have arrived.

Until the server has asked for the content (354) nothing has left. From then on its answer to the
final dot is the verdict, and silence is none.
"""

import logging
import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from smtplib import SMTPDataError, SMTPResponseException, SMTPServerDisconnected
from socket import socket

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.core.mail.utils import DNS_NAME

from letters.channels.deadline import Deadline, deadline_in_force
from letters.channels.interface import ChannelError, Rejected, Unavailable, Uncertain
from letters.channels.keeping import Keeper
from letters.states import Reason

log = logging.getLogger(__name__)

# Far more than any server says.
REPLY_LINES, LINE_BYTES = 100, 8 * 1024
REPLY = re.compile(rb"([2-5]\d\d)([- ]?)(.*)", re.DOTALL)
CLOSING = 421
# Wants a password, or another one: nothing is wrong with the letter.
KEY_REFUSED = {530, 534, 535, 538}
# Answers to RCPT that speak of the address. Many servers keep what they have against us until
# then: 5.1.7 and 5.1.8 are about our own address, 5.5 and 5.7 about how and whether we may send.
# Without such a number (RFC 3463) the code alone must say it.
NO_SUCH_MAILBOX = re.compile(r"RCPT: #?5\.(1\.(?![78]\b)|2\.|4\.)\d")
NUMBERED = re.compile(r"RCPT: #?\d\.\d+\.\d")
MAILBOX_CODES = {550, 551, 553}


class RecipientRefused(Rejected):
    """The address takes no mail of ours, and would not take the next one."""


class SmtpMailer:
    """Sends mails by the server that Django's EMAIL_ settings name, each within `seconds`."""

    def __init__(self, *, seconds: float):
        self._seconds = seconds
        self._lines = Keeper(part=_Line.leave)

    def send(self, mail: EmailMessage, *, begin: Callable[[], None]) -> None:
        """Returns once the server has the mail; calls `begin` right before its content leaves."""
        content = mail.message().as_bytes(linesep="\r\n")
        with Deadline(self._seconds) as deadline:
            line = self._line_at_content(mail, len(content))
            try:
                begin()
                if deadline.is_over:
                    raise Unavailable(Reason.UNREACHABLE, evidence="no time was left to send it")
                _transfer(line, content)
            except BaseException:
                line.close()
                raise
        self._lines.keep(line)

    def _line_at_content(self, mail: EmailMessage, size: int) -> "_Line":
        """A line on which the server waits for the content: the kept one, or else a new one."""
        kept = self._lines.take()
        if kept is not None:
            try:
                kept.resume()
                kept.announce(mail, size)
            except OSError as error:
                kept.leave()
                if not _hung_up(error):
                    raise _refusal(error) from error
            else:
                return kept
        line = _open_line()
        try:
            line.announce(mail, size)
        except OSError as error:
            line.leave()
            raise _refusal(error) from error
        return line


class _Line(smtplib.SMTP):
    """A connection that keeps the deadline, and stops after the 354 to ask whether to go on."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket:
        return deadline_in_force().connect(host, port)

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's, but bounded, and what is no reply is a break and not an answer of 500.

        421 may stand for any reply, and means that the server hangs up.
        """
        self.file = self.file or self.sock.makefile("rb")
        texts = []
        for _ in range(REPLY_LINES):
            code, more, text = self._reply_line()
            texts.append(text.strip())
            if more != b"-":
                break
        else:
            self._break("the reply has no end")
        if code == CLOSING:
            self.close()
            raise SMTPResponseException(code, b"\n".join(texts))
        return code, b"\n".join(texts)

    def _reply_line(self) -> tuple[int, bytes, bytes]:
        try:
            line = self.file.readline(LINE_BYTES)
        except OSError as error:
            self._break(type(error).__name__)
        said = REPLY.fullmatch(line) if line.endswith(b"\n") else None
        if said is None:
            self._break("closed" if not line else "no reply of SMTP")
        return int(said[1]), said[2], said[3]

    def _break(self, why: str) -> None:
        self.close()
        raise SMTPServerDisconnected(why)

    def resume(self) -> None:
        """Under the next mail's deadline. Whether the server is still there, MAIL will tell."""
        deadline_in_force().watch(self.sock)
        self.sock.settimeout(deadline_in_force().left)

    def announce(self, mail: EmailMessage, size: int) -> None:
        """Up to the server's 354. SMTPDataError where it does not want this mail."""
        encoding = mail.encoding or settings.DEFAULT_CHARSET
        options = [f"size={size}"] if self.has_extn("size") else []
        _want("MAIL", 2, self.mail(sanitize_address(mail.from_email, encoding), options))
        for address in mail.recipients():
            _want("RCPT", 2, self.rcpt(sanitize_address(address, encoding)))
        _want("DATA", 3, self.docmd("DATA"))

    def transfer(self, content: bytes) -> None:
        """The content up to the final dot. SMTPDataError where it was not taken."""
        stuffed = re.sub(rb"(?m)^\.", b"..", content)
        end = b"" if stuffed.endswith(b"\r\n") else b"\r\n"
        self.send(stuffed + end + b".\r\n")
        _want("the dot", 2, self.getreply())

    def leave(self) -> None:
        """Says goodbye and waits for no answer: what came of the mails stands already."""
        with suppress(OSError):
            self.putcmd("QUIT")
        self.close()


class _TlsLine(smtplib.SMTP_SSL, _Line):
    """The same, in TLS from the first byte."""


def _open_line() -> _Line:
    """A line that Django's settings describe, ready for a mail; Unavailable where there is none."""
    server = EmailBackend()
    line = None
    try:
        own_name = deadline_in_force().in_time(DNS_NAME.get_fqdn)
        if server.use_ssl:
            tls = server.ssl_context
            line = _TlsLine(server.host, server.port, local_hostname=own_name, context=tls)
        else:
            line = _Line(server.host, server.port, local_hostname=own_name)
        if server.use_tls:
            line.starttls(context=server.ssl_context)
        line.ehlo_or_helo_if_needed()
        if server.username and server.password:
            line.login(server.username, server.password)
    except (OSError, ValueError) as error:
        # ValueError: a name that is no name, a challenge that is no base64.
        if line is not None:
            line.close()
        raise _refusal(error) from error
    return line


def _transfer(line: _Line, content: bytes) -> None:
    try:
        line.transfer(content)
    except OSError as error:
        raise _verdict(error) from error


def _want(verb: str, digit: int, reply: tuple[int, bytes]) -> None:
    code, text = reply
    if code // 100 != digit:
        raise SMTPDataError(code, f"{verb}: {text.decode('utf-8', 'replace')}")


def _code(error: Exception) -> int:
    """The server's three digits; 0 where it gave none."""
    return error.smtp_code if isinstance(error, SMTPResponseException) else 0


def _hung_up(error: OSError) -> bool:
    return _code(error) in {0, CLOSING}


def _refusal(error: Exception) -> ChannelError:
    """What trouble before the content means: the mail has not left."""
    code = _code(error)
    if 400 <= code < 500:
        return Unavailable(Reason.BUSY, evidence=_evidence(error))
    if code in KEY_REFUSED or isinstance(error, smtplib.SMTPAuthenticationError):
        log.error("the mail server refuses us with %s: somebody must look", code)
        return Unavailable(Reason.KEY_REFUSED, evidence=_evidence(error))
    if code >= 500 and isinstance(error, SMTPDataError):
        refusal = RecipientRefused if _is_about_the_address(error) else Rejected
        return refusal(Reason.REFUSED, evidence=_evidence(error))
    return Unavailable(Reason.UNREACHABLE, evidence=_evidence(error))


def _is_about_the_address(error: SMTPDataError) -> bool:
    if NUMBERED.match(error.smtp_error):
        return bool(NO_SUCH_MAILBOX.match(error.smtp_error))
    return error.smtp_code in MAILBOX_CODES and error.smtp_error.startswith("RCPT:")


def _verdict(error: OSError) -> ChannelError:
    """What trouble after the content began means: only a clear no says that it is not there."""
    code = _code(error)
    if 400 <= code < 500:
        return Unavailable(Reason.BUSY, evidence=_evidence(error))
    if code >= 500:
        return Rejected(Reason.REFUSED, evidence=_evidence(error))
    return Uncertain(Reason.NO_ANSWER, evidence=_evidence(error))


def _evidence(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
