"""The only reader of the environment: each value has a laptop default, or stops the start."""

import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgresql": "django.db.backends.postgresql",
    "postgres": "django.db.backends.postgresql",
}


def text(name: str, default: str = "") -> str:
    """The variable's text without blanks around it; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


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


def url(name: str, default: str, *, hosts: tuple[str, ...] = ()) -> str:
    """An http(s) address without a final slash; `hosts` are the domains that it must lie in.

    An address for one of `hosts` must be https: letters and keys travel over it.
    """
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be an http or https address.")
    if hosts and not any(
        parts.hostname == host or parts.hostname.endswith("." + host) for host in hosts
    ):
        raise ImproperlyConfigured(
            f"{name} names the host {parts.hostname!r}; it must lie in {' or '.join(hosts)}. "
            "Nothing was started: a letter sent elsewhere would show people's names to strangers."
        )
    if hosts and parts.scheme != "https":
        raise ImproperlyConfigured(f"{name} must be https: keys and letters travel over it.")
    return value


def database(name: str, default: str) -> dict:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(text(name, default))
    engine = DATABASE_ENGINES.get(parts.scheme)
    if engine is None:
        raise ImproperlyConfigured(f"{name} must start with sqlite:/// or postgresql://.")
    if parts.scheme == "sqlite":
        return {"ENGINE": engine, "NAME": unquote(parts.path[1:])}
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


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
