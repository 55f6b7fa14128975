"""The newest recipes: fetched, read, compared and loaded; a failure keeps what we have."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from letters.channels.webform.intake.building import build_table
from letters.channels.webform.intake.loading import (
    Difference,
    difference,
    known_recipes,
    load_recipes,
    senators,
)
from letters.channels.webform.intake.sources import find_files
from letters.channels.webform.table import RecipeTable, TableRefused

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refreshed:
    """What was found, and what it changed, or would change."""

    table: RecipeTable
    changes: Difference


def refresh_recipes(source: str = "", *, revision: str = "", dry_run: bool = False) -> Refreshed:
    """From the public repository, or another source; raises TableRefused and changes nothing."""
    if not source:
        source, revision = settings.RECIPES_URL, revision or settings.RECIPES_REVISION
    table = build_table(
        find_files(source, revision=revision),
        members=senators(),
        as_of=timezone.localdate(),
        before=len(known_recipes()),
    )
    return Refreshed(table, difference(table) if dry_run else load_recipes(table))


def refresh_daily() -> None:
    """For beat: only where letters are live, and loud where it fails."""
    if not settings.LIVE:
        return
    try:
        refreshed = refresh_recipes()
    except TableRefused as error:
        log.error("Contact forms: no new recipes, the ones before stay: %s", error)
        return
    changes, quarantined = refreshed.changes, sorted(refreshed.table.quarantined)
    if quarantined or changes.gone:
        log.error("Contact forms: quarantined %s, gone %s", quarantined, list(changes.gone))
