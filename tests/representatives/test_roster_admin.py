"""The seats, members, terms and snapshots in the admin: to look at, not to change."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from representatives.admin import SeatAdmin, SnapshotAdmin
from representatives.congress import lookup_day
from representatives.models import Seat, Snapshot
from tests.logins import make_staff

pytestmark = pytest.mark.django_db


def test_nothing_of_the_roster_can_be_changed_by_hand(admin_user):
    request = RequestFactory().get("/")
    request.user = admin_user

    for model in (Seat, Snapshot):
        desk = admin.site._registry[model]
        assert desk.has_view_permission(request)
        assert not desk.has_change_permission(request)
        assert not desk.has_delete_permission(request)


def test_the_list_of_seats_shows_who_sits_there(rf):
    desk = SeatAdmin(Seat, admin.site)
    seats = {seat.pk: seat for seat in desk.get_queryset(rf.get("/"))}

    assert str(desk.member(seats["HWY00"])) == "Harriet M. Hageman"
    assert desk.member(seats["HGA13"]) == "vacant"


def test_the_list_of_seats_calls_no_seat_vacant_that_the_roster_does_not_know(rf):
    Snapshot.objects.filter(kind="roster").update(covers_until=lookup_day())
    desk = SeatAdmin(Seat, admin.site)

    assert desk.member(desk.get_queryset(rf.get("/")).get(pk="HGA13")) == "not known"


def test_the_list_of_snapshots_shows_their_age(monkeypatch, november):
    monkeypatch.setattr("representatives.admin.lookup_day", lambda: november)
    desk = SnapshotAdmin(Snapshot, admin.site)

    assert desk.age(Snapshot.objects.current("roster")) == 161


def accept_the_age_of_the_roster(client):
    snapshot = Snapshot.objects.current("roster")
    asked = {"action": "accept_age", "_selected_action": [snapshot.pk]}
    client.post("/admin/representatives/snapshot/", asked)
    snapshot.refresh_from_db()
    return snapshot


def test_an_organizer_takes_responsibility_for_an_old_roster(admin_client, november):
    snapshot = accept_the_age_of_the_roster(admin_client)

    assert (snapshot.age_accepted_by, snapshot.is_good(november)) == ("admin", True)


def test_who_may_only_look_takes_responsibility_for_nothing(client):
    looker = make_staff("view_snapshot")
    client.force_login(looker)

    assert accept_the_age_of_the_roster(client).age_accepted_by == ""
