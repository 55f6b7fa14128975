"""A table of recipes in a few lines that a person reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from letters.channels.webform.intake.loading import Difference
from letters.channels.webform.recipe import By, Kind, Recipe
from letters.channels.webform.table import RecipeTable

WAYS = {
    By.PLAIN: "by plain HTTP",
    By.BROWSER: "by browser",
    By.PERSON: "by hand (a person)",
}
ASKED = {"phone": "$PHONE", "prefix": "$NAME_PREFIX", "topic": "$TOPIC", "subject": "$SUBJECT"}


def report(table: RecipeTable, *, members: Set[str]) -> Iterator[str]:
    """How each of `members` is reached, and why; what their forms ask for."""
    recipes = [table.recipes[name] for name in sorted(table.recipes.keys() & members)]
    yield f"Recipes of {table.as_of}, revision {table.revision}"
    yield f"  from {table.source}"
    for by, label in WAYS.items():
        ours = [recipe for recipe in recipes if recipe.by == by]
        yield f"{len(ours):4} {label}"
        yield from _grouped((recipe.why, recipe.bioguide) for recipe in ours if recipe.why)
    quarantined = [(why, name) for name, why in table.quarantined.items() if name in members]
    yield f"{len(quarantined):4} quarantined"
    yield from _grouped(quarantined)
    without = sorted(members - table.recipes.keys() - table.quarantined.keys())
    yield f"{len(without):4} without a recipe"
    yield from _grouped(("No recipe in this set.", name) for name in without)
    yield from _asked_for(recipes)
    yield from _noted(table, members)


def told(changes: Difference) -> Iterator[str]:
    """What a table changes in the database."""
    yield (
        f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.gone)} gone, "
        f"{changes.unchanged} as before, {len(changes.skipped)} of no senator in our roster."
    )
    if changes.added:
        yield f"     added: {' '.join(changes.added)}"
    for name, steps in sorted(changes.changed.items()):
        more = f" and {len(steps) - 6} more" if len(steps) > 6 else ""
        yield f"     {name} changed: {', '.join(steps[:6])}{more}"
    if changes.gone:
        yield f"     gone, the last good one stays: {' '.join(changes.gone)}"
    if changes.skipped:
        yield f"     skipped: {' '.join(changes.skipped[:20])}{' …' * (len(changes.skipped) > 20)}"


def _asked_for(recipes: list[Recipe]) -> Iterator[str]:
    counts = ", ".join(
        f"{label} {sum(_requires(recipe, variable) for recipe in recipes)}"
        for label, variable in ASKED.items()
    )
    yield f"     required: {counts}"
    capped = [f"{each.bioguide} {each.text_limit:,}" for each in recipes if each.text_limit]
    yield f"{len(capped):4} cap the letter, in characters: {', '.join(capped)}"
    silent = [each.bioguide for each in recipes if not _tells_of_success(each)]
    yield f"{len(silent):4} tell nothing of success: {' '.join(silent)}"


def _noted(table: RecipeTable, members: Set[str]) -> Iterator[str]:
    noted = [(note, name) for name, notes in table.notes.items() for note in notes]
    kept = [(note, name) for note, name in noted if name in members]
    if kept:
        yield "     noted:"
        yield from _grouped(kept)


def _grouped(reasons: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One line for each reason, with the members that it holds for."""
    groups = defaultdict(list)
    for reason, name in reasons:
        groups[reason].append(name)
    for reason, names in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield f"     {len(names):3}  {reason} {' '.join(sorted(names))}"


def _requires(recipe: Recipe, variable: str) -> bool:
    return any(step.required and step.value.startswith(variable) for step in recipe.steps)


def _tells_of_success(recipe: Recipe) -> bool:
    clicks = [at for at, step in enumerate(recipe.steps) if step.kind == Kind.CLICK]
    after = recipe.steps[clicks[-1] :] if clicks else ()
    return bool(recipe.success) or any(step.kind == Kind.FIND for step in after)
