"""The offices that the supporter finishes: one after the other, and as they say."""

import pytest
from django.test import Client

from letters.models import Delivery
from letters.states import Reason, State
from representatives.congress import lookup_day
from representatives.models import Snapshot
from tests.factories import make_roster
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
        assert f'value="{value}"' in page
    assert "Dear Representative Hageman," in page
    assert "no-store" in client.get(page_of(receipt, "HWY00"))["Cache-Control"]


def test_the_official_form_opens_without_a_word_of_where_one_came_from(client, receipt):
    page = client.get(page_of(receipt, "HWY00")).content.decode()

    assert 'rel="noopener noreferrer"' in page
    assert "do not send it" in text_of(client.get(page_of(receipt, "HWY00")))


def test_where_no_form_is_known_the_page_says_what_to_look_for(client, receipt):
    assert "look for “Contact”" in text_of(client.get(page_of(receipt, "HWY00")))
    assert "look for “Contact”" not in text_of(client.get(page_of(receipt, "SWY02")))


def test_a_reported_office_leads_to_the_next_one(client, receipt):
    answer = client.post(page_of(receipt, "HWY00") + "sent/")

    assert answer.url == page_of(receipt, "SWY01")
    assert state_of("HWY00") == State.SELF_REPORTED


def test_the_next_page_undoes_what_was_reported(client, receipt):
    answer = client.post(page_of(receipt, "HWY00") + "sent/", follow=True)
    assert "Hageman: You told us that you sent it." in text_of(answer)

    answer = client.post(page_of(receipt, "HWY00") + "undo/")

    assert answer.url == page_of(receipt, "HWY00")
    assert state_of("HWY00") == State.NEEDS_SUPPORTER
    assert "Undo" not in text_of(client.get(page_of(receipt, "SWY01")))


def test_a_report_can_be_undone_above_the_very_next_page_alone(client, receipt):
    client.post(page_of(receipt, "HWY00") + "sent/")

    assert "Undo" in text_of(client.get(page_of(receipt, "SWY01")))
    assert "Undo" not in text_of(client.get(page_of(receipt, "SWY01")))


def test_a_report_that_was_undone_meanwhile_is_not_offered_to_be_undone(client, receipt):
    client.post(page_of(receipt, "HWY00") + "sent/")
    Delivery.objects.filter(seat="HWY00").update(state=State.NEEDS_SUPPORTER)

    assert "Undo" not in text_of(client.get(page_of(receipt, "SWY01")))


@pytest.mark.parametrize("report", ["could-not", "by-hand"])
def test_whatever_was_reported_can_be_undone_from_the_next_page(client, receipt, report):
    answer = client.post(page_of(receipt, "HWY00") + f"{report}/", follow=True)
    assert "Undo : Harriet M. Hageman" in text_of(answer)

    client.post(page_of(receipt, "HWY00") + "undo/")

    assert client.get(f"{receipt}offices/").url == page_of(receipt, "HWY00")


def test_after_the_last_office_comes_the_receipt(client, receipt):
    for seat in ("HWY00", "SWY01"):
        client.post(page_of(receipt, seat) + "sent/")

    answer = client.post(page_of(receipt, "SWY02") + "sent/")

    assert answer.url == receipt
    assert text_of(client.get(answer.url)).count("You told us that you sent it") == 4
    assert client.get(f"{receipt}offices/").url == receipt


def test_a_report_is_told_on_its_own_receipt_alone(client, receipt, supporter):
    house, supporter.email = page_of(receipt, "HWY00"), "ales@example.org"
    other = supporter.confirm()
    client.post(house + "sent/")

    assert "Undo" not in text_of(client.get(other))


def test_what_is_to_be_brought_by_hand_needs_the_supporter_no_more(client, receipt):
    client.post(page_of(receipt, "HWY00") + "by-hand/")

    text = text_of(client.get(receipt))

    assert "2 offices need you" in text
    assert "For a volunteer to bring" in text
    assert "I will send it myself after all" in text


def test_why_it_did_not_work_is_asked_and_kept(client, receipt):
    client.post(page_of(receipt, "HWY00") + "could-not/", {"why": "form_not_found"})

    assert Delivery.objects.get(seat="HWY00").reason == Reason.FORM_NOT_FOUND


def test_the_letter_is_printed_for_its_writer_alone(client, receipt):
    answer = client.get(page_of(receipt, "HWY00") + "letter.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(page_of(receipt, "HWY00") + "letter.pdf").url == f"{receipt}code/"


def test_nothing_is_printed_that_is_settled(client, receipt):
    Delivery.objects.filter(seat="HWY00").update(state=State.SELF_REPORTED)

    assert client.get(page_of(receipt, "HWY00") + "letter.pdf").url == receipt


def test_an_office_that_did_not_work_stays_theirs_to_try(client, receipt):
    client.post(page_of(receipt, "HWY00") + "could-not/")

    assert state_of("HWY00") == State.NEEDS_SUPPORTER
    assert Delivery.objects.get(seat="HWY00").reason == Reason.YOU_COULD_NOT
    assert client.get(page_of(receipt, "HWY00")).status_code == 200


def test_what_has_to_wait_is_left_out_and_says_when_to_come_back(client, receipt):
    Snapshot.objects.filter(kind="roster").update(covers_until=lookup_day())

    assert client.get(f"{receipt}offices/").url == page_of(receipt, "SWY01")
    assert "2 offices need you" in text_of(client.get(page_of(receipt, "SWY01")))
    answer = client.get(page_of(receipt, "HWY00"), follow=True)
    assert "Please come back in a few days" in text_of(answer)


def test_whoever_is_asked_where_a_letter_goes_is_led_to_that_question(client, receipt):
    make_roster({"HWY00": None})

    assert client.get(f"{receipt}offices/").url == page_of(receipt, "HWY00") + "seat/"


def test_an_office_that_a_fact_stops_keeps_nobody_from_the_next_one(client, receipt, monkeypatch):
    def obstacle(delivery):
        return Reason.FACT_CHANGED if delivery.seat_id == "SWY01" else Reason.NONE

    monkeypatch.setattr("letters.views.hand_off.hand_off_obstacle", obstacle)

    answer = client.post(page_of(receipt, "HWY00") + "sent/")
    stopped = client.get(page_of(receipt, "SWY01"), follow=True)

    assert answer.url == page_of(receipt, "SWY02")
    assert "The organizers look into it: please come back in a few days, or" in text_of(stopped)


def test_a_get_reports_nothing(client, receipt):
    client.get(page_of(receipt, "HWY00") + "sent/")

    assert state_of("HWY00") == State.NEEDS_SUPPORTER


def test_a_report_given_twice_goes_on_as_once(client, receipt):
    path = page_of(receipt, "HWY00") + "sent/"
    first = client.post(path)

    assert client.post(path).url == first.url


def test_a_report_of_a_letter_that_has_changed_shows_what_is(client, receipt):
    client.post(page_of(receipt, "HWY00") + "sent/")

    answer = client.post(page_of(receipt, "HWY00") + "by-hand/", follow=True)

    assert "has changed meanwhile" in text_of(answer)
    assert state_of("HWY00") == State.SELF_REPORTED


def test_an_office_that_needs_nobody_any_more_leads_to_the_receipt(client, receipt):
    Delivery.objects.filter(seat="HWY00").update(state=State.HANDED_OVER)

    assert client.get(page_of(receipt, "HWY00")).url == receipt


def test_a_report_that_we_do_not_know_finds_nothing(client, receipt):
    assert client.post(page_of(receipt, "HWY00") + "maybe/").status_code == 404
