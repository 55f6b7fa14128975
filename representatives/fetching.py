"""The content of a source: a file on this machine, or a public address."""

from pathlib import Path

import requests

from representatives.tables import TableRefused

TIMEOUT = (5, 60)


def fetch(source: str) -> bytes:
    """What stands at a path or an http(s) address; TableRefused where it cannot be had."""
    if not source.startswith(("https://", "http://")):
        return _read(Path(source))
    try:
        response = requests.get(source, timeout=TIMEOUT)
        response.raise_for_status()
    except requests.RequestException as error:
        raise TableRefused(f"{source} could not be fetched: {type(error).__name__}.") from error
    return response.content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableRefused(f"{path} could not be read: {error.strerror}.") from error
