"""Where tests run: a folder of their own, no variable of whoever runs them, nothing but loopback.

Set up before the settings read it. DATABASE_URL is kept: the suite also runs on PostgreSQL.
"""

import atexit
import os
import re
import shutil
import socket
import tempfile
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = re.compile(r"^#? ?([A-Z][A-Z_]+)=", re.MULTILINE)
CLOSED_PORT = "http://127.0.0.1:9"


def variables() -> set[str]:
    """Every variable that settings read, as .env.example lists them."""
    return set(VARIABLE.findall((ROOT / ".env.example").read_text()))


def bare_environment() -> dict[str, str]:
    """The environment of a process that a test starts: none of our variables, no way outside."""
    ours = variables() | {"DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    asked = ("CENSUS_GEOCODER_URL", "ROSTER_URL", "LOCAL_OFFICES_URL")
    return kept | dict.fromkeys(asked, CLOSED_PORT)


def set_up_environment() -> None:
    """For this process; each of pytest-xdist's workers has a folder of its own."""
    folder = tempfile.mkdtemp(prefix="letters-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "static").mkdir()
    for name in variables() - {"DATABASE_URL"}:
        os.environ.pop(name, None)
    os.environ |= {
        "VAR_DIR": folder,
        "BROKER_URL": "memory://",
        "DJANGO_SETTINGS_MODULE": "campaign.settings",
    }


class OutsideRefused(AssertionError):
    """A test tried to reach another machine."""


def refuse_the_outside() -> None:
    """From now on this process connects to loopback addresses and local sockets only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original):
        def guard(self, address):
            if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
                raise OutsideRefused(f"A test tried to reach {address[0]}.")
            return original(self, address)

        return guard

    socket.socket.connect = guarded(connect)
    socket.socket.connect_ex = guarded(connect_ex)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
