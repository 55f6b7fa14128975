"""The total time of one call to the outside, kept whatever the other side does."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar

# One address of several may be a hole that swallows everything.
CONNECT_SECONDS = 5


class Deadline:
    """When the time is over, the sockets of the call are shut down under whoever waits on them.

    The timeouts of requests and smtplib begin anew with every byte: a dripping sender outlives
    them. To be used as a context, within which `deadline_in_force()` finds it from below a library.
    """

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds
        self._twins: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._before = _in_force.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_) -> None:
        self._timer.cancel()
        _in_force.reset(self._before)
        with self._lock:
            for twin in self._twins:
                twin.close()
            self._twins.clear()

    @property
    def left(self) -> float:
        """Seconds; never 0, which a socket would take for "do not wait"."""
        return max(0.001, self._ends - time.monotonic())

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends

    def watch(self, sock: socket.socket) -> None:
        """Puts a connected socket under this deadline.

        By a twin of its descriptor: wrapping into TLS empties the object that was there before.
        """
        twin = socket.socket(fileno=os.dup(sock.fileno()))
        with self._lock:
            self._twins.append(twin)
        if self.is_over:
            self._shut()

    def connect(self, host: str, port: int) -> socket.socket:
        """A connected socket under this deadline. OSError where there is none."""
        if self.is_over:
            raise TimeoutError("no time was left to connect")
        trouble = OSError("the host has no address")
        for *kind, _, address in self.in_time(
            socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM
        ):
            try:
                return self._connected(kind, address)
            except OSError as error:
                trouble = error
        raise trouble

    def _connected(self, kind: list[int], address: tuple) -> socket.socket:
        sock = socket.socket(*kind)
        try:
            sock.settimeout(min(CONNECT_SECONDS, self.left))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(self.left)
            self.watch(sock)
        except OSError:
            sock.close()
            raise
        return sock

    def in_time(self, ask: Callable, *args: object) -> object:
        """What `ask` returns or raises (OSError, ValueError); TimeoutError if time is over first.

        For the name service, which knows no timeout: its thread is left behind.
        """
        answer = Future()

        def run() -> None:
            try:
                answer.set_result(ask(*args))
            except (OSError, ValueError) as error:
                answer.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        return answer.result(timeout=self.left)

    def _shut(self) -> None:
        with self._lock:
            for twin in self._twins:
                # The other side may have been faster.
                with contextlib.suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)


_in_force: ContextVar[Deadline] = ContextVar("deadline")


def deadline_in_force() -> Deadline:
    """The deadline of the call that is going on here; LookupError outside of one."""
    return _in_force.get()
