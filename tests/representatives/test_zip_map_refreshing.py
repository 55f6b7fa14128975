"""A newer map of ZIP codes: what it changes, in words, and whether it needs a person."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from representatives.accepting import accept, roll_back
from representatives.models import Snapshot, StateMap, ZipDistrict
from representatives.receiving import Outcome
from representatives.tables import TableRefused, read_table
from representatives.zip_map.differing import difference, map_in_force
from representatives.zip_map.refreshing import refresh_zip_map
from representatives.zip_map.table import name_of, read_zip_map

pytestmark = pytest.mark.django_db
Status = Snapshot.Status
ASKED = date(2026, 11, 20)


def proposed(congress=119):
    return Snapshot.objects.filter(kind="zip_map", congress=congress, status=Status.PROPOSED)


@pytest.fixture
def source(tmp_path):
    """The shipped map's known districts of some states, as a CSV, and what a test writes over."""

    def make(*states, **changes):
        zip_map = read_zip_map(read_table(name_of(119))[0])
        lines = ["state_fips,state_abbr,zcta,cd"]
        for code, districts in zip_map.items():
            for each in districts:
                if each.state in states and each.number is not None:
                    number = changes.get(f"z{code}", each.number)
                    lines.append(f"00,{each.state},{code},{number}")
        file = tmp_path / "source.csv"
        file.write_text("\n".join(lines))
        return str(file)

    return make


def refresh(source, **changes):
    return refresh_zip_map(source, **({"congress": 119, "as_of": ASKED} | changes))


def test_a_map_that_says_the_same_changes_no_zip(source):
    assert refresh(source("HI")).arrival.changes == ()


def test_a_small_change_is_in_force_at_once(source):
    done = refresh(source("HI", z96701=2))

    assert done.outcome == Outcome.ACCEPTED
    assert done.arrival.changes[0].startswith("HI: 1 of ")
    assert done.arrival.changes[0].endswith(": 96701 HI-1 → HI-2")
    assert [str(row) for row in ZipDistrict.objects.filter(zip="96701")] == ["96701 HI-2"]


def test_a_change_in_force_says_what_it_changed(source):
    done = refresh(source("HI", z96701=2))

    snapshot = StateMap.objects.get(congress=119, state="HI").snapshot
    assert snapshot.changes == list(done.arrival.changes)
    assert (snapshot.as_of, snapshot.status) == (ASKED, Status.IN_FORCE)


def test_a_large_change_waits_for_a_person(source):
    done = refresh(source("HI", z96701=2, z96706=2, z96707=2))

    assert done.outcome == Outcome.PROPOSED
    assert done.arrival.too_large.startswith("HI: new, or more than 1%")
    assert [str(row) for row in ZipDistrict.objects.filter(zip="96701")] == ["96701 HI-1"]
    assert proposed().get().kept_table.text.startswith("96701,HI-2")


def test_a_large_change_in_one_small_state_is_not_lost_among_the_others(source):
    assert refresh(source("HI", "NY", z96701=2, z96706=2, z96707=2)).outcome == Outcome.PROPOSED


def test_only_the_newest_proposal_waits(source):
    refresh(source("HI", z96701=2, z96706=2, z96707=2))

    refresh(source("HI", z96701=2, z96706=2, z96707=2, z96712=2))

    assert proposed().get().kept_table.text.count("HI-2") > 0
    assert proposed().count() == 1


def test_a_state_that_had_no_map_waits_for_a_person(source):
    done = refresh(source("UT"), congress=120)

    assert done.outcome == Outcome.PROPOSED
    assert done.arrival.changes[0].startswith("UT: no map of it is in force so far; ")


def test_a_state_that_keeps_its_lines_is_compared_with_the_map_that_holds(source):
    assert refresh(source("HI", z96701=2), congress=120).outcome == Outcome.ACCEPTED
    assert StateMap.objects.filter(congress=120, state="HI").exists()


@pytest.mark.parametrize(("again", "age"), [(None, 0), (date(2026, 11, 21), 2)])
@time_machine.travel("2026-11-23 15:00Z")
def test_a_source_that_says_the_same_again_makes_it_as_young(source, again, age):
    refresh(source("HI", z96701=2))

    done = refresh(source("HI", z96701=2), as_of=again)

    snapshot = StateMap.objects.get(congress=119, state="HI").snapshot
    assert done.outcome == Outcome.UNCHANGED
    assert snapshot.age_in_days(date(2026, 11, 23)) == age


def test_what_waited_is_accepted_and_taken_back_by_a_person(source):
    refresh(source("UT"), congress=120)

    accept(proposed(120).get(), by="olga")
    assert StateMap.objects.filter(congress=120, state="UT").exists()

    refresh(source("HI", z96701=2))
    roll_back(Snapshot.Kind.ZIP_MAP, congress=119, by="olga")
    assert [str(row) for row in ZipDistrict.objects.filter(zip="96701")] == ["96701 HI-1"]


def test_what_a_person_refused_does_not_wait_again(source):
    refresh(source("UT"), congress=120)
    proposed(120).update(status=Status.REFUSED)

    assert refresh(source("UT"), congress=120).outcome == Outcome.REFUSED_BEFORE
    assert not proposed(120).exists()


def test_a_dry_run_shows_it_and_changes_nothing(source, capsys):
    before = Snapshot.objects.count()

    call_command("refresh_zip_map", source("UT"), congress=120, as_of=ASKED, dry_run=True)

    said = capsys.readouterr().out
    assert "UT: no map of it is in force so far" in said
    assert "A person must look: UT" in said and "this was a dry run" in said
    assert Snapshot.objects.count() == before


def test_a_file_needs_its_day(source):
    with pytest.raises(CommandError, match="--as-of YYYY-MM-DD"):
        call_command("refresh_zip_map", source("UT"), congress=120)


def test_a_source_that_cannot_be_true_changes_nothing(source):
    with pytest.raises(TableRefused, match="HI-9, which is not a district"):
        refresh(source("HI", z96701=9))

    assert [str(row) for row in ZipDistrict.objects.filter(zip="96701")] == ["96701 HI-1"]


def test_a_sentence_names_three_zips_at_most():
    before = map_in_force(119)
    hawaii = {code: tuple(districts) for code, districts in list(before["HI"].items())[4:]}

    sentence = difference(before, hawaii).sentences[0]

    assert sentence.count("→ none") == 3 and sentence.endswith("; …")
