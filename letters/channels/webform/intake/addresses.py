"""Where a recipe may lead: to pages of the Senate and the House, and nowhere else."""

import re
from urllib.parse import urlsplit

HOUSE = "house.gov"
CONGRESS = ("senate.gov", HOUSE)
# What browsers and parsers of addresses read differently.
AMBIGUOUS = re.compile(r"[\s\\@\x00-\x1f\x7f]")


def allowed_address(address: str) -> str:
    """The address by https; empty where it is not one of the Congress."""
    if AMBIGUOUS.search(address):
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or port not in (None, 80, 443):
        return ""
    if not any(host == each or host.endswith(f".{each}") for each in CONGRESS):
        return ""
    return parts._replace(scheme="https", netloc=host).geturl()


def is_of_house(address: str) -> bool:
    """Where a recipe of a senator leads who once was a representative."""
    host = urlsplit(address).hostname or ""
    return host == HOUSE or host.endswith(f".{HOUSE}")
