"""Letters whose writers asked that a volunteer brings them: listed, printed, handed over."""

import io

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from pypdf import PdfReader

from letters.hand_off import ask_by_hand
from letters.models import Delivery
from letters.states import State
from representatives.models import Term
from tests.factories import make_delivery, make_identity, make_letter
from tests.letters.desk.acting import act, listed, told
from tests.logins import make_login

pytestmark = pytest.mark.django_db
MODEL = "letters_delivery"


@pytest.fixture
def organizer(client):
    client.force_login(make_login(organizer=True))
    return client


def asked(first_name: str, seat: str = "HWY00") -> Delivery:
    letter = make_letter(person=make_identity(first_name=first_name))
    delivery = make_delivery(letter=letter, seat=seat, state=State.NEEDS_SUPPORTER)
    ask_by_hand(delivery=delivery)
    return Delivery.objects.get(id=delivery.id)


def test_the_front_page_leads_to_them(organizer):
    delivery = asked("Alena")
    make_delivery(letter=delivery.letter, seat="SWY01", state=State.NEEDS_SUPPORTER)

    page = organizer.get(reverse("admin:index")).content.decode()

    assert "as their writers asked: 1" in page
    query = {"state": "needs_supporter", "reason__exact": "asked_by_hand"}
    assert list(listed(organizer, MODEL, **query).context["cl"].result_list) == [delivery]


def test_nobody_reads_of_them_while_there_are_none(organizer):
    assert "as their writers asked" not in organizer.get(reverse("admin:index")).content.decode()


def test_each_is_printed_with_its_writers_name_an_office_after_the_other(organizer):
    deliveries = [asked("Zoya", "SWY01"), asked("Alena"), asked("Bela", "SWY01")]

    answer = act(organizer, MODEL, "print_letters", *deliveries)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert [page.split()[0] for page in pages if "Dear" in page] == ["Alena", "Zoya", "Bela"]
    assert "no-store" in answer["Cache-Control"]
    assert LogEntry.objects.filter(change_message__contains="printed").count() == 3


def test_what_nobody_asked_for_is_not_printed(organizer):
    wanted = asked("Alena")
    other = make_delivery(letter=make_letter(), seat="SWY01", state=State.NEEDS_SUPPORTER)

    answer = act(organizer, MODEL, "print_letters", wanted, other)
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2

    assert "did not ask" in told(act(organizer, MODEL, "print_letters", other))[0]


def test_what_is_no_longer_true_of_its_office_is_not_printed(organizer):
    stands, moved = asked("Alena"), asked("Zoya", "SWY01")
    Term.objects.filter(seat="SWY01").delete()

    answer = act(organizer, MODEL, "print_letters", stands, moved)

    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Alena" in text
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    alone = told(act(organizer, MODEL, "print_letters", moved))
    assert "Left out, because a fact, a person or the office has changed: 1." in alone


def test_what_was_given_to_the_office_is_handed_over(organizer):
    delivery = asked("Alena")
    when = {"handed_over": "1", "on": "2026-11-20", "by_whom": "A. B."}

    act(organizer, MODEL, "hand_over", delivery, **when)

    assert Delivery.objects.get(id=delivery.id).state == State.HANDED_OVER
    assert not Delivery.objects.to_be_carried()
