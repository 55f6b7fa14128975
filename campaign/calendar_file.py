"""The campaign's day as a calendar file (RFC 5545), neutral enough for a calendar that others see.

It names neither the campaign nor this site: who is reminded of what is nobody's business.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

# A content line's octets, its line break left out.
LONGEST = 75
ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def calendar_file(*, day: date, campaign_url: str, made_at: datetime) -> bytes:
    """One event, all day. Its id is the campaign's: a second download changes the first."""
    title, told = _("A day to remember"), _("You asked to be reminded. Look into your mail.")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, campaign_url)}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(told)}",
        # Nobody is busy all day because of it.
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)


def _folded(line: str) -> bytes:
    """Broken before a sign that no longer fits; what follows a break begins with a blank."""
    folded, length = b"", 0
    for sign in line:
        octets = sign.encode()
        if length + len(octets) > LONGEST:
            folded, length = folded + b"\r\n ", 1
        folded, length = folded + octets, length + len(octets)
    return folded
