"""The offices that the supporter finishes: one after the other, and as they say."""

import pytest

from letters.models import Delivery
from letters.states import Reason, State
from tests.letters.journey.conftest import text_of


@pytest.fixture
def receipt(supporter) -> str:
    """The path of a receipt whose three offices need the supporter."""
    path = supporter.confirm()
    Delivery.objects.update(state=State.NEEDS_SUPPORTER, channel="hand_off")
    return path


def page_of(receipt: str, seat: str) -> str:
    return f"{receipt}offices/{Delivery.objects.get(seat=seat).id}/"


def state_of(seat: str) -> str:
    return Delivery.objects.get(seat=seat).state


def test_everything_that_a_form_asks_is_ready_to_copy(client, receipt):
    page = client.get(page_of(receipt, "HWY00")).content.decode()

    for value in ("Ms.", "Alena", "Škłoŭ", "2101 Capitol Ave", "Cheyenne", "82001"):
        assert f'value="{value}" readonly' in page
    assert "Dear Representative Hageman," in page
    assert "no-store" in client.get(page_of(receipt, "HWY00"))["Cache-Control"]


def test_the_official_form_opens_without_a_word_of_where_one_came_from(client, receipt):
    page = client.get(page_of(receipt, "HWY00")).content.decode()

    assert 'rel="noopener noreferrer"' in page
    assert "do not send it" in text_of(client.get(page_of(receipt, "HWY00")))


def test_a_reported_office_leads_to_the_next_one(client, receipt):
    answer = client.post(page_of(receipt, "HWY00") + "sent/")

    assert answer.url == page_of(receipt, "SWY01")
    assert state_of("HWY00") == State.SELF_REPORTED


def test_after_the_last_office_comes_the_receipt(client, receipt):
    for seat in ("HWY00", "SWY01"):
        client.post(page_of(receipt, seat) + "sent/")

    assert client.post(page_of(receipt, "SWY02") + "sent/").url == receipt
    assert "You told us that you sent it" in text_of(client.get(receipt))


def test_an_office_that_did_not_work_stays_theirs_to_try(client, receipt):
    client.post(page_of(receipt, "HWY00") + "could-not/")

    assert state_of("HWY00") == State.NEEDS_SUPPORTER
    assert Delivery.objects.get(seat="HWY00").reason == Reason.YOU_COULD_NOT
    assert client.get(page_of(receipt, "HWY00")).status_code == 200


def test_a_report_can_be_taken_back(client, receipt):
    client.post(page_of(receipt, "HWY00") + "sent/")

    assert client.post(page_of(receipt, "HWY00") + "undo/").url == receipt
    assert state_of("HWY00") == State.NEEDS_SUPPORTER


def test_a_get_reports_nothing(client, receipt):
    client.get(page_of(receipt, "HWY00") + "sent/")

    assert state_of("HWY00") == State.NEEDS_SUPPORTER


def test_a_report_given_twice_shows_what_is(client, receipt):
    path = page_of(receipt, "HWY00") + "sent/"
    client.post(path)

    answer = client.post(path, follow=True)

    assert "has changed meanwhile" in text_of(answer)
    assert state_of("HWY00") == State.SELF_REPORTED


def test_an_office_that_needs_nobody_any_more_leads_to_the_receipt(client, receipt):
    Delivery.objects.filter(seat="HWY00").update(state=State.HANDED_OVER)

    assert client.get(page_of(receipt, "HWY00")).url == receipt


def test_a_report_that_we_do_not_know_finds_nothing(client, receipt):
    assert client.post(page_of(receipt, "HWY00") + "maybe/").status_code == 404
