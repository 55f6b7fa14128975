"""The desk's page of the roster and the maps: how old, what changed, what is missing."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from representatives.models import LocalOffice, Snapshot, Term
from tests.factories import make_roster, make_state_map
from tests.letters.desk.acting import act, told
from tests.logins import make_login, make_staff

pytestmark = pytest.mark.django_db
PAGE = "/admin/desk/roster/"
Kind, Status = Snapshot.Kind, Snapshot.Status
NEW = {"bioguide": "N000001", "term_start": date(2026, 7, 1)}


@pytest.fixture
def organizer(client):
    client.force_login(make_login(organizer=True))
    return client


@pytest.fixture
def november(monkeypatch):
    """A day on which the 119th Congress sits."""
    day = date(2026, 11, 23)
    for module in ("roster_health", "seats"):
        monkeypatch.setattr(f"letters.desk.{module}.lookup_day", lambda: day)
    return day


def shown(client) -> str:
    return client.get(PAGE).content.decode()


def health(client):
    return client.get(PAGE).context["health"]


def roster_line(client):
    return next(line for line in health(client).tables if line.label == Kind.ROSTER.label)


def checked(*, days: int):
    """The source of the roster was asked so many days ago."""
    then = timezone.now() - timedelta(days=days)
    old = timezone.localdate() - timedelta(days=days + 1)
    Snapshot.objects.filter(kind=Kind.ROSTER).update(as_of=old, checked_at=then)


def codes(seats) -> list[str]:
    return [found.seat for found in seats]


def test_a_table_says_where_it_is_from_and_when_its_source_was_asked(organizer):
    checked(days=3)
    page = shown(organizer)

    assert Snapshot.objects.current(Kind.ROSTER).source in page
    assert f"{timezone.now() - timedelta(days=3):%Y-%m-%d}" in page
    assert "not loaded" in page


@pytest.mark.parametrize(
    ("days", "standing"), [(7, "fresh"), (8, "aging"), (30, "aging"), (31, "too_old")]
)
def test_an_old_roster_warns_and_then_alarms(organizer, days, standing):
    checked(days=days)

    assert (roster_line(organizer).days, roster_line(organizer).standing) == (days, standing)
    assert f'<span class="desk-{standing}">{days}</span>' in shown(organizer)
    assert ("live letters wait" in shown(organizer)) == (standing == "too_old")


def test_the_maps_are_told_by_state_and_congress(organizer, november):
    make_state_map("TX", {"78701": (10,)})

    states = {state.name: state.maps for state in health(organizer).states}

    assert states["Texas"] == ("own", "own")
    assert states["Illinois"] == ("own", "carried")
    assert states["Ohio"] == ("own", "missing")


def test_each_state_is_counted_once_in_a_congress(organizer, november):
    make_state_map("TX", {"78701": (10,)})

    sitting, coming = health(organizer).maps

    assert (sitting.congress, sitting.own, sitting.carried, sitting.missing) == (119, 56, 0, 0)
    assert (coming.congress, coming.own, coming.carried, coming.missing) == (120, 1, 46, 9)


def test_a_vacant_seat_is_listed_once(organizer, november):
    Term.objects.filter(seat="HWY00").delete()

    seats = health(organizer)

    assert codes(seats.vacant).count("HWY00") == 1
    assert "HWY00" not in codes((*seats.not_known, *seats.without_phone))
    assert f"Vacant seats: {len(seats.vacant)}" in shown(organizer)


def test_a_seat_that_the_roster_does_not_reach_is_not_called_vacant(organizer, november):
    Term.objects.filter(seat="HWY00").delete()
    Snapshot.objects.filter(kind=Kind.ROSTER).update(covers_until=november)

    seats = health(organizer)

    assert "HWY00" in codes(seats.not_known)
    assert not seats.vacant


def test_members_without_phone_or_form_are_told(organizer, november):
    before = health(organizer)
    Term.objects.filter(seat="SWY01").update(phone="", contact_form="")

    after = health(organizer)

    assert set(codes(after.without_phone)) - set(codes(before.without_phone)) == {"SWY01"}
    assert after.without_form == before.without_form + 1
    assert f'?form=unknown">{after.without_form}</a>' in shown(organizer)


def test_a_member_without_an_office_at_home_is_listed(organizer, november):
    before = health(organizer)
    LocalOffice.objects.filter(member="B001261").delete()

    after = health(organizer)

    assert set(codes(after.without_local_office)) - set(codes(before.without_local_office)) == {
        "SWY01"
    }
    assert f"without an office at home: {len(after.without_local_office)}" in shown(organizer)


def test_a_term_that_is_still_to_begin_is_listed(organizer, november):
    Term.objects.filter(seat="HWY00").update(start=date(2026, 12, 1))

    assert [term.seat_id for term in health(organizer).pending] == ["HWY00"]


def test_what_the_last_sync_changed_is_told_and_what_congress_says_otherwise(organizer):
    Snapshot.objects.filter(kind=Kind.ROSTER).update(
        changes=["HWY00: Ann → Bea"], disagreements=["HTX37: the roster has Ann, Congress Bea"]
    )
    page = shown(organizer)

    assert "<li>HWY00: Ann → Bea</li>" in page
    assert "<li>HTX37: the roster has Ann, Congress Bea</li>" in page


def button(client, action: str):
    """What one click on the page's button of that name sends."""
    page = shown(client)
    start = page.index(f'name="action" value="{action}"')
    pk = page[start:].split('name="_selected_action" value="')[1].split('"')[0]
    return act(client, "representatives_snapshot", action, Snapshot.objects.get(pk=pk))


def test_one_click_rolls_back(organizer):
    make_roster({"HWY00": NEW})

    response = button(organizer, "roll_back")

    assert Term.objects.get(seat="HWY00").member_id == "H001096"
    assert told(response)[0].endswith("Rolled back to the one before.")
    assert LogEntry.objects.get().change_message == "Rolled back to the one before."


def test_there_is_no_way_back_from_the_first_table(organizer):
    assert 'value="roll_back"' not in shown(organizer)


def test_the_pages_need_the_right_to_see_deliveries(client):
    client.force_login(make_staff("view_campaign"))
    assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN

    client.force_login(make_staff("view_delivery"))
    assert client.get(PAGE).status_code == HTTPStatus.OK


def test_who_may_only_look_sees_no_button(client):
    make_roster({"HWY00": NEW})
    client.force_login(make_staff("view_delivery"))

    assert 'name="action"' not in shown(client)


def test_the_desks_first_page_leads_to_it_and_says_what_waits(organizer):
    Snapshot.objects.filter(kind=Kind.ZIP_CITIES).update(status=Status.PROPOSED)

    page = organizer.get(reverse("admin:index")).content.decode()

    assert f'href="{PAGE}"' in page
    assert "1 table waits for a person" in page
