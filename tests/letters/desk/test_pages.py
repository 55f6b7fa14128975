"""The desk's own pages: for organizers, with all 541 seats, and strict about what they load."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from letters.desk.front import front_page
from letters.models import Notice
from letters.notices import order_notice
from letters.receipt import disown
from letters.states import Reason, State
from representatives.congress import lookup_day
from representatives.models import Snapshot
from tests.factories import make_campaign, make_delivery, make_letter, make_offices_known
from tests.logins import make_login, make_staff

pytestmark = pytest.mark.django_db
OUR_TEMPLATES = [
    path
    for folder in ("admin", "campaign", "registration")
    for path in (settings.BASE_DIR / "templates" / folder).rglob("*.html")
]


@pytest.fixture
def organizer(client):
    client.force_login(make_login(organizer=True))
    return client


@pytest.fixture
def campaign():
    return make_campaign()


def counts(client, campaign, **choice) -> str:
    return client.get(reverse("admin:send_counts", args=[campaign.slug]), choice).content.decode()


def routes(client, **choice) -> str:
    return client.get(reverse("admin:seat_routes"), choice).content.decode()


def seats_in(page: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([HS][A-Z]{2}\d\d)<', page)


def test_the_index_leads_to_the_desk_pages_and_tells_the_datas_age(organizer, campaign):
    page = organizer.get(reverse("admin:index")).content.decode()

    assert reverse("admin:send_counts", args=[campaign.slug]) in page
    assert reverse("admin:seat_routes") in page
    assert reverse("admin:letters_arrival_changelist") in page
    assert len(re.findall(r"as of \d{4}-\d\d-\d\d, \d+ days? old", page)) == 4


def test_the_datas_age_is_that_of_the_table_in_force(organizer):
    Snapshot.objects.create(
        kind="roster", status="proposed", source="", as_of=date(2026, 7, 9), licence="", sha256=""
    )

    page = organizer.get(reverse("admin:index")).content.decode()

    assert "as of 2026-06-15" in page
    assert "as of 2026-07-09" not in page


def test_all_541_seats_are_counted_and_routed(organizer, campaign):
    assert len(seats_in(counts(organizer, campaign))) == 541
    assert len(seats_in(routes(organizer))) == 541


@pytest.mark.parametrize(
    ("choice", "seats"),
    [
        ({"state": "WY"}, ["HWY00", "SWY01", "SWY02"]),
        ({"state": "WY", "chamber": "senate"}, ["SWY01", "SWY02"]),
        ({"text": "hwy"}, ["HWY00"]),
        ({"text": "lummis"}, ["SWY02"]),
        ({"state": "XX"}, []),
    ],
)
def test_the_seats_are_filtered(organizer, campaign, choice, seats):
    assert seats_in(counts(organizer, campaign, **choice)) == seats
    assert seats_in(routes(organizer, **choice)) == seats


def test_the_seats_are_sorted_both_ways(organizer, campaign):
    make_delivery(letter=make_letter(campaign=campaign), seat="HWY00", state=State.ACCEPTED)

    assert seats_in(counts(organizer, campaign, sort="-accepted"))[0] == "HWY00"
    assert seats_in(counts(organizer, campaign, sort="accepted"))[-1] == "HWY00"


def test_the_other_destination_can_be_counted_too(organizer, campaign):
    make_delivery(letter=make_letter(campaign=campaign), seat="HWY00", state=State.ACCEPTED)

    tile = "<strong>1</strong> accepted"
    assert tile in counts(organizer, campaign)
    assert tile not in counts(organizer, campaign, letters="live")


def test_a_trouble_leads_to_its_deliveries(organizer, campaign):
    letter = make_letter(campaign=campaign)
    make_delivery(letter=letter, seat="HWY00", state=State.FAILED, reason=Reason.REFUSED)

    page = counts(organizer, campaign)
    link = re.search(r'href="([^"]*reason__exact=refused[^"]*)"', page).group(1)
    deliveries = organizer.get(link.replace("&amp;", "&")).context["cl"].result_list

    assert [delivery.seat_id for delivery in deliveries] == ["HWY00"]


def test_routes_say_the_channel_and_how_many_seats_have_it(organizer):
    make_offices_known()

    page = routes(organizer)

    assert "<strong>441</strong>" in page
    assert "<strong>100</strong>" in page


def test_a_seat_without_a_gateway_says_why(organizer):
    page = routes(organizer, state="WY")

    assert "The official gateway has not told us yet which offices take part." in page


def test_a_seat_that_nobody_is_known_to_hold_is_called_vacant_only_if_the_roster_says_so(
    organizer,
):
    assert "<td>vacant</td>" in routes(organizer, state="GA")

    Snapshot.objects.filter(kind="roster").update(covers_until=lookup_day())

    assert "<td>vacant</td>" not in routes(organizer, state="GA")
    assert "<td>not known</td>" in routes(organizer, state="GA")


@pytest.mark.parametrize("letters", [1, 6])
def test_the_counts_page_asks_a_bounded_number_of_queries(
    organizer, campaign, letters, django_assert_max_num_queries
):
    for _ in range(letters):
        make_delivery(letter=make_letter(campaign=campaign), state=State.ACCEPTED)

    with django_assert_max_num_queries(21):
        counts(organizer, campaign)


def test_organizers_see_how_often_and_when_a_letter_was_disowned(organizer, campaign):
    assert "I did not write this" not in counts(organizer, campaign)
    disown(letter=make_delivery(letter=make_letter(campaign=campaign)).letter)
    disown(letter=make_letter(campaign=campaign))

    page = counts(organizer, campaign)

    assert re.search(r"<strong>2</strong> disowned", page)
    assert page.count("after the code was entered") == 1
    assert page.count("before the code: nothing has left") == 1
    assert "I did not write this" not in counts(organizer, campaign, letters="live")


def test_the_pages_need_the_right_to_see_deliveries(client, campaign):
    client.force_login(make_staff("view_campaign"))
    for page in (reverse("admin:send_counts", args=[campaign.slug]), reverse("admin:seat_routes")):
        assert client.get(page).status_code == 403

    client.force_login(make_staff("view_delivery"))
    assert client.get(reverse("admin:seat_routes")).status_code == 200


def test_who_is_not_staff_is_sent_to_the_admins_login(client, campaign):
    client.force_login(make_login())

    response = client.get(reverse("admin:seat_routes"))

    assert response.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("path", OUR_TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_has_no_inline_style_or_script(path: Path):
    text = path.read_text()

    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_the_front_page_counts_the_letters_whose_representative_is_looked_for(organizer, campaign):
    for confirmed in (True, False):
        letter = make_letter(campaign=campaign, seat_is_open=True)
        if confirmed:
            make_delivery(letter=letter)

    page = organizer.get(reverse("admin:index")).content.decode()

    assert "or whose writer is asked: 1<" in page


def test_the_front_page_counts_the_codes_of_two_days_that_were_refused(organizer, campaign):
    now = timezone.now()
    words = "that the mail server of their address refused: 1"
    for hours in (1, 49):
        letter = make_letter(campaign=campaign)
        letter.notices.update(refused_at=now - timedelta(hours=hours))
        order_notice(letter=letter, kind=Notice.Kind.RECEIPT)
        letter.notices.filter(kind="receipt").update(refused_at=now)
    elsewhere = make_letter(campaign=campaign)
    elsewhere.notices.update(refused_at=now)
    type(elsewhere).objects.filter(id=elsewhere.id).update(destination="live")

    assert words in organizer.get(reverse("admin:index")).content.decode()

    Notice.objects.update(refused_at=None)
    assert words[:-3] not in organizer.get(reverse("admin:index")).content.decode()


def test_who_may_not_see_letters_counts_no_refused_codes(client, campaign):
    make_letter(campaign=campaign).notices.update(refused_at=timezone.now())

    assert front_page(user=make_staff()).codes_refused == 0
