"""The product's own settings, with every channel pointed at the suite's sinks.

For child processes: `congress.py` writes DJANGO_SETTINGS_MODULE and FAULTS.
"""

import json
import os
from datetime import timedelta

from campaign.settings import *  # noqa: F403
from campaign.settings import CHANNELS as OF_THE_PRODUCT

FAULTS = json.loads(os.environ["FAULTS"])
# Letters to offices go over real SMTP; codes and receipts stay files.
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", FAULTS["smtp_port"]
EMAIL_HOST_USER = EMAIL_HOST_PASSWORD = ""
EMAIL_USE_TLS = False
# No send of the suite may take half of a lease.
DELIVERY_LEASE, SECONDS = timedelta(seconds=FAULTS["lease"]), 4


def _gateway(name: str, chamber: str) -> dict:
    """The product's entry, with a sink behind it."""
    entry = OF_THE_PRODUCT[name]
    urls = {part: f"{FAULTS['gateways']}/{chamber}/{part}" for part in ("send", "offices")}
    options = {"send_url": urls["send"], "offices_url": urls["offices"], "seconds": SECONDS}
    return entry | {"OPTIONS": entry["OPTIONS"] | options}


CHANNELS = {
    "house_cwc": _gateway("house_cwc", "house"),
    "senate_cwc": _gateway("senate_cwc", "senate"),
    "email": {
        "BACKEND": "letters.channels.email.EmailChannel",
        "OPTIONS": {"mailer": "letters.channels.smtp.SmtpMailer", "seconds": SECONDS},
    },
    "contact_form": {
        "BACKEND": OF_THE_PRODUCT["contact_form"]["BACKEND"],
        # The pace has tests of its own.
        "OPTIONS": {"stand_in": f"{FAULTS['forms']}/", "seconds": FAULTS["form_seconds"]},
    },
    "hand_off": OF_THE_PRODUCT["hand_off"],
}
