""" "I don't know" is an answer: what the supporter sees of it, from the address to the choice."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from letters import choosing
from letters.choosing import choose, decline
from letters.models import Delivery, Letter, OpenSeat
from letters.models.open_seat import Outcome
from letters.notices import mail_due
from letters.open_seats import look_due
from letters.states import NotAllowed, State
from representatives.lookup import Reason, find_seats
from representatives.models import Term
from tests.factories import make_campaign, make_letter, make_state_map
from tests.letters.journey.conftest import text_of

# Three districts.
SPLIT = {"street": "2400 N Lincoln Ave", "city": "Chicago", "zip": "60614"}
# The post alone tells its state, and no map its district.
COLORADO = {"street": "1 Main St", "city": "Fort Garland", "zip": "81120"}
DAY = timedelta(days=1)


def walk(supporter, *, address=SPLIT, choice="open-IL", seats=("SIL02", "SIL03")):
    supporter.find(**address)
    if choice:
        supporter.post("find/offices/", {"seat": choice})
    supporter.tick(seats)
    supporter.write()
    supporter.sign()
    return supporter


@pytest.fixture
def receipt(supporter) -> str:
    """The path of the receipt of somebody in Chicago who did not know."""
    return walk(supporter).enter(supporter.mailed_code(), follow=True).redirect_chain[-1][0]


@pytest.fixture
def page(receipt) -> str:
    return f"{receipt}representative/"


def look(after: timedelta) -> None:
    """The task of that minute, and the mails that it has ordered."""
    with time_machine.travel(timezone.now() + after):
        look_due()
        mail_due()


def seat() -> OpenSeat:
    return OpenSeat.objects.get()


def house() -> list[str]:
    deliveries = Delivery.objects.filter(seat__chamber="house")
    return list(deliveries.values_list("seat", flat=True))


def test_who_does_not_know_leaves_the_seat_open(supporter):
    walk(supporter)

    assert (seat().letter, seat().state, seat().outcome) == (supporter.letter, "IL", Outcome.OPEN)


def test_who_chooses_leaves_nothing_open(supporter):
    walk(supporter, choice="IL-5", seats=["HIL05", "SIL02"])

    assert not OpenSeat.objects.exists()


@pytest.mark.parametrize(
    "reason",
    [Reason.GEOCODER_DOWN, Reason.STREET_NOT_FOUND, Reason.STREET_AMBIGUOUS, Reason.NO_MAP],
)
def test_what_the_lookup_could_not_tell_stays_open(supporter, monkeypatch, reason):
    def find(address):
        return replace(find_seats(address), reason=reason)

    monkeypatch.setattr("letters.views.find.find_seats", find)
    walk(supporter, address=COLORADO, choice="", seats=["SCO02"])

    assert (seat().state, seat().outcome) == ("CO", Outcome.OPEN)


@pytest.mark.parametrize(
    ("address", "choice", "seats"),
    [
        ({"street": "PO Box 12", "city": "Austin", "zip": "78701"}, "", ["STX01"]),
        ({"street": "PO Box 12", "city": "Fairview", "zip": "59221"}, "open-ND", ["SND01"]),
        ({"street": "1 M St NW", "city": "Washington", "zip": "20001"}, "", ["HDC00"]),
        ({"street": "1 Marine Dr", "city": "Hagåtña", "zip": "96910"}, "", ["HGU00"]),
    ],
)
def test_a_po_box_the_district_and_the_territories_leave_nothing_open(
    supporter, address, choice, seats
):
    walk(supporter, address=address, choice=choice, seats=seats)

    assert supporter.letter and not OpenSeat.objects.exists()


def test_the_receipt_says_that_we_look_and_when(client, receipt, page):
    text = text_of(client.get(receipt))

    assert "House of Representatives, Illinois" in text
    assert "We are still looking" in text
    assert "We look again on" in text
    assert page in client.get(receipt).content.decode()


def test_before_the_code_is_entered_the_receipt_asks_for_it(client, supporter):
    walk(supporter)

    text = text_of(client.get(f"/receipt/{supporter.letter.receipt_token}/"))

    assert "Enter the code from our mail: we look then." in text
    assert "Choose your representative" not in text


def test_what_is_found_stands_among_the_offices_and_is_mailed(client, receipt):
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        make_state_map("IL", {"60614": (5,)}, congress=119)
    look(DAY)

    text = text_of(client.get(receipt))

    assert "Representative for Illinois 5" in text
    assert "We are still looking" not in text
    assert mail.outbox[-1].subject == "Something new"


def test_who_is_asked_is_led_to_the_choice(client, receipt, page):
    look(4 * DAY)

    assert "Who is your representative?" in text_of(client.get(receipt))
    assert page in mail.outbox[-1].body
    assert "fits more than one district" in text_of(client.get(receipt))


def test_the_page_offers_the_candidates_and_none_is_chosen_for_them(client, page):
    shown = client.get(page)

    offered = [each.code for each, _ in shown.context["offers"]]
    assert offered == ["HIL03", "HIL05", "HIL07"]
    assert " checked" not in shown.content.decode()


def test_a_choice_sends_the_letter_there_once(client, receipt, page):
    answer = client.post(page, {"seat": "HIL05"}, follow=True)
    client.post(page, {"seat": "HIL07"})

    [going] = Delivery.objects.filter(seat__chamber="house")
    assert (going.seat_id, going.resolved_by, going.state) == ("HIL05", "choice", State.WAITING)
    assert seat().outcome == Outcome.CHOSEN
    assert going.letter.signatory.district == "IL-5"
    assert "Representative for Illinois 5" in text_of(answer)


def test_what_they_have_to_finish_is_theirs_at_once(client, page):
    Delivery.objects.update(state=State.ACCEPTED)
    letter = Letter.objects.get()
    person = letter.signatory.person
    # The gateway takes nobody without a title.
    letter.signatory.person = replace(person, prefix="")
    letter.signatory.save()

    answer = client.post(page, {"seat": "HIL05"})

    going = Delivery.objects.get(seat="HIL05")
    assert going.state == State.NEEDS_SUPPORTER
    assert answer.url.endswith(f"/offices/{going.id}/")


def test_without_a_choice_the_page_asks_again(client, page):
    answer = client.post(page, {}, follow=True)

    assert "Choose the district that is yours" in text_of(answer)
    assert "Please look at this again" in text_of(answer)
    assert house() == []


def test_no_other_district_can_be_chosen(client, page):
    client.post(page, {"seat": "HIL01"})
    client.post(page, {"seat": "HTX37"})

    assert (house(), seat().outcome) == ([], Outcome.OPEN)


def test_they_can_say_that_no_representative_gets_it(client, receipt, page):
    answer = client.post(page, {"nobody": "1"}, follow=True)
    look(10 * DAY)

    assert "no representative gets your letter" in text_of(answer)
    assert "No letter, as you said" in text_of(client.get(receipt))
    assert (seat().outcome, house()) == (Outcome.DECLINED, [])


def test_who_said_no_can_choose_after_all(client, page):
    client.post(page, {"nobody": "1"})

    client.post(page, {"seat": "HIL05"})

    assert house() == ["HIL05"]


def test_who_said_no_is_not_told_that_we_look(client, page):
    assert "Then we stop looking" in text_of(client.get(page))
    client.post(page, {"nobody": "1"})

    text = text_of(client.get(page))

    assert "Your address fits each of these" in text
    assert "stop looking" not in text and "Write to no representative" not in text


def test_a_no_takes_no_choice_back(client, page):
    client.post(page, {"seat": "HIL05"})

    client.post(page, {"nobody": "1"})

    assert (seat().outcome, house()) == (Outcome.CHOSEN, ["HIL05"])


def test_what_was_given_up_can_be_chosen_while_letters_are_taken(client, receipt, page, campaign):
    make_campaign(closes_at=timezone.now() + DAY)
    look(2 * DAY)
    assert "The campaign was over before we knew your district" in text_of(client.get(receipt))
    make_campaign(closes_at=timezone.now() + 9 * DAY)

    client.post(page, {"seat": "HIL05"})

    assert house() == ["HIL05"]


def test_after_the_campaigns_end_nothing_can_be_chosen(client, receipt, page):
    make_campaign(closes_at=timezone.now() - DAY)

    assert client.get(page).url == receipt
    assert client.post(page, {"seat": "HIL05"}).url == receipt
    assert page not in client.get(receipt).content.decode()
    assert house() == []


@pytest.mark.parametrize("gone", ["text_erased_at", "signatory__erasure_asked_at"])
def test_a_letter_that_is_gone_or_about_to_go_goes_nowhere_else(client, receipt, page, gone):
    client.post(page, {"nobody": "1"})
    letter = Letter.objects.get()
    if gone == "text_erased_at":
        Letter.objects.update(own_words=None, statement=None, subject=None)
    about = letter.signatory if gone.startswith("signatory") else letter
    type(about).objects.update(**{gone.removeprefix("signatory__"): timezone.now()})

    assert client.post(page, {"seat": "HIL05"}).url == receipt
    assert house() == []


def test_the_page_is_its_writers_alone(receipt, page):
    assert Client().get(page).url == f"{receipt}code/"
    assert Client().post(page, {"seat": "HIL05"}).url == f"{receipt}code/"
    assert Client().post(page, {"nobody": "1"}).url == f"{receipt}code/"
    assert (house(), seat().outcome) == ([], Outcome.OPEN)


def test_a_get_changes_nothing(client, page):
    client.get(page)

    assert seat().outcome == Outcome.OPEN


def test_one_district_that_is_known_by_now_is_offered_as_what_it_is(client, page):
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        make_state_map("IL", {"60614": (5,)}, congress=119)

    shown = client.get(page)
    client.post(page, {"seat": "HIL05"})

    assert "By now we have found it." in text_of(shown)
    assert Delivery.objects.get(seat="HIL05").resolved_by == "zip"


def test_where_nobody_is_known_to_hold_a_seat_there_is_nothing_to_choose(client, page):
    make_state_map("IL", {"60614": (5,)}, congress=119)
    make_vacant("HIL05")

    shown = client.get(page)

    assert "Nobody is known to hold the seat at the moment" in text_of(shown)
    assert "My letter goes there" not in text_of(shown)
    assert client.post(page, {"seat": "HIL05"}).status_code == 302
    with pytest.raises(NotAllowed):
        choose(letter=Letter.objects.get(), seat="HIL05")
    assert house() == []


def make_vacant(code: str) -> None:
    Term.objects.filter(seat=code).delete()


def test_where_only_the_state_is_known_every_district_of_it_is_in_a_menu(client, supporter):
    walk(supporter, address=COLORADO, choice="", seats=["SCO02"])
    supporter.enter(supporter.mailed_code())
    page = f"/receipt/{supporter.letter.receipt_token}/representative/"

    shown = client.get(page)
    client.post(page, {"seat": "HCO03"})

    assert shown.content.decode().count('<option value="HCO') == 8
    assert house() == ["HCO03"]


def test_a_letter_that_left_nothing_open_has_no_such_page(client, supporter):
    receipt = supporter.confirm()

    assert client.get(f"{receipt}representative/").url.startswith("/receipt/")
    assert client.post(f"{receipt}representative/", {"nobody": "1"}).status_code == 302
    assert "House of Representatives, Wyoming" not in text_of(client.get(receipt))


def test_a_letter_that_is_taken_back_takes_the_open_seat_along(client, receipt, page):
    Delivery.objects.update(state=State.ACCEPTED)
    assert "Take back what has not left" in text_of(client.get(receipt))
    asked = client.get(f"{receipt}withdraw/")

    client.post(f"{receipt}withdraw/")

    assert asked.context["names"] == ["Your representative"]
    assert seat().outcome == Outcome.TAKEN_BACK
    assert client.get(page).url == receipt


def test_what_was_found_while_they_chose_is_not_written_to_twice(receipt, monkeypatch):
    letter = Letter.objects.get()

    def find(address):
        OpenSeat.objects.get().settle(Outcome.FOUND)
        return find_seats(address)

    monkeypatch.setattr(choosing, "find_seats", find)

    with pytest.raises(NotAllowed):
        choose(letter=letter, seat="HIL05")
    assert house() == []


@pytest.mark.django_db
def test_nothing_is_declined_where_nothing_was_open():
    with pytest.raises(NotAllowed):
        decline(letter=make_letter())
