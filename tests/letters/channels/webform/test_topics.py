"""A form's topic is chosen by its own words, or the supporter is asked."""

import pytest

from campaign.models.appeal import TOPICS
from letters.channels.webform.topics import SYNONYMS, like, synonyms
from tests.letters.channels.webform.letters import make_options

AFFAIRS = "International Affairs"


def chosen(topic: str, *entries: str) -> list[str]:
    return [option.text for option in like(topic, make_options(*entries))]


@pytest.mark.parametrize(
    "entry",
    [
        "International Affairs",
        "FOREIGN AFFAIRS",
        " Foreign  Relations ",
        "Foreign Policy Issues",
        "U.S. Foreign Policy",
        "Foreign Affairs, Military &amp; Veterans",
        "Foreign Relations/International Affairs",
        "Defense & Foreign Affairs",
        "Foreign & Defense Policy",
        "Foreign Affairs (including Human Rights)",
        "Foreign Affairs - Europe",
        "International",
        "Religion/Human Rights",
        "Human Rights-Global",
        "Foreign_Affairs",
    ],
)
def test_these_are_international_affairs(entry):
    assert chosen(AFFAIRS, "Agriculture", entry, "Taxes") == [entry]


@pytest.mark.parametrize(
    "entry",
    [
        "International Trade",
        "Foreign Trade",
        "Foreign Trade and International Finance",
        "Foreign Agriculture",
        "International Students",
        "International/Domestic Adoption",
        "International Religious Liberty",
        "Veterans of Foreign Wars",
        "Immigration",
        "Defense/National Security",
        "Civil Rights/Humanities",
        "Animal Rights",
        "Iran",
        "Other",
        "General/Other",
    ],
)
def test_these_are_not(entry):
    assert chosen(AFFAIRS, entry) == []


def test_the_closest_comes_first_wherever_it_stands():
    entries = ["Human Rights", "Foreign Policy", "Foreign Affairs & Trade", "Foreign Affairs"]

    assert chosen(AFFAIRS, *entries) == list(reversed(entries))[:2] + ["Foreign Policy", entries[0]]


def test_where_no_text_says_so_what_is_sent_may():
    assert chosen(AFFAIRS, "Farms=Agriculture", "world=Foreign Affairs") == ["world"]
    assert chosen(AFFAIRS, "Staff=Foreign Affairs", "Foreign Policy=FEDERAL") == ["Foreign Policy"]


def test_every_topic_that_an_appeal_may_have_is_known():
    assert set(SYNONYMS) == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_menu_that_has_the_topic_itself_is_answered_with_it(topic):
    assert chosen(topic, *[each for each in TOPICS if each != topic], topic)[0] == topic


@pytest.mark.parametrize(
    ("topic", "entry"),
    [
        ("Taxation", "Taxes"),
        ("Health", "Health Care"),
        ("Armed Forces and National Security", "Defense and Military"),
        ("Environmental Protection", "Energy/Environment"),
        ("Native Americans", "Tribal Issues"),
        ("Foreign Trade and International Finance", "Trade"),
        ("Agriculture and Food", "Agriculture"),
    ],
)
def test_other_topics_have_their_own_words(topic, entry):
    assert chosen(topic, "Foreign Affairs", entry, "Other") == [entry]


def test_no_synonym_is_written_in_a_way_that_no_entry_could_match():
    for topic in TOPICS:
        for name in synonyms(topic):
            assert chosen(topic, name) == [name], f"{topic}: {name}"
