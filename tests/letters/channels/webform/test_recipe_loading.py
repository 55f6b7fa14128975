"""From a table of recipes to the database: the last good one of each member stays."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from letters import tasks
from letters.channels.webform.intake import refreshing
from letters.channels.webform.intake.loading import GONE, is_loaded, load_recipes
from letters.channels.webform.recipe import Kind
from letters.channels.webform.table import TableRefused, embedded_table
from letters.models import ContactForm
from representatives.models import Snapshot
from tests.letters.channels.webform.writing import make_yaml

pytestmark = pytest.mark.django_db
BARRASSO, LUMMIS, REPRESENTATIVE = "B001261", "L000571", "H001096"


@pytest.fixture(autouse=True)
def a_fresh_database():
    """As `make run` prepares it."""
    call_command("load_recipes", verbosity=0)


LATER = timedelta(days=30)


def make_table(*, without: tuple[str, ...] = (), **changes):
    """The embedded one, a month younger; `recipes` and `quarantined` are put over its own."""
    table = embedded_table()
    recipes = {name: each for name, each in table.recipes.items() if name not in without}
    quarantined = changes.pop("quarantined", {})
    for name in quarantined:
        recipes.pop(name, None)
    recipes |= changes.pop("recipes", {})
    return replace(
        table,
        as_of=table.as_of + LATER,
        recipes=recipes,
        quarantined=quarantined,
        **{"revision": "c" * 40} | changes,
    )


def changed(name: str):
    """A member's recipe with another field for the letter."""
    recipe = embedded_table().recipes[name]
    steps = [
        replace(step, selector="#new") if step.value == "$MESSAGE" else step
        for step in recipe.steps
    ]
    return replace(recipe, steps=tuple(steps))


def form_of(name: str) -> ContactForm:
    return ContactForm.objects.get(member_id=name)


def test_a_fresh_database_has_every_recipe():
    assert ContactForm.objects.filter(recipe__isnull=False, quarantine="").count() == 89
    assert Snapshot.objects.current("recipes").as_of == embedded_table().as_of


def test_a_second_run_changes_nothing():
    before = Snapshot.objects.count()

    call_command("load_recipes", verbosity=0)

    assert Snapshot.objects.count() == before


def test_the_embedded_table_does_not_replace_a_younger_one():
    load_recipes(make_table(recipes={BARRASSO: changed(BARRASSO)}))

    call_command("load_recipes", verbosity=0)

    assert is_loaded(embedded_table())
    assert form_of(BARRASSO).recipe == changed(BARRASSO).as_json()


def test_only_a_changed_recipe_is_new():
    before, other = form_of(BARRASSO), form_of(LUMMIS)

    changes = load_recipes(make_table(recipes={BARRASSO: changed(BARRASSO)}))

    after = form_of(BARRASSO)
    assert after.changed_at > before.changed_at
    assert after.revision == "c" * 40
    assert (form_of(LUMMIS).changed_at, form_of(LUMMIS).revision) == (
        other.changed_at, other.revision,
    )  # fmt: skip
    assert (set(changes.changed), changes.unchanged) == ({BARRASSO}, 88)
    old = next(s for s in embedded_table().recipes[BARRASSO].steps if s.value == "$MESSAGE")
    assert changes.changed[BARRASSO] == (f"fill_in {old.selector}", "fill_in #new")


def test_a_malformed_file_keeps_the_last_good_recipe():
    load_recipes(make_table(quarantined={BARRASSO: "Line 3 has a tab."}))

    form = form_of(BARRASSO)
    assert form.quarantine == "Line 3 has a tab."
    assert form.recipe == embedded_table().recipes[BARRASSO].as_json()


def test_a_form_of_a_senators_time_in_the_house_is_not_used():
    recipe = embedded_table().recipes["L000571"]
    house = replace(recipe.steps[0], value="https://lummis.house.gov/contact")
    former = replace(recipe, steps=(house, *recipe.steps[1:]))

    load_recipes(make_table(recipes={"L000571": former}))

    form = form_of("L000571")
    assert form.recipe["steps"][0]["value"] == recipe.url
    assert "a page of the House" in form.quarantine


def test_a_quarantined_member_without_a_recipe_is_known_with_the_reason():
    ContactForm.objects.filter(member_id=BARRASSO).delete()

    load_recipes(make_table(quarantined={BARRASSO: "Line 3 has a tab."}))

    assert (form_of(BARRASSO).recipe, form_of(BARRASSO).quarantine) == (None, "Line 3 has a tab.")


def test_a_repaired_file_ends_the_quarantine():
    load_recipes(make_table(quarantined={BARRASSO: "Line 3 has a tab."}))

    load_recipes(make_table())

    assert form_of(BARRASSO).quarantine == ""


def test_a_recipe_that_is_gone_is_told_and_kept():
    changes = load_recipes(make_table(without=(BARRASSO,)))

    assert changes.gone == (BARRASSO,)
    assert (form_of(BARRASSO).quarantine, bool(form_of(BARRASSO).recipe)) == (GONE, True)


def test_who_is_no_senator_of_ours_is_skipped():
    of_a_house_member = replace(changed(BARRASSO), bioguide=REPRESENTATIVE)

    changes = load_recipes(make_table(recipes={REPRESENTATIVE: of_a_house_member}))

    assert changes.skipped == (REPRESENTATIVE,)
    assert not ContactForm.objects.filter(member_id=REPRESENTATIVE).exists()


@pytest.mark.parametrize("kept", [0, 44])
def test_an_empty_or_far_smaller_set_is_a_failure(kept):
    gone = sorted(embedded_table().recipes)[kept:]

    with pytest.raises(TableRefused, match="where we had 89"):
        load_recipes(make_table(without=tuple(gone)))

    assert not ContactForm.objects.exclude(quarantine="").exists()


@pytest.fixture
def folder(tmp_path):
    """The recipes of two senators whose forms are all that is known."""
    ContactForm.objects.exclude(member_id__in=[BARRASSO, LUMMIS]).delete()
    (tmp_path / f"{BARRASSO}.yaml").write_text(make_yaml(bioguide=BARRASSO))
    (tmp_path / f"{LUMMIS}.yaml").write_text(make_yaml(bioguide=LUMMIS).replace("method", "\tm"))
    (tmp_path / f"{REPRESENTATIVE}.yaml").write_text("stub")
    return tmp_path


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return " ".join(out.getvalue().split())


def test_a_refresh_reads_compares_and_loads(folder):
    told = run("refresh_recipes", str(folder))

    assert "1 by plain HTTP" in told
    assert f"1 quarantined 1 Line 3 has a tab where only spaces may stand. {LUMMIS}" in told
    assert "98 without a recipe" in told
    assert "0 added, 1 changed, 0 gone, 0 as before" in told
    assert [step["kind"] for step in form_of(BARRASSO).recipe["steps"]] == [
        Kind.VISIT, Kind.FILL, Kind.CLICK,
    ]  # fmt: skip


def test_a_dry_run_shows_and_changes_nothing(folder):
    told = run("refresh_recipes", str(folder), "--dry-run")

    assert f"{BARRASSO} changed: visit" in told
    assert "Nothing was loaded" in told
    assert form_of(BARRASSO).recipe == embedded_table().recipes[BARRASSO].as_json()


def test_the_report_says_what_forms_ask_for():
    told = run("load_recipes")

    assert "47 by plain HTTP 31 by browser" in told
    assert "11 by hand (a person) 11 It asks for a captcha" in told
    assert "required: phone 64, prefix 69, topic 84, subject 68" in told
    assert "S001217 500" in told
    assert "11 without a recipe" in told


def test_a_refresh_that_fails_says_so(tmp_path):
    with pytest.raises(CommandError, match="no recipe in it"):
        call_command("refresh_recipes", str(tmp_path))


def test_beat_looks_for_recipes_only_where_letters_are_live(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(refreshing, "find_files", lambda *args, **how: asked.append(args))

    settings.LIVE = False
    tasks.refresh_recipes()

    assert asked == []


def test_beat_follows_the_settings(settings, monkeypatch, folder):
    asked, find_files = [], refreshing.find_files

    def find(source, *, revision):
        asked.append((source, revision))
        return find_files(str(folder))

    monkeypatch.setattr(refreshing, "find_files", find)
    settings.LIVE, settings.RECIPES_REVISION = True, "d" * 40

    tasks.refresh_recipes()

    assert asked == [
        ("https://codeload.github.com/unitedstates/contact-congress/tar.gz/", "d" * 40)
    ]
    assert Snapshot.objects.current("recipes").as_of >= date(2026, 1, 1)


def test_a_failing_beat_is_loud_and_keeps_everything(settings, tmp_path, caplog):
    settings.LIVE, settings.RECIPES_URL = True, str(tmp_path)

    tasks.refresh_recipes()

    assert "no new recipes, the ones before stay" in caplog.text
    assert ContactForm.objects.filter(quarantine="").count() == 89
