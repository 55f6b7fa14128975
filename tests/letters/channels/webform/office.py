"""An office's web site on loopback. It plays the proxy too: so it is every host there is."""

import json
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from letters.channels.webform.engine import Landing, Look
from letters.channels.webform.plain import PlainEngine
from letters.channels.webform.recipe import Action, Kind, Plan
from tests.faults.servers import Act, LoopbackServer, read_request, say, tls_context

OFFICE = "http://www.office.example"
MESSAGE = "Dear Senator,\n\nНіна & Škłoŭ say “hello” — 100% <sure>; a=b+c*d~e_f-g.h\u00a0(i)!"
THANKS = "<!doctype html><title>Office</title><h1>Thank you</h1>"


@dataclass(frozen=True)
class Asked:
    """A request as it has arrived."""

    method: str
    url: str
    head: str
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def header(self, name: str) -> str:
        found = re.search(rf"^{name}: (.*?)\r?$", self.head, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""

    @property
    def entries(self) -> list[tuple[str, str]]:
        """Of a body or a query that is encoded in UTF-8."""
        told = self.body.decode() if self.method == "POST" else urlsplit(self.url).query
        return parse_qsl(told, keep_blank_values=True)


def page(body: str, *, kind: str = "text/html; charset=utf-8", status: int = 200, **headers) -> Act:
    """Answers with this page; a header's `_` is a `-`."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content)}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return say("\r\n".join([*lines, "", ""]).encode() + content)


def redirect(to: str, status: int = 302, **headers) -> Act:
    return page("", status=status, Location=to, **headers)


class Office(LoopbackServer):
    """Serves `pages` by path, whatever the host, and keeps what it was asked.

    A path's answer to a POST may be listed under "POST /path".
    """

    def __init__(self, pages: dict[str, Act]):
        super().__init__(self._converse)
        self.pages = pages
        self.asked: list[Asked] = []

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def posted(self) -> list[Asked]:
        return [each for each in self.asked if each.method == "POST"]

    def _converse(self, conn: socket.socket) -> None:
        host = ""
        while True:
            asked = self._read(conn, host)
            if asked.method == "CONNECT":
                conn.sendall(b"HTTP/1.1 200 Go on\r\n\r\n")
                host = f"https://{asked.url.removesuffix(':443')}"
                conn = tls_context().wrap_socket(conn, server_side=True)
                continue
            self.asked.append(asked)
            answer = self.pages.get(f"{asked.method} {asked.path}") or self.pages.get(asked.path)
            (answer or page("Not here", status=404))(conn)

    @staticmethod
    def _read(conn: socket.socket, host: str) -> Asked:
        head, _, body = read_request(conn).partition(b"\r\n\r\n")
        method, url, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
        return Asked(method, url if "://" in url else host + url, head.decode("latin-1"), body)


def make_plan(*actions: Action, url: str = f"{OFFICE}/form", success: str = "Thank you") -> Plan:
    return Plan("X000000", (Action(Kind.VISIT, value=url), *actions), success)


def fill(selector: str = "[name=message]", value: str = MESSAGE, **more) -> Action:
    return Action(Kind.FILL, selector, value, **{"required": True} | more)


def write(selector: str = "[name=message]", value: str = MESSAGE) -> Action:
    """Fills in the message."""
    return fill(selector, value, is_message=True)


def click(selector: str = "#send") -> Action:
    return Action(Kind.CLICK, selector, required=True)


def form(fields: str = "", *, attributes: str = "", method: str = "post") -> str:
    return f"""<!doctype html><meta charset=utf-8><body><form method="{method}" {attributes}>
        <textarea name=message></textarea>{fields}<button id=send>Send</button></form>"""


@dataclass
class Sent:
    """What came of a letter."""

    landing: Landing | Look
    office: Office
    begun: list[Plan] = field(default_factory=list)

    @property
    def last(self) -> Asked:
        return self.office.posted[-1]


Run = Callable[..., Sent]


def plain_run(office: Office, plan: Plan, *, seconds: float = 5, begin=None) -> Sent:
    begun: list[Plan] = []
    landing = PlainEngine().submit(
        plan, proxy=office.proxy, seconds=seconds, begin=begin or begun.append
    )
    return Sent(landing, office, begun)


def shown(landing: Landing) -> str:
    return json.dumps(landing.log)
