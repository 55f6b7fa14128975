"""Which way each office of the suite is reached by: six states with one district each."""

import csv

from tests.environment import ROOT
from tests.faults.checking import KEYED

# Each letter goes to its state's three offices, and so over two or three ways.
WAYS = {
    "HAK00": "house_cwc",
    "SAK02": "senate_cwc",
    "SAK03": "email",
    "HDE00": "contact_form",
    "SDE01": "email",
    "SDE02": "senate_cwc",
    "HND00": "house_cwc",
    "SND01": "contact_form",
    "SND03": "senate_cwc",
    "HSD00": "contact_form",
    "SSD02": "email",
    "SSD03": "contact_form",
    "HVT00": "house_cwc",
    "SVT01": "email",
    "SVT03": "contact_form",
    "HWY00": "house_cwc",
    "SWY01": "senate_cwc",
    "SWY02": "email",
}
OFFICES_A_LETTER = 3
PLACES = {
    "AK": ("Anchorage", "99501"),
    "DE": ("Dover", "19901"),
    "ND": ("Bismarck", "58501"),
    "SD": ("Pierre", "57501"),
    "VT": ("Montpelier", "05602"),
    "WY": ("Cheyenne", "82001"),
}


def over(way: str, ways: dict[str, str] = WAYS) -> tuple[str, ...]:
    """The offices that are reached that way."""
    return tuple(office for office, its in ways.items() if its == way)


def on_lists(ways: dict[str, str] = WAYS) -> tuple[str, ...]:
    """The offices that the gateways name as theirs."""
    return tuple(office for office, its in ways.items() if its in KEYED)


def mailbox(office: str) -> str:
    """The address that the office agreed to."""
    return f"{office.lower()}@offices.example.org"


def members() -> dict[str, str]:
    """Seat → who sits there, by the roster that the project ships: a form is a member's."""
    with (ROOT / "representatives/data/roster.csv").open() as roster:
        return {row["seat"]: row["bioguide"] for row in csv.DictReader(roster)}
