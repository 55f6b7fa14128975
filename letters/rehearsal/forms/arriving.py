"""How what came by a form is kept, and read again by organizers."""

import json
from dataclasses import asdict

from letters.rehearsal.forms.checking import Verdict
from letters.rehearsal.forms.reading import Sent


def body_of(sent: Sent, verdicts: list[Verdict], *, charset: str) -> str:
    """JSON: `fields` in the order in which they came, those that are missing (value null) last;
    `raw` is the text of an urlencoded form, byte for byte."""
    fields = [asdict(verdict) for verdict in verdicts]
    return json.dumps({"charset": charset, "raw": sent.raw, "fields": fields}, ensure_ascii=False)


def verdicts_in(body: str) -> tuple[Verdict, ...]:
    """Of an arrival's body; none where it was erased."""
    return tuple(Verdict(**each) for each in json.loads(body)["fields"]) if body else ()
