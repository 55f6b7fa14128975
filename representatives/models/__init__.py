"""Seats, who sits in them and when, and which seats a ZIP code belongs to."""

from representatives.models.congress import Congress
from representatives.models.maps import StateMap, ZipCity, ZipDistrict
from representatives.models.offices import LocalOffice
from representatives.models.seats import Chamber, Correction, Member, Seat, Term
from representatives.models.snapshots import KeptTable, Snapshot, Standing

__all__ = [
    "Chamber",
    "Congress",
    "Correction",
    "KeptTable",
    "LocalOffice",
    "Member",
    "Seat",
    "Snapshot",
    "Standing",
    "StateMap",
    "Term",
    "ZipCity",
    "ZipDistrict",
]
