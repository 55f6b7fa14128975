"""A line of the log tells what and where, never whom."""

import logging
import sys

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import ResolverMatch

from campaign.log_lines import LogLine

KEY, NAME = "kEy-of-a-receipt", "Alena Škłoŭ"


def line(message: str, *args, name: str = "letters.delivery", exc_info=None, **extra) -> str:
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, exc_info)
    record.__dict__ |= extra
    return LogLine().format(record)


@pytest.fixture
def failure():
    """An exception that quotes a person, raised from one that quotes a key."""
    try:
        try:
            raise SuspiciousOperation(KEY)
        except SuspiciousOperation as error:
            raise ValueError(NAME) from error
    except ValueError:
        return sys.exc_info()


def test_our_own_words_stay():
    assert line("delivery %s broke: %s", 7, "ValueError").endswith("delivery 7 broke: ValueError")


def test_an_exception_is_told_without_what_it_quotes(failure):
    told = line("delivery 7 broke", exc_info=failure)
    assert NAME not in told
    assert KEY not in told


def test_an_exception_is_told_with_its_cause_and_where_it_was_raised(failure):
    told = line("delivery 7 broke", exc_info=failure)
    assert "builtins.ValueError" in told
    assert "SuspiciousOperation" in told
    assert f"{__file__}:" in told


def test_a_page_is_told_by_its_name():
    request = HttpRequest()
    request.path = f"/receipt/{KEY}/"
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name="receipt")
    told = line("%s: %s", "Internal Server Error", request.path, request=request, status_code=500)
    assert KEY not in told
    assert told.endswith("500 from receipt")


def test_an_address_of_no_page_is_not_told():
    request = HttpRequest()
    request.path = f"/recipt/{KEY}/"
    assert KEY not in line("Not Found: %s", request.path, request=request, status_code=404)


def test_a_task_that_broke_is_told_without_its_exception():
    context = {"name": "drain", "id": "7", "description": "raised unexpected", "exc": NAME}
    told = line("Task %(name)s: %(exc)s", context, name="celery.app.trace")
    assert told.endswith("task drain[7] raised unexpected")


def test_every_handler_writes_such_lines(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert {handler["formatter"] for handler in handlers} == {"line"}
    assert settings.LOGGING["formatters"]["line"]["()"] == "campaign.log_lines.LogLine"
