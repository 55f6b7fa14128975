"""What a person needs to tell whether a form took a letter: kept sealed, and without personal data.

JSON with `log` (lines), `html` (a piece of the page that came) and `screenshot` (a JPEG in base64).
"""

import base64
import json
from dataclasses import dataclass
from html import escape

from letters.channels.webform.engine import Landing
from letters.channels.webform.recipe import Kind, Plan

HTML_LENGTH = 60_000
JPEG_BYTES = 400_000
DOTS = "•••"
# A state's code or a title stands in every page, and says nothing.
SHORTEST_MASKED = 3


@dataclass(frozen=True)
class Evidence:
    """The same, read back."""

    log: tuple[str, ...]
    html: str = ""
    # A `data:` address, or empty.
    screenshot: str = ""


def evidence_of(landing: Landing, *, plan: Plan) -> str:
    """As an attempt keeps it."""
    picture = landing.screenshot if len(landing.screenshot) <= JPEG_BYTES else b""
    return json.dumps(
        {
            "log": [masked(line, plan=plan) for line in landing.log],
            "html": masked(landing.html, plan=plan)[:HTML_LENGTH],
            "screenshot": base64.b64encode(picture).decode(),
        },
        ensure_ascii=False,
    )


def masked(text: str, *, plan: Plan) -> str:
    """Without anything that was written into the form, as it is or as HTML has it."""
    written = {each.value for each in plan.actions if each.kind == Kind.FILL}
    # A page repeats single paragraphs of a letter, with its own line breaks.
    lines = {line.strip() for value in written for line in value.splitlines()}
    secrets = {each for each in written | lines if len(each) >= SHORTEST_MASKED}
    for secret in sorted(secrets, key=len, reverse=True):
        for form in {secret, escape(secret), escape(secret, quote=False)}:
            text = text.replace(form, DOTS)
    return text


def read_evidence(kept: str) -> Evidence | None:
    """None where it is another channel's, in plain text."""
    try:
        found = json.loads(kept)
        log, html, picture = found["log"], found["html"], found["screenshot"]
    except (ValueError, TypeError, KeyError):
        return None
    address = f"data:image/jpeg;base64,{picture}" if picture else ""
    return Evidence(log=tuple(log), html=html, screenshot=address)
