"""The story of a lookup: the ZIP code first, the street where that leaves it open, then seats."""

import logging
from datetime import date

from representatives.addresses import Address
from representatives.congress import congress_on, lookup_day
from representatives.lookup.answers import Lookup, Outcome, Reason
from representatives.lookup.deciding import Verdict, by_street, by_zip, without_map
from representatives.lookup.directory import Directory
from representatives.lookup.explaining import Asked, Explanation, steps_of
from representatives.lookup.interface import (
    Match,
    Provider,
    ProviderFailed,
    configured_providers,
)
from representatives.seat_codes import senate_seat_codes

logger = logging.getLogger(__name__)


def find_seats(address: Address, *, on: date | None = None, offline: bool = False) -> Lookup:
    """The seats of an address on a day (today, or the rehearsal's); never raises for an address.

    `offline` asks no provider that needs the network.
    """
    return Finder(on=on, offline=offline).find(address)


class Finder:
    """Looks up many addresses for one day: reads the map, the seats and the day once."""

    def __init__(self, *, on: date | None = None, offline: bool = False):
        self.on = on or lookup_day()
        self.congress = congress_on(self.on)
        providers = list(configured_providers())
        self._by_zip = [entry for entry in providers if not entry[1].needs_street]
        self._by_street = [entry for entry in providers if entry[1].needs_street and not offline]
        self._directory = Directory(on=self.on)

    def find(self, address: Address) -> Lookup:
        """The seats of one address."""
        lookup, _ = self._look_up(address)
        return lookup

    def explain(self, address: Address) -> Explanation:
        """The same, and how it is known, step by step."""
        lookup, asked = self._look_up(address)
        return Explanation(lookup, steps_of(lookup, asked, address))

    def _look_up(self, address: Address) -> tuple[Lookup, list[Asked]]:
        asked: list[Asked] = []
        name, verdict, matches = self._ask_for_zip(address, asked)
        if address.street and not address.is_po_box:
            for street_name, streets in self._by_street:
                if not verdict.a_street_may_settle_it:
                    break
                found = self._ask(street_name, streets, address, asked)
                if found.failed:
                    verdict = verdict.because(found.failed.reason)
                else:
                    verdict = by_street(verdict, address, found=found.matches, by_zip=matches)
                name = street_name if verdict.resolved_by else name
        return self._answer(verdict, name), asked

    def _ask_for_zip(
        self, address: Address, asked: list[Asked]
    ) -> tuple[str | None, Verdict, tuple[Match, ...]]:
        """The first table that knows the ZIP code; a map that is missing says nothing."""
        name, verdict = None, without_map(address)
        for name, table in self._by_zip:
            found = self._ask(name, table, address, asked)
            if found.failed:
                continue
            verdict = by_zip(address, found.matches)
            if found.matches:
                return name, verdict, found.matches
        return name, verdict, ()

    def _ask(self, name: str, provider: Provider, address: Address, asked: list[Asked]) -> Asked:
        """One provider's answer or failure, also noted."""
        basis = provider.basis(self.congress) if provider.needs_street else ""
        try:
            found = Asked(name, basis, provider.matches(address, congress=self.congress))
        except ProviderFailed as failure:
            logger.warning("Lookup provider %s failed: %s", name, failure)
            found = Asked(name, basis, failed=failure)
        asked.append(found)
        return found

    def _answer(self, verdict: Verdict, provider: str | None) -> Lookup:
        codes = [district.seat_code for district in verdict.districts]
        for state in verdict.states:
            codes.extend(senate_seat_codes(state))
        seats = self._directory.seats(codes)
        outcome, reason, resolved_by = verdict.outcome, verdict.reason, verdict.resolved_by
        if len(seats) < len(codes):
            # Half a set would look like a whole one.
            return Lookup(Outcome.UNAVAILABLE, self.congress, self.on, reason=Reason.NO_ROSTER)
        return Lookup(outcome, self.congress, self.on, seats, provider, resolved_by, reason)
