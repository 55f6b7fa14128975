"""The daily look at every public source."""

import pytest

from representatives import refreshing
from representatives.refreshing import refresh_daily
from representatives.tables import TableRefused


@pytest.fixture
def asked(monkeypatch):
    """Which sources were asked; the first one fails."""
    asked = []

    def fails():
        asked.append("first")
        raise TableRefused("It answered 404.")

    def works():
        asked.append("second")
        raise TableRefused("It answered 503.")

    kinds = dict(zip(refreshing.Snapshot.Kind, (fails, works), strict=False))
    monkeypatch.setattr(refreshing, "REFRESHES", kinds)
    return asked


@pytest.mark.parametrize(
    ("laptop", "live", "looks"),
    [(True, False, False), (True, True, True), (False, False, True), (False, True, True)],
)
def test_a_server_looks_daily_and_a_laptop_does_not(asked, settings, laptop, live, looks):
    settings.LAPTOP, settings.LIVE = laptop, live

    refresh_daily()

    assert bool(asked) == looks


def test_a_source_that_fails_is_loud_and_stops_no_other(asked, settings, caplog):
    settings.LIVE = True

    refresh_daily()

    assert asked == ["first", "second"]
    assert "It answered 404." in caplog.text
