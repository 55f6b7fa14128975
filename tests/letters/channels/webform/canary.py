"""A listener that nobody may reach: on every address of this machine, by TCP and by UDP."""

import socket
import subprocess
import threading
from contextlib import suppress
from typing import Self


class Canary:
    """`heard` holds the path of each request, or what kind of bytes came."""

    def __enter__(self) -> Self:
        self.heard: list[str] = []
        self._tcp = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        self._udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        self._udp.bind(("::", self.port))
        for listen in (self._hear_tcp, self._hear_udp):
            threading.Thread(target=listen, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        for each in (self._tcp, self._udp):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _hear_udp(self) -> None:
        with suppress(OSError):
            while self._udp.recv(2048):
                self.heard.append("udp")

    def _hear_tcp(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._tcp.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            client.settimeout(2)
            line = client.recv(2048).split(b"\r\n")[0].split(b" ")
            self.heard.append(line[1].decode() if len(line) == 3 else "bytes")
            client.sendall(
                b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n"
                b"Connection: close\r\n\r\n"
            )


def other_address() -> str:
    """This machine's address on its network; another one of loopback where it has no network."""
    told = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
    return next((each for each in told if ":" not in each), "127.0.0.2")
