"""A TCP proxy in front of a server that others use too: it is shut, the server goes on."""

import socket
import struct
import threading
from contextlib import suppress
from typing import Self

# Closed with this, a connection is reset: the other side is told so at once.
RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Listens on a port of its own; `shut` resets what goes through it and refuses what comes."""

    def __init__(self, port_behind: int):
        self._behind = ("127.0.0.1", port_behind)
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.port = 0
        self._door: socket.socket | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *error) -> None:
        self.shut()

    def open(self) -> None:
        """On the same port as before."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, args=(self._door,), daemon=True).start()

    def shut(self) -> None:
        # A thread that waits in `accept` would keep the port open.
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        with self._lock:
            connections, self._connections = self._connections, set()
        for connection in connections:
            _reset(connection)

    def _let_in(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = door.accept()
                server = socket.create_connection(self._behind)
                with self._lock:
                    self._connections |= {caller, server}
                for ways in ((caller, server), (server, caller)):
                    threading.Thread(target=self._carry, args=ways, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        with self._lock:
            self._connections -= {source, target}
        for connection in (source, target):
            _reset(connection)


def _reset(connection: socket.socket) -> None:
    """Also under a thread that waits in `recv`, which `close` alone would leave waiting."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.shutdown(socket.SHUT_RD)
    connection.close()
