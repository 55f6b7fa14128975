"""What an office reads."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from campaign.models import Appeal, Prisoner
from letters.channels.interface import Office, whole_text
from letters.channels.webform.recipe import Form, Recipe
from letters.composing import (
    PLACEHOLDER,
    Text,
    UnknownFact,
    campaign_id,
    envelope_for,
    fill,
    named_facts,
    remaining_facts,
)
from letters.models.delivery import make_delivery_key
from representatives.models import Seat
from tests.factories import make_campaign, make_identity

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


@pytest.fixture
def appeal():
    return make_campaign().current_appeal


def envelope(appeal, *, text=None, seat="HWY00", on=DAY, office=None):
    seat = Seat.objects.get(code=seat)
    return envelope_for(
        appeal=appeal,
        text=text or Text(),
        person=make_identity(),
        seat=seat,
        member=seat.term_on(DAY).member,
        delivery_key=make_delivery_key(),
        address_validated=True,
        on=on,
        office=office or Office(seat.code, seat.chamber),
    )


def test_on_the_day_of_the_appeal_the_count_is_the_appeals_own(appeal):
    assert "It has been 830 days since" in fill(
        appeal.statement, appeal=appeal, on=date(2025, 5, 19)
    )


def test_days_are_counted_on_the_day_of_sending(appeal):
    assert "It has been 1,383 days since" in envelope(appeal).statement


def test_no_figure_of_the_statement_stands_outside_the_facts(appeal):
    assert not re.search(r"\d", PLACEHOLDER.sub("", appeal.statement))


def test_the_statement_names_no_fact_that_is_missing(appeal):
    appeal.facts.filter(key="prisoners").delete()

    with pytest.raises(UnknownFact):
        fill(appeal.statement, appeal=Appeal.objects.get(pk=appeal.pk), on=DAY)


@pytest.mark.parametrize(
    ("seat", "salutation"),
    [
        ("HWY00", "Dear Representative Hageman,"),
        ("SWY02", "Dear Senator Lummis,"),
        ("HDC00", "Dear Delegate Norton,"),
        ("HPR00", "Dear Resident Commissioner Hernández Rivera,"),
    ],
)
def test_each_office_is_greeted_by_its_role(appeal, seat, salutation):
    assert envelope(appeal, seat=seat).salutation == salutation


def test_the_whole_message_has_neither_name_nor_address(appeal):
    message = whole_text(envelope(appeal, text=Text(own_words="I worry.")))

    for personal in ("Alena", "Škłoŭ", "Carey", "Cheyenne", "82001", "@example.org"):
        assert personal not in message


def test_the_whole_message_closes_with_the_signing_organizations(appeal):
    assert whole_text(envelope(appeal)).endswith(
        "Seattle Belarusians\nBelarusians of Boston and New England\n"
        "Association of Belarusians in America (ABA)"
    )


def test_own_words_come_before_the_statement(appeal):
    message = whole_text(envelope(appeal, text=Text(own_words="My uncle is in prison.")))

    assert message.index("My uncle") < message.index("Belarusian American organizations urge")


def test_an_edited_statement_prints_its_figures_date_and_no_organizations(appeal):
    text = Text(statement="Release all 1,171 of them.", frozen_on=DAY)

    assert envelope(appeal, text=text).statement == (
        "Release all 1,171 of them.\n\n(Figures as of May 19, 2025.)"
    )
    assert envelope(appeal, text=text).closing == ""


def test_an_edited_statement_says_until_when_days_are_counted(appeal):
    text = Text(statement="1,383 days without a word.", frozen_on=DAY)

    assert envelope(appeal, text=text).statement.endswith("days counted to November 23, 2026.)")


def test_an_edited_statement_states_only_the_facts_whose_words_remain(appeal):
    text = Text(statement="Ihar Losik is one of 1,171.", frozen_on=DAY)

    assert {fact.key for fact in remaining_facts(appeal=appeal, text=text)} == {
        "in_custody_2",
        "prisoners",
    }


def test_an_age_does_not_stand_in_a_larger_number(appeal):
    text = Text(statement="There were 1,500 and 50,000 of them.", frozen_on=DAY)

    assert remaining_facts(appeal=appeal, text=text) == []


def test_an_untouched_letter_states_every_fact_that_it_names(appeal):
    assert len(named_facts(appeal=appeal, text=Text())) == appeal.facts.count()


def test_an_edited_statement_leaves_the_facts_that_the_subject_names(appeal):
    text = Text(statement="Release them.", frozen_on=DAY)

    assert [fact.key for fact in named_facts(appeal=appeal, text=text)] == ["day"]


def test_a_story_stands_between_the_own_words_and_the_statement(appeal):
    prisoner = Prisoner(name="Somebody", story="Somebody is ill.")

    written = whole_text(envelope(appeal, text=Text(own_words="Hear this.", prisoner=prisoner)))

    assert "\n\nHear this.\n\nSomebody is ill.\n\nBelarusian American" in written


def test_what_congress_reads_follows_no_browsers_language(appeal):
    text = Text(statement="All 1,171.", frozen_on=DAY)
    with override("be"):
        assert "May 19, 2025" in envelope(appeal, text=text).statement


def test_a_campaign_keeps_its_id_and_shares_it_with_no_other(appeal):
    other = make_campaign().current_appeal
    other.campaign.slug = "another"

    assert campaign_id(appeal) == campaign_id(appeal) != campaign_id(other)


def test_the_short_statement_has_its_figures_of_the_day(appeal):
    assert "it has been 1,383 days since" in envelope(appeal).short_statement


@pytest.mark.parametrize("statement", ["Release them.", ""])
def test_whoever_edits_the_statement_gets_no_short_one_instead(appeal, statement):
    text = Text(statement=statement, frozen_on=DAY)

    assert envelope(appeal, text=text).short_statement == ""


def test_a_fact_of_the_short_statement_counts_as_stated(appeal):
    appeal.statement, appeal.short_statement = "Release them.", "Release all {prisoners}."

    assert {fact.key for fact in named_facts(appeal=appeal, text=Text())} == {"day", "prisoners"}


def test_the_envelope_brings_what_the_office_is_reached_by(appeal):
    form = Form(Recipe("B001261", steps=()))
    office = Office("HWY00", "house", email="desk@house.example", form=form)

    written = envelope(appeal, office=office)

    assert (written.office_email, written.form) == ("desk@house.example", form)
