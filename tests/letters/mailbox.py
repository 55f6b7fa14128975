"""A mailbox on loopback that speaks as much IMAP as a reader of bounces asks for, over TLS."""

import re
from dataclasses import dataclass, field
from socket import socket

from tests.faults.servers import Act, LoopbackServer, over_tls

PARTIAL = re.compile(r"BODY\.PEEK\[(.*)\]<0\.(\d+)>")


@dataclass
class Kept:
    """A mail in the mailbox."""

    content: bytes
    flags: set[str] = field(default_factory=set)


class MailboxServer(LoopbackServer):
    """Holds `mails` by their UID, and what was asked of it in `heard`.

    `faults` are played in place of its answers, by verb: greeting, CAPABILITY, LOGIN, SELECT,
    SEARCH, FETCH, STORE, EXPUNGE, LOGOUT.
    """

    def __init__(self, *, capabilities: str = "IMAP4rev1 UIDPLUS", **faults: Act):
        super().__init__(over_tls(self._converse))
        self.capabilities, self.faults = capabilities, faults
        self.mails: dict[int, Kept] = {}
        self.heard: list[str] = []

    def put(self, content: bytes) -> Kept:
        self.mails[len(self.mails) + 1] = kept = Kept(content)
        return kept

    def verbs(self) -> list[str]:
        return [_verb(line.split(" ", 1)[1]) for line in self.heard]

    def _converse(self, conn: socket) -> None:
        lines = conn.makefile("rb")
        self._say(conn, "greeting", "* OK at your service")
        while line := lines.readline().decode().strip():
            self.heard.append(line)
            tag, asked = line.split(" ", 1)
            verb = _verb(asked)
            if verb in self.faults:
                self.faults[verb](conn)
                continue
            conn.sendall(self._answer(verb, asked) + f"{tag} OK done\r\n".encode())
            if verb == "LOGOUT":
                return

    def _say(self, conn: socket, verb: str, text: str) -> None:
        if verb in self.faults:
            self.faults[verb](conn)
        else:
            conn.sendall(f"{text}\r\n".encode())

    def _answer(self, verb: str, asked: str) -> bytes:
        uid = next(iter(re.findall(r"^UID \w+ (\d+)", asked)), "")
        mail = self.mails.get(int(uid or 0))
        match verb:
            case "CAPABILITY":
                return f"* CAPABILITY {self.capabilities}\r\n".encode()
            case "SELECT":
                return f"* {len(self.mails)} EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n".encode()
            case "SEARCH":
                unseen = [str(each) for each, mail in self.mails.items() if not mail.flags]
                return f"* SEARCH {' '.join(unseen)}\r\n".encode()
            case "FETCH":
                return _fetched(int(uid), mail, asked) if mail else b""
            case "STORE":
                mail.flags |= set(re.findall(r"\\(\w+)", asked))
            case "EXPUNGE" if "Deleted" in mail.flags:
                del self.mails[int(uid)]
            case "LOGOUT":
                return b"* BYE\r\n"
        return b""


def _verb(asked: str) -> str:
    words = asked.split()
    return words[1] if words[0] == "UID" else words[0]


def _fetched(uid: int, mail: Kept, asked: str) -> bytes:
    name, size = PARTIAL.search(asked).groups()
    content = mail.content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if name:
        head = re.split(rb"\r\n\r\n", content)[0] + b"\r\n"
        found = re.search(rb"(?im)^content-type:.*\r\n(?:[ \t].*\r\n)*", head)
        content = (found[0] if found else b"") + b"\r\n"
    content = content[: int(size)]
    literal = f"* {uid} FETCH (UID {uid} BODY[{name}]<0> {{{len(content)}}}\r\n".encode()
    return literal + content + b")\r\n"
