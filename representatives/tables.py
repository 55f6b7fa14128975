"""The project's own tables of facts, in `data/`, and the record of where each came from."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


class TableRefused(ValueError):
    """A table or its source cannot be right; the text says why, in a sentence."""


@dataclass(frozen=True)
class Provenance:
    """Where a table came from, when its source was last true, and what made it."""

    source: str
    as_of: date
    licence: str
    source_sha256: str
    table_sha256: str
    rows: int
    command: str
    # What else went into it, such as the version of a package.
    made_with: str = ""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_table(
    name: str,
    text: str,
    *,
    rows: int,
    source: str,
    source_content: bytes,
    as_of: date,
    licence: str,
    command: str,
    made_with: str = "",
) -> Provenance:
    """Write a table and its line in `sources.json`; `source_content` is what it was made from."""
    content = text.encode()
    provenance = Provenance(
        source=source,
        as_of=as_of,
        licence=licence,
        source_sha256=sha256(source_content),
        table_sha256=sha256(content),
        rows=rows,
        command=command,
        made_with=made_with,
    )
    sources = DATA / "sources.json"
    record = json.loads(sources.read_text()) if sources.exists() else {}
    record[name] = asdict(provenance) | {"as_of": as_of.isoformat()}
    (DATA / name).write_bytes(content)
    sources.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")
    return provenance


def read_table(name: str) -> tuple[str, Provenance]:
    """A table's text and its record; refused where the two do not belong together."""
    record = json.loads((DATA / "sources.json").read_text()).get(name)
    if record is None:
        raise TableRefused(f"There is no table {name} in sources.json.")
    content = (DATA / name).read_bytes()
    provenance = Provenance(**record | {"as_of": date.fromisoformat(record["as_of"])})
    if sha256(content) != provenance.table_sha256:
        raise TableRefused(
            f"{name} is not the table that sources.json records: make it again with "
            f"`{provenance.command}`."
        )
    return content.decode(), provenance
