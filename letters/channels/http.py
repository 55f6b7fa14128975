"""An HTTP connection under a deadline, which is in force for every byte from the name on."""

import socket
import time
from http.client import HTTPResponse, IncompleteRead
from io import BufferedReader

from django.utils.http import parse_http_date_safe
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from letters.channels.deadline import deadline_in_force

LONGEST_WAIT = 24 * 60 * 60.0


class _WholeLines(BufferedReader):
    """Lines up to their ends: http.client takes a head that breaks off for a whole one."""

    def readline(self, limit: int = -1) -> bytes:
        line = super().readline(limit)
        if not line.endswith(b"\n") and len(line) != limit:
            raise IncompleteRead(line)
        return line


class _WholeHead(HTTPResponse):
    """An answer that counts only once its head has been read to the end."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fp = _WholeLines(self.fp.detach())


class _Watched:
    """A connection of urllib3, new or kept, whose socket the deadline can shut down."""

    response_class = _WholeHead

    def _new_conn(self) -> socket.socket:
        return deadline_in_force().connect(self._dns_host, self.port)

    def request(self, *args, **kwargs) -> None:
        if self.sock is not None:
            deadline_in_force().watch(self.sock)
        super().request(*args, **kwargs)


class _Plain(_Watched, HTTPConnection):
    pass


class _Secure(_Watched, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class HttpLine(HTTPAdapter):
    """What `requests` sends by, on its own, for one thread.

    Without a session nothing follows a redirect or keeps a cookie, and nobody asks the environment
    for a proxy or a password. Within a deadline only.
    """

    def init_poolmanager(self, *args, **kwargs) -> None:
        super().init_poolmanager(*args, **kwargs)
        _watch_pools(self.poolmanager)

    def proxy_manager_for(self, *args, **kwargs):
        manager = super().proxy_manager_for(*args, **kwargs)
        _watch_pools(manager)
        return manager


def _watch_pools(manager) -> None:
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


def wait_asked_for(retry_after: str) -> float | None:
    """Seconds until a Retry-After header (seconds, or an HTTP date); None where unreadable.

    At most a day: whoever asks for more is asked again tomorrow.
    """
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), LONGEST_WAIT)
    moment = parse_http_date_safe(retry_after)
    return None if moment is None else min(max(0.0, moment - time.time()), LONGEST_WAIT)
