"""The table that a fresh clone has: all the recipes, ours in every word of markup."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from letters.channels.webform.intake.building import build_table
from letters.channels.webform.intake.idioms import Idiom, understand
from letters.channels.webform.intake.reading import read_yaml
from letters.channels.webform.intake.sources import RecipeFiles, find_files
from letters.channels.webform.recipe import By, Kind, Recipe
from letters.channels.webform.table import (
    TABLE,
    TableRefused,
    embedded_table,
    parse_table,
    write_table,
)
from tests.letters.channels.webform.writing import MEMBER, make_yaml

SHARED = Path("/work/shared/data/recipes")
from_the_source = pytest.mark.skipif(not SHARED.is_dir(), reason="the source set is not here")


def test_every_recipe_of_the_set_is_in_it():
    table = embedded_table()

    assert len(table.recipes) + len(table.quarantined) == 89
    assert all(reason for reason in table.quarantined.values())


def test_it_says_where_it_is_from():
    table = embedded_table()

    assert table.source.startswith("https://github.com/unitedstates/contact-congress")
    assert table.revision
    assert table.licence.startswith("CC0-1.0")


def test_a_member_is_a_line():
    lines = TABLE.read_text().splitlines()

    assert len([line for line in lines if line.startswith('"') and ': {"' in line]) == 89
    assert TABLE.stat().st_size < 400_000


def test_it_is_written_as_it_was_read():
    table = embedded_table()

    assert write_table(table) == TABLE.read_text()
    assert all(Recipe.from_json(each.as_json()) == each for each in table.recipes.values())


def test_no_script_was_copied_into_it():
    kinds = {step.kind for recipe in embedded_table().recipes.values() for step in recipe.steps}

    assert Kind.SCRIPT not in kinds


def test_forms_that_are_put_in_have_controls_and_nothing_else():
    forms = [
        step.value
        for recipe in embedded_table().recipes.values()
        for step in recipe.steps
        if step.kind == Kind.INJECT
    ]
    tags = {node.tag for form in forms for node in LexborHTMLParser(form).body.traverse()}

    assert len(forms) == 7
    assert tags <= {"body", "form", "input", "select", "option", "textarea", "button", "div"}


def test_about_half_goes_by_plain_requests_and_captchas_by_a_person():
    ways = [recipe.by for recipe in embedded_table().recipes.values()]

    assert (ways.count(By.PLAIN), ways.count(By.BROWSER), ways.count(By.PERSON)) == (47, 31, 11)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"members": 1}', "no JSON"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(TableRefused):
        parse_table(text)


@pytest.mark.parametrize("before", [3, 100])
def test_a_set_with_less_than_half_of_what_was_there_makes_no_table(before):
    found = RecipeFiles("here", "r", "s", {MEMBER: make_yaml().encode()})

    with pytest.raises(TableRefused, match=f"1 usable recipes of senators, where we had {before}"):
        build_table(found, members={MEMBER}, as_of=date(2026, 1, 1), before=before)
    assert build_table(found, members={MEMBER}, as_of=date(2026, 1, 1), before=2).recipes


@from_the_source
def test_it_is_what_the_command_makes_of_the_source():
    embedded, found = embedded_table(), find_files(str(SHARED))
    found = replace(found, source=embedded.source)

    built = build_table(
        found, members=found.files.keys(), as_of=embedded.as_of, before=len(embedded.recipes)
    )

    assert built == embedded


@from_the_source
def test_every_script_of_the_source_is_among_the_idioms():
    scripts = [
        attributes.get("value")
        for path in SHARED.glob("*.yaml")
        for entry in read_yaml(path.read_bytes()).get("contact_form").get("steps")
        for kind, body in entry.pairs
        if kind == Kind.SCRIPT
        for attributes in body
    ]
    idioms = [effect.idiom for script in scripts for effect in understand(script)]

    assert len(scripts) == 152
    assert Idiom.UNKNOWN not in idioms
