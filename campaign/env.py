"""The only reader of the environment: each value has a laptop default, or stops the start."""

import os
import re
import secrets
from base64 import b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from campaign.hours import read_closed_hours

DATABASE_ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgresql": "django.db.backends.postgresql",
    "postgres": "django.db.backends.postgresql",
}
BROKERS = ("amqp", "amqps", "filesystem", "memory")
SQLITE = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,  # Then campaign/outage.py answers, and keeps what was typed.
}
# Seconds; a server that does not even refuse must not hold the page.
LONGEST_CONNECTING = 5
# Where the offices are: only a gateway's own address lies there.
CONGRESS = ("house.gov", "senate.gov")


@dataclass(frozen=True)
class Mailbox:
    """A folder of a mail server that is read by IMAP over TLS."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str


def text(name: str, default: str = "") -> str:
    """The variable's text without blanks around it; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two others, which may be it too."""
    value = text(name)
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {least} to {most}, not {value!r}."
        )
    return int(value)


def phone(name: str, default: str) -> str:
    """A telephone number as the gateways take it."""
    value = text(name, default)
    if not re.fullmatch(r"[0-9]{3}-[0-9]{3}-[0-9]{4}", value):
        raise ImproperlyConfigured(f"{name} must be a telephone number like 202-555-0100.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """yes or no."""
    value = text(name).lower()
    if not value:
        return default
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def choice(name: str, *, among: tuple[str, ...], default: str) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
    return value


def day(name: str) -> date | None:
    """A day written YYYY-MM-DD, or None where it is not set."""
    value = text(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a day like 2026-11-23.") from error


def closed_hours(name: str, default: str) -> str:
    """Hours in US Eastern as `campaign.hours` reads them, still as text."""
    value = text(name, default)
    try:
        read_closed_hours(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error
    return value


def url(name: str, default: str, *, host: str = "") -> str:
    """An http(s) address without a final slash; `host` is the domain that it must lie in.

    With a `host` it must be https: letters and keys travel over it. Without one it is not of
    Congress: no stand-in for it lies there. Empty where neither it nor a default is set.
    """
    value = text(name, default)
    if not value:
        return ""
    parts = _parts(name, value)
    # Letters of other scripts can become a dot or a letter on the way to the name server.
    if parts.scheme not in {"http", "https"} or not re.fullmatch(
        r"[a-z0-9_.:-]+", parts.hostname or ""
    ):
        raise ImproperlyConfigured(f"{name} must be an http or https address.")
    if not host and any(_lies_in(parts.hostname, each) for each in CONGRESS):
        raise ImproperlyConfigured(
            f"{name} names the host {parts.hostname!r}; it must not lie in "
            f"{' or '.join(CONGRESS)}: nothing of a rehearsal may reach a real office."
        )
    if host and not _lies_in(parts.hostname, host):
        raise ImproperlyConfigured(
            f"{name} names the host {parts.hostname!r}; it must lie in {host}. "
            "Nothing was started: a letter sent elsewhere would show people's names to strangers."
        )
    if host and parts.scheme != "https":
        raise ImproperlyConfigured(f"{name} must be https: keys and letters travel over it.")
    return value.rstrip("/")


def _lies_in(hostname: str, domain: str) -> bool:
    return f".{hostname.rstrip('.')}".endswith(f".{domain}")


def _parts(name: str, value: str) -> SplitResult:
    """Of an address. Python's own words would repeat pieces of it, and it may hold a password."""
    with suppress(ValueError):
        parts = urlsplit(value)
        if parts.port != 0:
            return parts
    raise ImproperlyConfigured(
        f"{name} is no address: its host or its port cannot be read. In a password "
        "/ @ : # ? [ ] are written %2F %40 %3A %23 %3F %5B %5D."
    )


def broker(name: str, default: str) -> str:
    """Where hints travel: RabbitMQ, a folder, or this process alone."""
    value = text(name, default)
    if _parts(name, value).scheme not in BROKERS or "://" not in value:
        raise ImproperlyConfigured(f"{name} must start with {':// or '.join(BROKERS)}://.")
    return value


def mailbox(name: str) -> Mailbox | None:
    """What `imaps://user:password@host:993/INBOX` names; None where it is not set."""
    value = text(name)
    if not value:
        return None
    parts = _parts(name, value)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path[1:]) or "INBOX"
    is_whole = parts.scheme == "imaps" and parts.hostname and user and password
    # Others cannot be said to every server.
    if not is_whole or not re.fullmatch(r"[ -~]+", user + password + folder):
        raise ImproperlyConfigured(
            f"{name} must be written imaps://user:password@host:993/INBOX, in letters, digits and "
            "signs of ASCII."
        )
    return Mailbox(parts.hostname, parts.port or 993, user, password, folder)


def database(name: str, default: str) -> dict:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = _parts(name, text(name, default))
    engine = DATABASE_ENGINES.get(parts.scheme)
    if engine is None:
        raise ImproperlyConfigured(f"{name} must start with sqlite:/// or postgresql://.")
    if parts.scheme == "sqlite":
        return {"ENGINE": engine, "NAME": unquote(parts.path[1:]), "OPTIONS": dict(SQLITE)}
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": LONGEST_CONNECTING},
    }


def keys(name: str, *, folder: Path, laptop: bool) -> list[str]:
    """Secrets separated by commas, each of them a key."""
    several = [key.strip() for key in secret(name, folder=folder, laptop=laptop).split(",")]
    if not all(_is_key(key) for key in several):
        raise ImproperlyConfigured(
            f"{name} cannot be used: each key is 32 bytes in URL-safe base64, and several are "
            "separated by commas."
        )
    return several


def _is_key(value: str) -> bool:
    try:
        return len(b64decode(value, altchars="-_", validate=True)) == 32
    except ValueError:
        return False


def secret(name: str, *, folder: Path, laptop: bool) -> str:
    """A secret from the environment; on a laptop, one made at the first start and kept in `folder`.

    On a server a missing one stops the start: made there it would be lost with the container.
    """
    value = text(name)
    if value:
        return value
    if not laptop:
        raise ImproperlyConfigured(
            f"{name} is not set. Make one with `python -c 'import base64, os; "
            "print(base64.urlsafe_b64encode(os.urandom(32)).decode())'` and keep a copy apart "
            "from the database's backups: without it nothing encrypted can be read again."
        )
    return _kept_on_the_laptop(folder / name.lower())


def _kept_on_the_laptop(path: Path) -> str:
    """Made once, whole or not at all: a link refuses a second name, so two first starts agree."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(urlsafe_b64encode(secrets.token_bytes(32)).decode())
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
