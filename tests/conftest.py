"""What every test stands on: the real seats, members and ZIP codes, loaded once a session.

At the end the tests that count something tell what they have seen, a line for each property.
"""

import django
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.urls import get_resolver
from django.utils import translation

from tests.environment import refuse_the_outside, set_up_environment
from tests.machine import BROWSER, RABBITMQ

set_up_environment()
refuse_the_outside()
# Here and now: the conftest of a folder named on the command line is read right after this one.
django.setup()
# As a rehearsal has them: a test that plays a live server must not be the first to read them.
get_resolver().url_patterns  # noqa: B018

# Tests that start processes of their own beside a server.
SERVER_MARKERS = ("postgresql", "rabbitmq", "faults")
ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Says why a test that needs more than Python is left out.

    On PostgreSQL only what asks a database runs: all else is the same on SQLite, where it runs too.
    """
    if ON_POSTGRESQL:
        config.hook.pytest_deselected(items=[each for each in items if not _asks_a_server(each)])
        items[:] = [each for each in items if _asks_a_server(each)]
    reasons = {
        "browser": "" if BROWSER.answers() else "chromium is not installed",
        "rabbitmq": "" if RABBITMQ.answers() else "no RabbitMQ on localhost:5672",
        "postgresql": "" if ON_POSTGRESQL else "DATABASE_URL names no PostgreSQL",
    }
    for item in items:
        for marker, reason in reasons.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def _asks_a_server(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", *SERVER_MARKERS))
    return marked or not {"db", "transactional_db"}.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_roster", verbosity=0)
        call_command("load_zip_map", verbosity=0)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What a web process keeps for a minute is true of one test's database only.

    Nor does a test speak the language of the last page that another one has read.
    """
    cache.clear()
    translation.deactivate()


def pytest_terminal_summary(terminalreporter) -> None:
    seen = [
        text
        for reports in terminalreporter.stats.values()
        for report in reports
        for _name, text in getattr(report, "user_properties", [])
        if report.when == "call"
    ]
    if seen:
        terminalreporter.section("what was seen")
        for text in seen:
            terminalreporter.write_line(text)
