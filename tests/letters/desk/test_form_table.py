"""What organizers keep of the official forms, and whose it is."""

import pytest
from django.urls import reverse

from letters.models import Route
from letters.routing import form_page, way_to
from representatives.models import Seat, Term
from tests.letters.desk.acting import listed
from tests.logins import make_login

pytestmark = pytest.mark.django_db
FORM = {"seat": "HWY00", "way": "form", "form_url": "https://hageman.house.gov/contact"}


@pytest.fixture
def organizer(client):
    client.force_login(make_login(organizer=True))
    return client


def enter(client, **changes):
    return client.post(reverse("admin:letters_route_add"), FORM | changes)


def change(client, route: Route, **changes):
    return client.post(reverse("admin:letters_route_change", args=[route.pk]), FORM | changes)


def let_another_sit() -> Term:
    """Somebody else in Wyoming's only district from now on."""
    other = Term.objects.get(seat="HTX37").member
    Term.objects.filter(seat="HWY00").update(member=other)
    return Term.objects.get(seat="HWY00")


def test_a_form_belongs_to_the_member_who_sits_there(organizer):
    enter(organizer)

    assert Route.objects.get().member_id == "H001096"
    assert form_page(Seat.objects.get(code="HWY00")).url == FORM["form_url"]


def test_the_next_member_does_not_inherit_it(organizer):
    enter(organizer)
    let_another_sit()

    assert not form_page(Seat.objects.get(code="HWY00")).is_form
    former = listed(organizer, "letters_route", whose="former").context["cl"].result_list
    assert list(former) == [Route.objects.get()]


def test_an_agreed_mailbox_is_not_inherited_either(organizer):
    mailbox = {"way": "email", "email": "desk@example.org", "agreed_by": "the chief of staff"}
    enter(organizer, form_url="", **mailbox)
    assert way_to(Seat.objects.get(code="HWY00")).channel.name == "email"

    let_another_sit()

    assert way_to(Seat.objects.get(code="HWY00")).channel.name == "hand_off"


def test_a_pause_does_not_give_it_to_the_next_member(organizer):
    enter(organizer)
    let_another_sit()

    change(organizer, Route.objects.get(), text_limit="900")

    assert Route.objects.get().text_limit == 900
    assert Route.objects.get().member_id == "H001096"


def test_who_checks_it_again_says_that_it_is_the_next_members(organizer):
    enter(organizer)
    Route.objects.update(trouble="It answers 404.")
    term = let_another_sit()

    change(organizer, Route.objects.get(), checked_by="Anna")

    assert Route.objects.get().member_id == term.member_id
    assert Route.objects.get().trouble == ""


def test_nobodys_form_cannot_be_entered(organizer):
    Term.objects.filter(seat="HWY00").delete()

    assert "Nobody sits there today" in enter(organizer).content.decode()
    assert not Route.objects.exists()


def test_a_form_elsewhere_is_refused(organizer):
    answer = enter(organizer, form_url="https://hageman.example.org/contact")

    assert "neither within house.gov" in answer.content.decode()
    assert not Route.objects.exists()


def seats(organizer, **choice) -> dict[str, str]:
    """Seat code → what the desk says of its form."""
    page = organizer.get(reverse("admin:seat_routes"), choice)
    return {line.code: line.form for line in page.context["lines"]}


def test_the_desk_lists_the_seats_whose_form_nobody_knows(organizer):
    enter(organizer)

    unknown = seats(organizer, form="unknown", chamber="house")

    assert "HWY00" not in unknown
    assert len(unknown) > 430
    assert "HTX23" not in unknown, "a vacant seat has no form"


def test_the_list_leads_to_where_it_is_entered(organizer):
    page = organizer.get(reverse("admin:seat_routes"), {"form": "unknown", "state": "WY"})
    link = reverse("admin:letters_route_add") + "?seat=HWY00&amp;way=form"
    assert link in page.content.decode()

    form = organizer.get(link.replace("&amp;", "&")).content.decode()

    assert '<option value="HWY00" selected>' in form
    assert '<option value="form" selected>' in form


def test_a_wrong_address_is_told_and_led_to(organizer):
    enter(organizer)
    Route.objects.update(trouble="It answers 404.")

    page = organizer.get(reverse("admin:seat_routes"), {"form": "wrong"}).content.decode()

    assert "It answers 404." in page
    assert reverse("admin:letters_route_change", args=[Route.objects.get().pk]) in page


def test_a_former_members_row_is_edited_not_doubled(organizer):
    enter(organizer)
    let_another_sit()

    page = organizer.get(reverse("admin:seat_routes"), {"form": "unknown", "state": "WY"})

    assert reverse("admin:letters_route_change", args=[Route.objects.get().pk]) in (
        page.content.decode()
    )
