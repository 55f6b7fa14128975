"""The organizers' table of official forms, entered as a list."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from letters.channels.webform.recipe import MESSAGE, Recipe
from letters.form_addresses import ListRefused, read_list, trouble_of_address
from letters.models import Route
from letters.routing import FormPage, form_page
from representatives.models import Seat, Term
from tests.factories import make_contact_form, make_recipe

pytestmark = pytest.mark.django_db
FORM = "https://hageman.house.gov/contact"


@pytest.fixture
def load(tmp_path):
    """The command with a file of these lines; returns what it says."""

    def load(*lines: list[str], header=("seat", "bioguide", "url", "limit", "zip4"), **options):
        path = tmp_path / "forms.csv"
        with path.open("w", encoding="utf-8-sig") as file:
            csv.writer(file).writerows([header, *lines])
        said = io.StringIO()
        call_command("load_form_addresses", path, by="Anna", stdout=said, **options)
        return said.getvalue()

    return load


def page(seat: str = "HWY00"):
    return form_page(Seat.objects.get(code=seat))


def test_a_list_is_entered_with_who_checked_it_and_when(load):
    said = load(["HWY00", "", FORM, "2000", "yes"], on=date(2026, 11, 20))

    row = Route.objects.get(seat="HWY00")
    assert (row.member_id, row.checked_by, row.checked_at) == (
        "H001096",
        "Anna",
        date(2026, 11, 20),
    )
    assert (page().url, page().text_limit, page().asks_zip4) == (FORM, 2000, True)
    assert said == "1 new, 0 changed, 0 the same. Entered.\n"


def test_a_member_is_named_by_bioguide_as_well(load):
    load(["H001096", FORM], header=("bioguide", "url"))

    assert page().url == FORM
    assert page().text_limit is None


def test_without_an_address_of_the_organizers_it_is_the_recipes(settings):
    settings.LIVE = True
    recipe = capped(make_recipe("SWY01"), 500)
    make_contact_form("SWY01", recipe=recipe)

    assert page("SWY01") == FormPage(recipe.url, is_form=True, text_limit=500)


def test_in_a_rehearsal_the_form_is_its_stand_in_whatever_the_organizers_keep(load):
    make_contact_form("SWY01")
    load(["SWY01", "", "https://www.barrasso.senate.gov/contact", "900", ""])

    shown = page("SWY01")

    assert shown.url == "http://127.0.0.1:8000/rehearsal/forms/B001261/"
    assert (shown.is_stand_in, shown.text_limit) == (True, 900)


def capped(recipe: Recipe, limit: int) -> Recipe:
    steps = (replace(s, max_length=limit) if s.value == MESSAGE else s for s in recipe.steps)
    return replace(recipe, steps=tuple(steps))


def test_a_second_run_changes_nothing(load):
    load(["HWY00", "", FORM, "", ""])

    assert load(["HWY00", "", FORM, "", ""]).startswith("0 new, 0 changed, 1 the same")
    assert load(["HWY00", "", FORM, "900", ""]).startswith("0 new, 1 changed, 0 the same")
    assert Route.objects.count() == 1


def test_a_dry_run_says_what_would_change_and_enters_nothing(load):
    said = load(["HWY00", "", FORM, "", ""], dry_run=True)

    assert f"HWY00: new: {FORM}" in said
    assert not Route.objects.exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["HWY01", "", FORM, "", ""], "Nobody sits in HWY01"),
        (["", "X000000", FORM, "", ""], "Nobody sits in X000000"),
        (["HTX37", "H001096", FORM, "", ""], "H001096 does not sit in HTX37"),
        (["HWY00", "", "", "", ""], "No address."),
        (["HWY00", "", "http://hageman.house.gov/contact", "", ""], "https"),
        (["HWY00", "", "https://house.gov.example.org/contact", "", ""], "Its host is neither"),
        (["HWY00", "", FORM, "2,000", ""], "2,000 is no number"),
        (["HWY00", "", FORM, "0", ""], "0 is no number"),
        (["HWY00", "", FORM, "", "maybe"], "zip4 is yes or no, not maybe"),
        (["HWY00", "", FORM, "", "", "more"], "more cells"),
    ],
)
def test_a_wrong_line_is_told_by_its_number_and_nothing_is_entered(load, line, told):
    with pytest.raises(CommandError) as refused:
        load(["SWY01", "", "https://www.barrasso.senate.gov/contact", "", ""], line)

    assert "Line 3: " in str(refused.value)
    assert told in str(refused.value)
    assert not Route.objects.exists()


def test_every_wrong_line_is_told_at_once():
    with pytest.raises(ListRefused) as refused:
        read_list(f"seat,url\nHWY01,{FORM}\nHWY00,{FORM}\nHWY00,{FORM}\n")

    assert [error.partition(":")[0] for error in refused.value.errors] == ["Line 2", "Line 4"]


@pytest.mark.parametrize("text", ["", "seat,address\nHWY00,x\n", "seat,bioguide\nHWY00,\n"])
def test_a_list_whose_columns_we_do_not_know_is_refused(text):
    with pytest.raises(ListRefused, match="1 lines"):
        read_list(text)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(CommandError, match="could not be read"):
        call_command("load_form_addresses", tmp_path / "none.csv", by="Anna")


@pytest.mark.parametrize(
    ("url", "is_official"),
    [
        (FORM, True),
        ("https://house.gov/contact", True),
        ("https://www.senate.gov/contact", True),
        ("https://nothouse.gov/contact", False),
        ("javascript:alert(1)", False),
        ("https://[house.gov/", False),
        ("https://hageman.house.gov@example.org/", False),
    ],
)
def test_supporters_are_led_to_offices_only(url, is_official):
    assert (trouble_of_address(url) == "") is is_official


def test_a_roster_sync_leaves_the_table_alone_and_a_new_member_begins_without(load):
    load(["HWY00", "", FORM, "", ""])
    call_command("load_roster", verbosity=0)
    assert page().url == FORM

    successor = Term.objects.filter(seat="HTX37").get().member_id
    Term.objects.filter(seat="HWY00").update(member=successor)

    assert (page().is_form, page().url) == (False, "https://hageman.house.gov")
    assert Route.objects.get(seat="HWY00").form_url == FORM
