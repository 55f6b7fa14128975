"""The result of screen 1: the right offices, also where nobody sits or nobody knows."""

from dataclasses import replace
from datetime import date

import pytest

from letters.models import Delivery
from letters.views.offices import WHY_SENATORS_ALONE
from representatives.lookup import find_seats
from tests.letters.journey.conftest import text_of

SPLIT = {"street": "2400 N Lincoln Ave", "city": "Chicago", "zip": "60614"}


def seats_of(answer) -> list[str]:
    return [card.seat.seat for card in answer.context["cards"]]


def delivered_to() -> dict[str, str]:
    return dict(Delivery.objects.values_list("seat_id", "resolved_by"))


def test_every_office_has_a_card_and_is_ticked(supporter):
    supporter.find()

    page = supporter.get("find/offices/")

    assert seats_of(page) == ["HWY00", "SWY01", "SWY02"]
    assert page.content.decode().count(" checked") == 3
    assert "We send it for you: House CWC gateway" in text_of(page)


@pytest.mark.parametrize(
    ("zip", "city", "said"),
    [
        ("20001", "Washington", "District of Columbia: there are no senators here"),
        ("96910", "Hagatna", "letter goes to the delegate in the House"),
        ("00901", "San Juan", "letter goes to the Resident Commissioner in the House"),
    ],
)
def test_where_there_are_no_senators_the_single_card_is_explained(supporter, zip, city, said):
    supporter.find(zip=zip, city=city)

    page = supporter.get("find/offices/")

    assert len(page.context["cards"]) == 1
    assert said in text_of(page)


def test_in_a_state_nothing_is_said_of_missing_senators(supporter):
    supporter.find()

    assert "no senators" not in text_of(supporter.get("find/offices/"))


def test_at_least_one_office_has_to_stay_ticked(supporter):
    supporter.find()

    answer = supporter.tick([])

    assert "Tick at least one office" in text_of(answer)
    assert " checked" not in answer.content.decode()


def test_a_seat_of_somebody_else_cannot_be_ticked(supporter):
    supporter.find()

    assert supporter.tick(["STX01"]).status_code == 200


def test_a_letter_goes_to_the_ticked_offices_alone(supporter):
    supporter.find()
    supporter.tick(["SWY02"])
    supporter.write()
    supporter.sign()

    assert delivered_to() == {"SWY02": "zip"}
    assert supporter.letter.signatory.district == "WY-0"


def test_a_vacant_seat_is_shown_and_cannot_be_ticked(supporter):
    supporter.find(zip="30017", city="Grayson")

    page = supporter.get("find/offices/")

    assert seats_of(page)[0] == "HGA13"
    assert "Vacant seat" in text_of(page)
    assert 'value="HGA13"' not in page.content.decode()
    assert supporter.tick(["HGA13", "SGA02"]).status_code == 200
    assert supporter.tick(["SGA02"]).url == supporter.url("letter/")


@pytest.fixture
def new_congress(monkeypatch):
    """Nobody knows yet who holds these seats."""

    def begin(*seats):
        def find(address):
            lookup = find_seats(address)
            unknown = {"member": None, "member_name": "", "roster_knows": False}
            found = [replace(f, **unknown) if f.seat in seats else f for f in lookup.seats]
            return replace(lookup, seats=tuple(found))

        monkeypatch.setattr("letters.views.find.find_seats", find)

    return begin


def test_a_seat_of_nobody_knows_whom_is_not_called_vacant_and_cannot_be_ticked(
    supporter, new_congress
):
    new_congress("HWY00", "SWY02")
    supporter.find()

    page = supporter.get("find/offices/")

    assert "Not known yet" in text_of(page) and "Vacant" not in text_of(page)
    assert supporter.tick(["HWY00", "SWY01"]).status_code == 200
    assert supporter.tick(["SWY01"]).url == supporter.url("letter/")


def test_a_candidate_of_nobody_knows_whom_is_not_called_vacant(supporter, new_congress):
    new_congress("HIL05")
    supporter.find(**SPLIT)

    page = supporter.get("find/offices/")

    assert "Not known yet" in text_of(page) and "Vacant" not in text_of(page)


def test_where_nobody_is_known_yet_the_page_says_when_to_come_back(supporter, new_congress):
    new_congress("HGU00")
    supporter.find(zip="96910", city="Hagåtña")

    page = supporter.get("find/offices/")

    assert "Please come back in a few days" in text_of(page)
    assert "Continue to the letter" not in text_of(page)


def test_guam_has_a_delegate_and_no_senators(supporter):
    supporter.find(zip="96910", city="Hagåtña")

    assert seats_of(supporter.get("find/offices/")) == ["HGU00"]


def test_a_po_box_gets_the_senators_and_is_told_why(supporter):
    supporter.find(street="P.O. Box 12", city="Austin", zip="78701")

    page = supporter.get("find/offices/")

    assert seats_of(page) == ["STX01", "STX02"]
    assert "A PO box does not tell where you live" in text_of(page)


@pytest.mark.parametrize(
    "reason", sorted(set(WHY_SENATORS_ALONE) - {"split_zip", "several_states"})
)
def test_where_the_zip_code_tells_the_state_alone_nothing_is_offered_to_choose(
    supporter, monkeypatch, reason
):
    def state_alone(address):
        return replace(find_seats(address), reason=reason)

    monkeypatch.setattr("letters.views.find.find_seats", state_alone)
    supporter.find(city="Fort Garland", zip="81137")

    why = supporter.get("find/offices/").context["why"]

    assert "senators" in why
    assert "choose" not in why.lower()


def test_on_a_state_line_without_a_map_the_state_is_asked_for(supporter, monkeypatch):
    def on_the_day(address):
        return find_seats(address, on=date(2027, 1, 3), offline=True)

    monkeypatch.setattr("letters.views.find.find_seats", on_the_day)
    supporter.find(city="Rossville", zip="30741")

    page = supporter.get("find/offices/")
    supporter.post("find/offices/", {"seat": "open-GA"})

    assert "more than one state" in text_of(page)
    assert [each.value for each in page.context["opens"]] == ["open-GA", "open-TN"]
    assert seats_of(supporter.get("find/offices/")) == ["SGA02", "SGA03"]


def test_a_split_zip_code_is_never_guessed(supporter):
    supporter.find(**SPLIT)

    page = supporter.get("find/offices/")

    assert [found.district for found, _ in page.context["candidates"]] == ["IL-3", "IL-5", "IL-7"]
    assert "I don't know" in text_of(page)
    assert supporter.get("letter/").url == supporter.url("find/offices/")


def test_one_of_the_candidates_has_to_be_chosen(supporter):
    supporter.find(**SPLIT)

    assert "Choose one" in text_of(supporter.post("find/offices/", {}))
    assert "Choose one" not in text_of(supporter.get("find/offices/"))
    assert supporter.post("find/offices/", {"seat": "TX-37"}).status_code == 200


def test_the_supporters_choice_is_written_down_as_a_choice(supporter):
    supporter.find(**SPLIT)
    supporter.post("find/offices/", {"seat": "IL-5"})
    supporter.tick(["HIL05", "SIL02", "SIL03"])
    supporter.write()
    supporter.sign()

    assert delivered_to() == {"HIL05": "choice", "SIL02": "zip", "SIL03": "zip"}
    assert supporter.letter.signatory.district == "IL-5"


def test_who_does_not_know_writes_to_the_senators(supporter):
    supporter.find(**SPLIT)
    supporter.post("find/offices/", {"seat": "open-IL"})
    assert seats_of(supporter.get("find/offices/")) == ["SIL02", "SIL03"]

    supporter.tick(["SIL02", "SIL03"])
    supporter.write()
    supporter.sign()

    assert supporter.letter.signatory.district == ""
    assert supporter.letter.signatory.state == "IL"


def test_who_does_not_know_is_told_that_we_look_later_and_write(supporter):
    supporter.find(**SPLIT)
    before = text_of(supporter.get("find/offices/"))
    supporter.post("find/offices/", {"seat": "open-IL"})
    after = text_of(supporter.get("find/offices/"))

    assert "its two senators, and you look for my representative later." in before
    assert "The letters to your senators do not wait." in after
    assert "We look for your representative again" in after


def test_of_a_po_box_nothing_is_promised_for_later(supporter):
    supporter.find(street="PO Box 12", city="Fairview", zip="59221")
    before = text_of(supporter.get("find/offices/"))
    supporter.post("find/offices/", {"seat": "open-ND"})
    after = text_of(supporter.get("find/offices/"))

    assert "I live in North Dakota: my letter goes to its two senators alone." in before
    assert "A PO box does not tell where you live." in after
    assert "look for your representative" not in before + after


def test_a_choice_can_be_made_again(supporter):
    supporter.find(**SPLIT)
    supporter.post("find/offices/", {"seat": "IL-5"})

    supporter.post("find/offices/", {"again": "1"})

    assert "candidates" in supporter.get("find/offices/").context


def test_a_zip_code_in_two_states_asks_which_one(supporter):
    supporter.find(zip="59221", city="Fairview")

    opens = supporter.get("find/offices/").context["opens"]

    assert [each.state for each in opens] == ["Montana", "North Dakota"]
    supporter.post("find/offices/", {"seat": "open-ND"})
    assert seats_of(supporter.get("find/offices/")) == ["SND01", "SND03"]


def test_an_unticked_office_stays_so_when_they_come_back(supporter):
    supporter.find()
    supporter.tick(["SWY01"])

    assert supporter.get("find/offices/").content.decode().count(" checked") == 1


def test_an_error_stands_above_the_offices_and_leads_to_them(supporter):
    supporter.walk_to("offices")

    page = supporter.tick(seats=[]).content.decode()

    assert '<a href="#id_seats">' in page
    assert 'role="alert"' in page


def test_an_error_stands_above_the_districts_and_leads_to_them(supporter):
    supporter.find(street="2001 N Clark St", city="Chicago", zip="60614")

    page = supporter.post("find/offices/", {}).content.decode()

    assert '<a href="#id_seat">' in page
