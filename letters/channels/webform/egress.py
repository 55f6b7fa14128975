"""The only way out for both engines: a forward proxy of our own, for one letter, deny by default.

It knows nothing of recipes or pages. It resolves every name itself, looks at the addresses and
connects to what it has looked at: whoever asks again and gets another answer gains nothing.
"""

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from letters.channels.webform.passing import NotUnderstood, Request, pass_on, read_request, refuse

CONGRESS = ("senate.gov", "house.gov")
WEB_PORTS = (80, 443)
CONNECT_SECONDS = 5
# A page may ask for many pictures at once; Chromium opens 32 connections to a proxy.
AT_ONCE = 64
# What is named in a log comes from a page that may be hostile.
NAMES_KEPT = 50
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"{LABEL}(\.{LABEL})+")
# All of IPv6 that leads to one machine; behind NAT64 an IPv4 address is the end of the other's.
UNICAST, NAT64 = IPv6Network("2000::/3"), IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


@dataclass(frozen=True)
class Allowed:
    """The hosts that one letter may reach: an office's own, or one rehearsal's origin."""

    domain: str = ""
    origin: tuple[str, int] | None = None

    @classmethod
    def office(cls, host: str) -> "Allowed":
        """`www.schumer.senate.gov` stands for `schumer.senate.gov` and everything below it.

        ValueError for a host that is no office's, such as `senate.gov` itself.
        """
        labels = host.lower().split(".")
        if not NAME.fullmatch(host.lower()) or ".".join(labels[-2:]) not in CONGRESS:
            raise ValueError("the host of a form is not within senate.gov or house.gov")
        if len(labels) < 3:
            raise ValueError("senate.gov and house.gov belong to no single office")
        return cls(domain=".".join(labels[-3:]))

    @classmethod
    def rehearsal(cls, url: str) -> "Allowed":
        """The origin of this URL and nothing else; ValueError where that is an office's."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if not host or f".{host}".endswith(tuple(f".{each}" for each in CONGRESS)):
            raise ValueError("a rehearsal has a host of its own, which is none of Congress's")
        return cls(origin=(host, parts.port or (443 if parts.scheme == "https" else 80)))

    def takes(self, host: str, port: int) -> bool:
        """Whether a request may name this host, in lower case, and this port."""
        if self.origin:
            return (host, port) == self.origin
        own = host == self.domain or host.endswith(f".{self.domain}")
        return own and port in WEB_PORTS and NAME.fullmatch(host) is not None

    def reaches(self, address: str) -> bool:
        """Whether one may connect to this address, to which a host was resolved."""
        return self.origin is not None or is_public(address)


def is_public(address: str) -> bool:
    """False for every address that does not lead to exactly one machine of the open internet."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        if ip in NAT64:
            return is_public(str(ip_address(int(ip) & 0xFFFFFFFF)))
        if ip not in UNICAST or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the machine's own name service gives; OSError where it gives none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(address[0] for *_, address in found))


def connect(address: tuple[str, int], seconds: float) -> socket.socket:
    return socket.create_connection(address, seconds)


class Refused(Exception):
    """This request goes nowhere. The message is for the log of the letter's steps."""


class Unreachable(Exception):
    """The host is allowed, and does not answer."""


class Egress:
    """A listener on a port of loopback, which ends with its letter."""

    def __init__(self, allowed: Allowed, *, resolve: Resolve, connect: Connect):
        self._allowed, self._resolve, self._connect = allowed, resolve, connect
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()
        self._refused: Counter[str] = Counter()
        self._is_over = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(1)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._accepting = threading.Thread(target=self._accept, name="egress", daemon=True)
        self._accepting.start()

    @property
    def refused(self) -> tuple[str, ...]:
        """One line for each host that was asked for and refused, with why and how often."""
        with self._lock:
            return tuple(f"{name} × {times}" for name, times in self._refused.items())

    def close(self) -> None:
        """Nothing goes out from here on, whoever still holds a connection."""
        with self._lock:
            self._is_over = True
            open_now, running = [self._listener, *self._sockets], list(self._threads)
        for each in open_now:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        # Who waits for the name service cannot be woken, and will find that it is over.
        patience = time.monotonic() + 1
        for thread in (self._accepting, *running):
            thread.join(max(0, patience - time.monotonic()))

    def _accept(self) -> None:
        while not self._is_over:
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            with self._lock:
                crowded = len(self._threads) >= AT_ONCE
                if not crowded:
                    self._threads.add(thread)
            if crowded:
                client.close()
            else:
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with suppress(OSError), self._held(client):
                self._answer(client)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())

    def _answer(self, client: socket.socket) -> None:
        try:
            request = read_request(client)
            server = self._way_to(request)
        except (NotUnderstood, Refused) as error:
            self._note(str(error))
            refuse(client, 400 if isinstance(error, NotUnderstood) else 403, "It may not go there.")
        except Unreachable:
            refuse(client, 502, "The host could not be reached.")
        else:
            with self._held(server):
                pass_on(request, client, server)

    def _way_to(self, request: Request) -> socket.socket:
        """A connection to an address that was looked at. Raises Refused or Unreachable."""
        host, port = request.host.strip("[]"), request.port
        if not self._allowed.takes(host, port):
            raise Refused(f"{host}:{port} is none of this office's")
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise Unreachable("the host has no address") from error
        if not all(map(self._allowed.reaches, addresses)):
            raise Refused(f"{host}:{port} leads to an address that is not public")
        return self._connected([(address, port) for address in addresses])

    def _connected(self, addresses: list[tuple[str, int]]) -> socket.socket:
        for address in addresses:
            if self._is_over:
                break
            with suppress(OSError):
                return self._connect(address, CONNECT_SECONDS)
        raise Unreachable("no address answered")

    def _note(self, why: str) -> None:
        with self._lock:
            if why in self._refused or len(self._refused) < NAMES_KEPT:
                self._refused[why] += 1

    @contextmanager
    def _held(self, sock: socket.socket) -> Iterator[socket.socket]:
        """Open for a while, and known to whoever ends it all."""
        with sock:
            with self._lock:
                self._sockets.add(sock)
            try:
                if self._is_over:
                    raise ConnectionAbortedError("the letter's time is over")
                yield sock
            finally:
                with self._lock:
                    self._sockets.discard(sock)


@contextmanager
def egress(
    allowed: Allowed, *, resolve: Resolve = resolve, connect: Connect = connect
) -> Iterator[Egress]:
    """The way out for one letter: give `.url` to an engine, and put `.refused` into the log."""
    way = Egress(allowed, resolve=resolve, connect=connect)
    try:
        yield way
    finally:
        way.close()
