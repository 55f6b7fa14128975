"""The states and territories: what does not change between two censuses.

House seats follow the 2020 apportionment; the two Senate classes of a state are fixed by its
admission; FIPS numbers are those of the Census Bureau.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class State:
    """One state, district or territory that is represented in Congress."""

    code: str
    name: str
    fips: str
    house_seats: int
    # The classes of its two Senate seats; empty for the District and the territories.
    classes: tuple[int, ...] = ()

    @property
    def has_one_house_seat(self) -> bool:
        return self.house_seats == 1

    @property
    def is_territory(self) -> bool:
        """Has a delegate or a Resident Commissioner, and no senators."""
        return not self.classes

    @property
    def numbers(self) -> range:
        """The numbers of its districts; a single one is number 0, "at large"."""
        return range(1) if self.has_one_house_seat else range(1, self.house_seats + 1)


# Code, name (`letters.naming` says it in other languages), FIPS, House seats, Senate classes.
ALL = (
    State("AL", _("Alabama"), "01", 7, (2, 3)),
    State("AK", _("Alaska"), "02", 1, (2, 3)),
    State("AZ", _("Arizona"), "04", 9, (1, 3)),
    State("AR", _("Arkansas"), "05", 4, (2, 3)),
    State("CA", _("California"), "06", 52, (1, 3)),
    State("CO", _("Colorado"), "08", 8, (2, 3)),
    State("CT", _("Connecticut"), "09", 5, (1, 3)),
    State("DE", _("Delaware"), "10", 1, (1, 2)),
    State("DC", _("District of Columbia"), "11", 1),
    State("FL", _("Florida"), "12", 28, (1, 3)),
    State("GA", _("Georgia"), "13", 14, (2, 3)),
    State("HI", _("Hawaii"), "15", 2, (1, 3)),
    State("ID", _("Idaho"), "16", 2, (2, 3)),
    State("IL", _("Illinois"), "17", 17, (2, 3)),
    State("IN", _("Indiana"), "18", 9, (1, 3)),
    State("IA", _("Iowa"), "19", 4, (2, 3)),
    State("KS", _("Kansas"), "20", 4, (2, 3)),
    State("KY", _("Kentucky"), "21", 6, (2, 3)),
    State("LA", _("Louisiana"), "22", 6, (2, 3)),
    State("ME", _("Maine"), "23", 2, (1, 2)),
    State("MD", _("Maryland"), "24", 8, (1, 3)),
    State("MA", _("Massachusetts"), "25", 9, (1, 2)),
    State("MI", _("Michigan"), "26", 13, (1, 2)),
    State("MN", _("Minnesota"), "27", 8, (1, 2)),
    State("MS", _("Mississippi"), "28", 4, (1, 2)),
    State("MO", _("Missouri"), "29", 8, (1, 3)),
    State("MT", _("Montana"), "30", 2, (1, 2)),
    State("NE", _("Nebraska"), "31", 3, (1, 2)),
    State("NV", _("Nevada"), "32", 4, (1, 3)),
    State("NH", _("New Hampshire"), "33", 2, (2, 3)),
    State("NJ", _("New Jersey"), "34", 12, (1, 2)),
    State("NM", _("New Mexico"), "35", 3, (1, 2)),
    State("NY", _("New York"), "36", 26, (1, 3)),
    State("NC", _("North Carolina"), "37", 14, (2, 3)),
    State("ND", _("North Dakota"), "38", 1, (1, 3)),
    State("OH", _("Ohio"), "39", 15, (1, 3)),
    State("OK", _("Oklahoma"), "40", 5, (2, 3)),
    State("OR", _("Oregon"), "41", 6, (2, 3)),
    State("PA", _("Pennsylvania"), "42", 17, (1, 3)),
    State("RI", _("Rhode Island"), "44", 2, (1, 2)),
    State("SC", _("South Carolina"), "45", 7, (2, 3)),
    State("SD", _("South Dakota"), "46", 1, (2, 3)),
    State("TN", _("Tennessee"), "47", 9, (1, 2)),
    State("TX", _("Texas"), "48", 38, (1, 2)),
    State("UT", _("Utah"), "49", 4, (1, 3)),
    State("VT", _("Vermont"), "50", 1, (1, 3)),
    State("VA", _("Virginia"), "51", 11, (1, 2)),
    State("WA", _("Washington"), "53", 10, (1, 3)),
    State("WV", _("West Virginia"), "54", 2, (1, 2)),
    State("WI", _("Wisconsin"), "55", 8, (1, 3)),
    State("WY", _("Wyoming"), "56", 1, (1, 2)),
    State("AS", _("American Samoa"), "60", 1),
    State("GU", _("Guam"), "66", 1),
    State("MP", _("Northern Mariana Islands"), "69", 1),
    State("PR", _("Puerto Rico"), "72", 1),
    State("VI", _("U.S. Virgin Islands"), "78", 1),
)
STATES = {state.code: state for state in ALL}
BY_FIPS = {state.fips: state for state in STATES.values()}
# Post for the armed forces: says nothing about where a person votes.
MILITARY = frozenset({"AA", "AE", "AP"})
# Freely associated states: U.S. post, no seat in Congress.
FREELY_ASSOCIATED = frozenset({"FM", "MH", "PW"})
# What may stand before a ZIP code.
POSTAL_CODES = frozenset(STATES) | MILITARY | FREELY_ASSOCIATED
