"""What the post knows of a ZIP code. Only the building of tables imports this: it takes 138 MB."""

import json
from datetime import date
from importlib.metadata import version

from representatives.tables import TableRefused
from representatives.zip_map.post_table import PostalZip

try:
    import zipcodes
except ModuleNotFoundError:
    # `make run` does not install it.
    zipcodes = None

VERSION = version("zipcodes") if zipcodes else ""
PACKAGE = f"PyPI zipcodes {VERSION} (MIT)"
SOURCE = f"https://pypi.org/project/zipcodes/{VERSION}/"
LICENCE = "MIT (seanpianka/zipcodes, from USPS and unitedstateszipcodes.org)"
# The package names no date of its own: the month in which PyPI had it.
PUBLISHED = {"3.0.0": date(2026, 6, 1)}


def every_zip() -> list[PostalZip]:
    """All ZIP codes the post has, or had: an old one still tells its state and city.

    TableRefused where the package is not installed.
    """
    if zipcodes is None:
        raise TableRefused(
            "Building the tables needs the package zipcodes. Install it first: "
            ".venv/bin/pip install -r tests/requirements.txt"
        )
    return [
        PostalZip(zip=entry["zip_code"], state=entry["state"], city=entry["city"])
        for entry in zipcodes.list_all()
    ]


def content() -> bytes:
    """Everything that the package says, the same on every machine."""
    return json.dumps(zipcodes.list_all(), sort_keys=True).encode()


def published() -> date:
    """The day up to which the package can be true; TableRefused for a version nobody dated."""
    if VERSION not in PUBLISHED:
        raise TableRefused(f"Say in {__name__} when zipcodes {VERSION} was published.")
    return PUBLISHED[VERSION]
