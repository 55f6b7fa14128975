"""The product's own table of recipes, one member a line, with the record of where it came from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from letters.channels.webform.recipe import Recipe

TABLE = Path(__file__).resolve().parent / "data" / "recipes.json"
LICENCE = "CC0-1.0 (unitedstates/contact-congress)"


class TableRefused(ValueError):
    """A set of recipes cannot be right; the text says why, in a sentence."""


@dataclass(frozen=True)
class RecipeTable:
    """Recipes by bioguide, and why others were not taken."""

    source: str
    # Of the public data set: its commit, or a hash of the files where that is not known.
    revision: str
    as_of: date
    licence: str
    recipes: Mapping[str, Recipe]
    # Bioguide → the reason, in words for organizers.
    quarantined: Mapping[str, str] = field(default_factory=dict)
    # Bioguide → what else organizers should know.
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def embedded_table() -> RecipeTable:
    """The table that a fresh clone has."""
    return parse_table(TABLE.read_text())


def write_table(table: RecipeTable) -> str:
    """As a text whose lines change one by one."""
    top = {
        "source": table.source,
        "revision": table.revision,
        "as_of": table.as_of.isoformat(),
        "licence": table.licence,
    }
    members = sorted({*table.recipes, *table.quarantined})
    lines = [f"{json.dumps(name)}: {_dumped(_member(table, name))}" for name in members]
    head = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in top.items())
    return f'{{\n{head},\n"members": {{\n' + ",\n".join(lines) + "\n}\n}\n"


def parse_table(text: str) -> RecipeTable:
    """Raises TableRefused where the text is no such table."""
    try:
        kept = json.loads(text)
        members = kept["members"]
        return RecipeTable(
            source=kept["source"],
            revision=kept["revision"],
            as_of=date.fromisoformat(kept["as_of"]),
            licence=kept["licence"],
            recipes={
                name: Recipe.from_json(_unpacked(each["recipe"]))
                for name, each in members.items()
                if "recipe" in each
            },
            quarantined={n: each["reason"] for n, each in members.items() if "reason" in each},
            notes={n: tuple(each["notes"]) for n, each in members.items() if "notes" in each},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TableRefused(f"The table of recipes cannot be read: {error!r}.") from error


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _member(table: RecipeTable, name: str) -> dict:
    if name in table.quarantined:
        return {"reason": table.quarantined[name]}
    notes = table.notes.get(name, ())
    member = {"recipe": _packed(table.recipes[name].as_json())}
    return member | ({"notes": list(notes)} if notes else {})


def _packed(recipe: dict) -> dict:
    """Menus are most of the table: an entry is its text, or text and value."""
    return recipe | {"steps": [_packed_step(step) for step in recipe["steps"]]}


def _packed_step(step: dict) -> dict:
    if "options" not in step:
        return step
    return step | {"options": [_packed_option(**option) for option in step["options"]]}


def _packed_option(text: str = "", value: str = "") -> str | list[str]:
    return text if text == value else [text, value]


def _unpacked(recipe: dict) -> dict:
    return recipe | {"steps": [_unpacked_step(step) for step in recipe["steps"]]}


def _unpacked_step(step: dict) -> dict:
    if "options" not in step:
        return step
    pairs = [[each, each] if isinstance(each, str) else each for each in step["options"]]
    return step | {"options": [{"text": text, "value": value} for text, value in pairs]}
