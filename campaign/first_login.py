"""The organizer's first login: made once, and told until its password is changed."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

USERNAME = "organizer"
# No vowels, nothing that looks like something else: read off a screen, typed on a phone.
LETTERS = "bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True)
class FirstLogin:
    """How the organizer gets in before a password of their own is set."""

    username: str
    password: str


def first_login() -> FirstLogin | None:
    """Makes the organizer where there is none; None once the password made here is changed.

    The file is written before the login: a start that is cut short loses no password.
    """
    path = settings.VAR_DIR / "first-login.txt"
    organizer = get_user_model().objects.filter(username=USERNAME).first()
    if organizer is None:
        login = _read(path) or _write(path)
        get_user_model().objects.create_superuser(login.username, password=login.password)
        return login
    login = _read(path)
    if login is None or organizer.check_password(login.password):
        return login
    path.unlink()
    return None


def _read(path: Path) -> FirstLogin | None:
    if not path.exists():
        return None
    username, password = path.read_text().split()
    return FirstLogin(username=username, password=password)


def _write(path: Path) -> FirstLogin:
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(f"{USERNAME} {password}\n")
    fresh.replace(path)
    return FirstLogin(username=USERNAME, password=password)
