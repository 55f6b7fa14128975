"""What the post knows of a ZIP code. Only the building of tables imports this: it takes 138 MB."""

from dataclasses import dataclass
from importlib.metadata import version

import zipcodes

PACKAGE = f"PyPI zipcodes {version('zipcodes')} (MIT)"


@dataclass(frozen=True)
class PostalZip:
    """A ZIP code with the state and the city that the post gives it."""

    zip: str
    state: str
    city: str


def every_zip() -> list[PostalZip]:
    """All ZIP codes the post has, or had: an old one still tells its state."""
    return [
        PostalZip(zip=entry["zip_code"], state=entry["state"], city=entry["city"])
        for entry in zipcodes.list_all()
    ]
