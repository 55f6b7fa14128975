"""The first campaign as it comes with the product."""

import pytest

from campaign.loading import load_campaign
from campaign.opening import review

pytestmark = pytest.mark.django_db


def test_whom_the_appeal_names_in_custody_stands_among_its_prisoners():
    campaign, _ = load_campaign("may-21")

    named = campaign.current_appeal.facts.filter(key__startswith="in_custody")
    assert {each.name for each in campaign.prisoners.all()} == {each.value for each in named}
    assert all(each.name in each.story for each in campaign.prisoners.all())


def test_a_story_is_told_to_congress_only_after_its_review(settings):
    campaign, _ = load_campaign("may-21")
    rehearsed = campaign.prisoners.nameable().count()
    settings.LIVE = True
    before = campaign.prisoners.nameable().count()

    review(campaign.prisoners.filter(name="Ihar Losik"), by="organizer")

    assert (rehearsed, before) == (3, 0)
    assert [each.name for each in campaign.prisoners.nameable()] == ["Ihar Losik"]
