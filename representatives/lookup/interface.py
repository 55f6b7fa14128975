"""What every lookup provider answers, and the list of them in the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup.answers import Reason


@dataclass(frozen=True)
class Match:
    """A district that an address may lie in, and the ZIP code of the place that was found.

    Not `mapped`: the state has no map of that Congress yet, and the district says no more than it.
    """

    district: District
    zip: str = ""
    mapped: bool = True


class ProviderFailed(Exception):
    """A provider could not answer. Carries a reason and never the address, nor a URL with it."""

    def __init__(self, reason: Reason, detail: str = ""):
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason


class Provider(Protocol):
    """Knows districts of addresses, from the ZIP code or from the street."""

    # Asked about streets only, over the network, and only where the ZIP code leaves it open.
    needs_street: bool

    def matches(self, address: Address, *, congress: int) -> tuple[Match, ...]:
        """Every district that fits, on the map of that Congress; none where nothing is found.

        Raises ProviderFailed.
        """

    def basis(self, congress: int) -> str:
        """What its answers for that Congress rest on, in words; asked of streets' providers."""


def configured_providers() -> Iterator[tuple[str, Provider]]:
    """The settings' providers by name, in the order in which they are asked."""
    for name, entry in settings.LOOKUP_PROVIDERS.items():
        yield name, import_string(entry["BACKEND"])(**entry["OPTIONS"])
