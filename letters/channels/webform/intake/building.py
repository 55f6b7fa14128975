"""From a set of recipe files to our own table."""

from collections.abc import Set
from datetime import date

from letters.channels.webform.intake.linting import read_recipe
from letters.channels.webform.intake.reading import Quarantined
from letters.channels.webform.intake.sources import RecipeFiles
from letters.channels.webform.table import LICENCE, RecipeTable, TableRefused


def build_table(found: RecipeFiles, *, members: Set[str], as_of: date, before: int) -> RecipeTable:
    """Reads the recipes of `members`; what cannot be used is quarantined, each by itself.

    Raises TableRefused where there are fewer than half of the `before` that we had.
    """
    recipes, quarantined, notes = {}, {}, {}
    for name in sorted(found.files.keys() & members):
        try:
            reading = read_recipe(name, found.files[name])
        except Quarantined as reason:
            quarantined[name] = str(reason)
            continue
        recipes[name] = reading.recipe
        if reading.notes:
            notes[name] = reading.notes
    if not recipes or len(recipes) * 2 < before:
        raise TableRefused(
            f"{found.source} has {len(recipes)} usable recipes of senators, where we had {before}: "
            "we keep those."
        )
    return RecipeTable(found.source, found.revision, as_of, LICENCE, recipes, quarantined, notes)
