"""The channels that settings list, ready to use, in their order."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from letters.channels.interface import Channel


@cache
def channels() -> dict[str, Channel]:
    """Name → channel, the preferred one first; built once from settings.CHANNELS."""
    return {
        name: import_string(entry["BACKEND"])(name=name, **entry["OPTIONS"])
        for name, entry in settings.CHANNELS.items()
    }
