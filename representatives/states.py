"""The states and territories: what does not change between two censuses.

House seats follow the 2020 apportionment; the two Senate classes of a state are fixed by its
admission; FIPS numbers are those of the Census Bureau.
"""

from dataclasses import dataclass


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


# code, name, FIPS, House seats, Senate classes
TABLE = """
AL|Alabama|01|7|23
AK|Alaska|02|1|23
AZ|Arizona|04|9|13
AR|Arkansas|05|4|23
CA|California|06|52|13
CO|Colorado|08|8|23
CT|Connecticut|09|5|13
DE|Delaware|10|1|12
DC|District of Columbia|11|1|
FL|Florida|12|28|13
GA|Georgia|13|14|23
HI|Hawaii|15|2|13
ID|Idaho|16|2|23
IL|Illinois|17|17|23
IN|Indiana|18|9|13
IA|Iowa|19|4|23
KS|Kansas|20|4|23
KY|Kentucky|21|6|23
LA|Louisiana|22|6|23
ME|Maine|23|2|12
MD|Maryland|24|8|13
MA|Massachusetts|25|9|12
MI|Michigan|26|13|12
MN|Minnesota|27|8|12
MS|Mississippi|28|4|12
MO|Missouri|29|8|13
MT|Montana|30|2|12
NE|Nebraska|31|3|12
NV|Nevada|32|4|13
NH|New Hampshire|33|2|23
NJ|New Jersey|34|12|12
NM|New Mexico|35|3|12
NY|New York|36|26|13
NC|North Carolina|37|14|23
ND|North Dakota|38|1|13
OH|Ohio|39|15|13
OK|Oklahoma|40|5|23
OR|Oregon|41|6|23
PA|Pennsylvania|42|17|13
RI|Rhode Island|44|2|12
SC|South Carolina|45|7|23
SD|South Dakota|46|1|23
TN|Tennessee|47|9|12
TX|Texas|48|38|12
UT|Utah|49|4|13
VT|Vermont|50|1|13
VA|Virginia|51|11|12
WA|Washington|53|10|13
WV|West Virginia|54|2|12
WI|Wisconsin|55|8|13
WY|Wyoming|56|1|12
AS|American Samoa|60|1|
GU|Guam|66|1|
MP|Northern Mariana Islands|69|1|
PR|Puerto Rico|72|1|
VI|U.S. Virgin Islands|78|1|
"""


def _parse(line: str) -> State:
    code, name, fips, seats, classes = line.split("|")
    return State(code, name, fips, int(seats), tuple(int(digit) for digit in classes))


STATES = {state.code: state for state in map(_parse, TABLE.split("\n")[1:-1])}
BY_FIPS = {state.fips: state for state in STATES.values()}
# Post for the armed forces: says nothing about where a person votes.
MILITARY = frozenset({"AA", "AE", "AP"})
# Freely associated states: U.S. post, no seat in Congress.
FREELY_ASSOCIATED = frozenset({"FM", "MH", "PW"})
# What may stand before a ZIP code.
POSTAL_CODES = frozenset(STATES) | MILITARY | FREELY_ASSOCIATED
