"""From a table of recipes to the database: the last good one of each member stays."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from letters.channels.webform.intake.addresses import is_of_house
from letters.channels.webform.recipe import Recipe
from letters.channels.webform.table import RecipeTable, TableRefused, write_table
from letters.models import ContactForm
from representatives.models import Chamber, Member, Snapshot

GONE = "The newest set has no recipe for this member."
OF_THE_HOUSE = "It leads to a page of the House, and this member sits in the Senate."


@dataclass(frozen=True)
class Difference:
    """What a table changes; bioguides throughout."""

    added: tuple[str, ...] = ()
    # Which steps: "fill_in #input_2_12".
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    # No senator of our roster.
    skipped: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.gone)


def senators() -> frozenset[str]:
    """Bioguides of those whose forms we fill in: the House is its gateway's, or done by hand."""
    of_senate = Member.objects.filter(terms__seat__chamber=Chamber.SENATE)
    return frozenset(of_senate.values_list("bioguide", flat=True))


def known_recipes() -> dict[str, Recipe]:
    """The last good one of each member."""
    kept = ContactForm.objects.filter(recipe__isnull=False).values_list("member_id", "recipe")
    return {member: Recipe.from_json(recipe) for member, recipe in kept}


def _of_the_senate(table: RecipeTable) -> RecipeTable:
    """Without what a senator's recipe says of the time when they were a representative."""
    former = {name for name, recipe in table.recipes.items() if is_of_house(recipe.url)}
    return replace(
        table,
        recipes={name: each for name, each in table.recipes.items() if name not in former},
        quarantined={**table.quarantined, **dict.fromkeys(former, OF_THE_HOUSE)},
    )


def difference(table: RecipeTable) -> Difference:
    table = _of_the_senate(table)
    ours, known = senators(), known_recipes()
    new = {name: recipe for name, recipe in table.recipes.items() if name in ours}
    changed = {
        name: changed_steps(known[name], recipe)
        for name, recipe in new.items()
        if name in known and known[name] != recipe
    }
    return Difference(
        added=tuple(sorted(new.keys() - known.keys())),
        changed=changed,
        gone=tuple(sorted(known.keys() - new.keys() - table.quarantined.keys())),
        skipped=tuple(sorted({*table.recipes, *table.quarantined} - ours)),
        unchanged=len(new.keys() & known.keys()) - len(changed),
    )


def changed_steps(old: Recipe, new: Recipe) -> tuple[str, ...]:
    """What is no longer as it was, a few words each."""
    other = [*(step for step in old.steps if step not in new.steps)]
    other += [step for step in new.steps if step not in old.steps]
    words = [f"{step.kind} {step.selector or step.value[:60]}".strip() for step in other]
    words += ["success"] * (old.success != new.success)
    words += [f"now by {new.by}"] * (old.by != new.by)
    return tuple(dict.fromkeys(words)) or ("their order",)


def is_loaded(table: RecipeTable) -> bool:
    """Whether the database has this very table, or a younger one."""
    current = Snapshot.objects.current(Snapshot.Kind.RECIPES)
    return current is not None and (current.sha256 == _digest(table) or current.as_of > table.as_of)


def load_recipes(table: RecipeTable) -> Difference:
    """Makes the database say what the table says; raises TableRefused and changes nothing where
    it has less than half of what is known."""
    known = len(known_recipes())
    with transaction.atomic():
        changes = difference(table)
        usable = len(changes.added) + len(changes.changed) + changes.unchanged
        if not usable or usable * 2 < known:
            raise TableRefused(f"{usable} usable recipes, where we had {known}: we keep those.")
        _load(_of_the_senate(table), changes)
        Snapshot.objects.record(
            Snapshot.Kind.RECIPES,
            source=table.source[:300],
            as_of=table.as_of,
            licence=table.licence,
            sha256=_digest(table),
        )
    return changes


def _digest(table: RecipeTable) -> str:
    return hashlib.sha256(write_table(table).encode()).hexdigest()


def _load(table: RecipeTable, changes: Difference) -> None:
    ours = senators()
    for name in (*changes.added, *changes.changed):
        ContactForm.objects.update_or_create(
            member_id=name,
            defaults={
                "recipe": table.recipes[name].as_json(),
                "revision": table.revision,
                "changed_at": timezone.now(),
            },
        )
    ContactForm.objects.filter(member__in=table.recipes).update(quarantine="")
    ContactForm.objects.filter(member__in=changes.gone).update(quarantine=GONE)
    for name, reason in table.quarantined.items():
        if name in ours:
            ContactForm.objects.update_or_create(member_id=name, defaults={"quarantine": reason})
