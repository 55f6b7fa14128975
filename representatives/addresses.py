"""An address as a plain value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """Where a supporter lives. `zip` is five digits; everything else may be empty.

    `repr` says nothing personal: an Address in a log or an exception must not give it away.
    """

    zip: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip4: str = ""

    def __repr__(self) -> str:
        return "Address(…)"
