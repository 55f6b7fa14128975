"""A House seat that was left open is looked for later: not too early, not twice, never wrong."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from letters import open_seats, tasks
from letters.delivery import deliver_due
from letters.models import Delivery, Letter, Notice, OpenSeat
from letters.models.open_seat import Outcome
from letters.notices import mail_due
from letters.open_seats import look_due
from letters.receipt import withdraw
from letters.retention import erase_signatory
from letters.states import Reason, State
from letters.submission import ChosenSeat
from letters.sweeping import bring_near
from representatives.addresses import Address
from representatives.congress import lookup_day
from representatives.districts import District
from representatives.lookup import Reason as Why
from representatives.lookup.interface import Match, ProviderFailed
from representatives.models import Snapshot, Term
from tests.factories import (
    make_campaign,
    make_delivery,
    make_identity,
    make_letter,
    make_roster,
    make_state_map,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ILLINOIS = {"street": "2400 N Lincoln Ave", "city": "Chicago", "state": "IL", "zip": "60614"}
# Its ZIP code touches three districts.
CANDIDATES = ["HIL03", "HIL05", "HIL07"]


class Geocoder:
    """A stand-in for the Census Bureau's: it knows what a test tells it, and may be away."""

    needs_street = True
    found: tuple[Match, ...] = ()
    is_away = False
    asked: list[Address] = []
    meanwhile = staticmethod(lambda: None)

    def matches(self, address: Address, *, congress: int) -> tuple[Match, ...]:
        Geocoder.asked.append(address)
        Geocoder.meanwhile()
        if Geocoder.is_away:
            raise ProviderFailed(Why.GEOCODER_DOWN)
        return Geocoder.found

    def basis(self, congress: int) -> str:
        return "a test"


@pytest.fixture(autouse=True)
def geocoder(settings, monkeypatch, channel) -> type[Geocoder]:
    table = settings.LOOKUP_PROVIDERS["zip_table"]
    settings.LOOKUP_PROVIDERS = {
        "zip_table": table,
        "geocoder": {"BACKEND": f"{__name__}.Geocoder", "OPTIONS": {}},
    }
    fresh = {"found": (), "is_away": False, "asked": [], "meanwhile": staticmethod(lambda: None)}
    for name, value in fresh.items():
        monkeypatch.setattr(Geocoder, name, value)
    return Geocoder


def knows(district: int, state: str = "IL", zip: str = "60614") -> tuple[Match, ...]:
    return (Match(District(state, district), zip),)


def left_open(*, confirmed: bool = True, senators=("SIL02", "SIL03"), **changes) -> Letter:
    """From Chicago, to the two senators, as "I don't know" leaves it."""
    day = lookup_day()
    sit = {seat: Term.objects.sitting(day).get(seat=seat).member_id for seat in senators}
    facts = {
        "person": make_identity(**ILLINOIS),
        "state": "IL",
        "district": "",
        "seats": tuple(ChosenSeat(seat, member, "zip") for seat, member in sit.items()),
        "seat_is_open": True,
    }
    letter = make_letter(**(facts | changes))
    if confirmed:
        for seat in senators:
            make_delivery(letter=letter, seat=seat, state=State.ACCEPTED)
    mail_due()
    mail.outbox.clear()
    return Letter.objects.get(id=letter.id)


def look(after: timedelta) -> int:
    """What the task of that minute looks for."""
    with time_machine.travel(timezone.now() + after):
        return look_due()


def deliver_and_mail(after: timedelta) -> None:
    """What the workers do a little later."""
    with time_machine.travel(timezone.now() + after + timedelta(minutes=1)):
        deliver_due()
        mail_due()


def seat_of(letter: Letter) -> OpenSeat:
    return OpenSeat.objects.get(letter=letter)


def house(letter: Letter) -> list[Delivery]:
    return list(letter.deliveries.filter(seat__chamber="house"))


def kinds(letter: Letter) -> list[str]:
    told = letter.notices.filter(kind__in=[Notice.Kind.FOUND, Notice.Kind.CHOOSE])
    return list(told.values_list("kind", flat=True))


def test_nothing_is_looked_up_before_its_time(geocoder):
    left_open()

    assert look(timedelta(minutes=59)) == 0
    assert geocoder.asked == []


def test_nothing_is_looked_up_while_the_code_is_not_entered(geocoder):
    left_open(confirmed=False)

    assert look(2 * HOUR) == 0
    assert geocoder.asked == []


def test_a_letter_whose_seats_are_all_known_leaves_none_open():
    make_delivery()

    assert not OpenSeat.objects.exists()


def test_a_district_that_is_found_gets_the_letter_and_its_writer_a_mail(geocoder, channel):
    letter, geocoder.found = left_open(), knows(5)

    look(HOUR)
    deliver_and_mail(HOUR)

    [going] = house(letter)
    assert (going.seat_id, going.state, going.resolved_by) == ("HIL05", State.ACCEPTED, "address")
    assert [each.seat_id for each in house(letter)] == ["HIL05"]
    assert len(channel.sent) == 1
    assert (seat_of(letter).outcome, kinds(letter)) == (Outcome.FOUND, [Notice.Kind.FOUND])


def test_the_signatory_is_then_counted_in_that_district(geocoder):
    letter, geocoder.found = left_open(), knows(5)

    look(HOUR)

    letter.signatory.refresh_from_db()
    assert (letter.signatory.district, letter.signatory.congress_id) == ("IL-5", 119)


def test_the_street_is_asked_about_as_it_was_written_and_in_the_state_that_was_chosen(geocoder):
    left_open()

    look(HOUR)

    assert geocoder.asked == [Address(**ILLINOIS)]


def test_a_street_in_another_state_than_the_senators_is_not_believed(geocoder):
    letter, geocoder.found = left_open(), knows(1, state="IN", zip="46320")

    look(HOUR)

    assert (house(letter), seat_of(letter).outcome) == ([], Outcome.OPEN)


def test_a_seat_in_another_state_is_never_written_to_whoever_says_so(monkeypatch):
    letter = left_open()
    elsewhere = open_seats.find_seats(Address(zip="82001"))
    monkeypatch.setattr(open_seats, "find_seats", lambda address: elsewhere)

    look(HOUR)

    assert (house(letter), seat_of(letter).candidates) == ([], [])


def test_the_delivery_was_checked_when_the_look_began(geocoder):
    """A map that is loaded while the geocoder answers is newer than what it said."""
    letter, geocoder.found = left_open(), knows(5)
    began = timezone.now() + HOUR
    with time_machine.travel(began) as clock:
        geocoder.meanwhile = staticmethod(lambda: clock.shift(60))
        look_due()

    [going] = house(letter)
    assert going.address_checked_at < began + timedelta(seconds=30)


def test_the_mail_names_the_office_and_not_what_it_is_about(geocoder):
    letter, geocoder.found = left_open(), knows(5)
    look(HOUR)

    deliver_and_mail(HOUR)

    told = mail.outbox[-1]
    assert "Representative for Illinois 5" in told.body
    assert letter.receipt_token in told.body
    assert told.subject == "Something new"
    for word in ("Belarus", "prisoner", "letter", "Alena", "May 21", "Lincoln"):
        assert word not in told.subject + told.body


def test_what_only_its_writer_can_finish_is_told_with_the_way_there(geocoder, channel):
    channel.hinders = Reason.PAUSED
    letter, geocoder.found = left_open(), knows(5)
    look(HOUR)

    deliver_and_mail(HOUR)

    [going] = house(letter)
    assert going.state == State.NEEDS_SUPPORTER
    assert f"{letter.receipt_token}/offices/{going.id}/" in mail.outbox[-1].body


def test_of_what_was_taken_back_before_the_mail_left_nobody_is_told(geocoder):
    letter, geocoder.found = left_open(), knows(5)
    look(HOUR)
    withdraw(letter=letter)

    deliver_and_mail(HOUR)

    assert mail.outbox == []


def test_a_found_district_is_not_looked_for_again(geocoder):
    letter, geocoder.found = left_open(), knows(5)
    look(HOUR)

    assert look(10 * DAY) == 0
    assert (len(house(letter)), kinds(letter)) == (1, [Notice.Kind.FOUND])


def test_a_live_letter_that_is_found_waits_for_the_campaigns_day(geocoder, settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    day = timezone.now() + 5 * DAY
    make_campaign(state="live", delivery_at=day, closes_at=day + 9 * DAY)
    letter, geocoder.found = left_open(), knows(5)

    look(HOUR)

    [going] = house(letter)
    assert (going.due_at, going.reason) == (day, Reason.ON_THE_DAY)


class TestALookThatSettlesNothing:
    def test_is_repeated_after_a_day_and_after_three(self, geocoder):
        letter = left_open()
        written = seat_of(letter).created_at

        due = []
        for after in (HOUR, DAY, 3 * DAY):
            look(after + timedelta(seconds=1))
            due.append(seat_of(letter).due_at - written)

        assert due[:2] == [DAY, 3 * DAY]
        assert 6 * DAY <= due[2] <= 6 * DAY + HOUR

    def test_grows_to_a_pause_of_a_week_and_no_longer(self):
        letter = left_open()
        look(30 * DAY)

        pause = seat_of(letter).due_at - timezone.now() - 30 * DAY
        assert 7 * DAY - HOUR < pause < 7 * DAY + HOUR

    def test_remembers_the_seats_that_it_left(self):
        letter = left_open()
        look(HOUR)

        assert sorted(seat_of(letter).candidates) == CANDIDATES

    def test_asks_the_writer_after_three_days_and_not_before(self):
        letter = left_open()
        look(HOUR)
        look(DAY + HOUR)
        assert (kinds(letter), seat_of(letter).outcome) == ([], Outcome.OPEN)

        look(3 * DAY + HOUR)

        assert (kinds(letter), seat_of(letter).outcome) == (["choose"], Outcome.ASKED)

    def test_asks_once(self):
        letter = left_open()
        for days in (4, 8, 20):
            look(days * DAY)

        assert kinds(letter) == ["choose"]

    def test_of_who_was_asked_goes_on(self, geocoder):
        letter = left_open()
        look(4 * DAY)
        geocoder.found = knows(7)

        look(9 * DAY)

        assert [each.seat_id for each in house(letter)] == ["HIL07"]
        assert seat_of(letter).outcome == Outcome.FOUND

    def test_asks_in_words_that_name_nobody(self):
        letter = left_open()
        look(4 * DAY)

        deliver_and_mail(4 * DAY)

        told = mail.outbox[-1]
        assert f"/receipt/{letter.receipt_token}/representative/" in told.body
        assert told.subject == "Something waits for you"
        for word in ("Belarus", "letter", "Alena", "Illinois", "Lincoln", "Congress"):
            assert word not in told.subject + told.body

    def test_is_mailed_to_nobody_who_has_answered(self):
        letter = left_open()
        look(4 * DAY)
        seat_of(letter).settle(Outcome.DECLINED)

        deliver_and_mail(4 * DAY)

        assert mail.outbox == []


def test_where_the_zip_code_tells_the_state_alone_its_writer_is_asked_as_well():
    letter = left_open(
        person=make_identity(street="1 Main St", city="Fort Garland", state="CO", zip="81120"),
        state="CO",
        senators=("SCO02", "SCO03"),
    )
    look(4 * DAY)

    assert (seat_of(letter).candidates, kinds(letter)) == ([], ["choose"])


class TestAGeocoderThatIsAway:
    def test_has_said_nothing_and_is_asked_again_in_an_hour(self, geocoder):
        letter, geocoder.is_away = left_open(), True
        look(HOUR)
        pause = seat_of(letter).due_at - seat_of(letter).looked_at
        geocoder.is_away, geocoder.found = False, knows(5)

        look(2 * HOUR + timedelta(seconds=1))

        assert pause == HOUR
        assert [each.seat_id for each in house(letter)] == ["HIL05"]

    def test_is_asked_about_one_letter_only(self, geocoder):
        geocoder.is_away = True
        left_open()
        left_open()

        assert look(2 * HOUR) == 1

    def test_keeps_nobody_from_being_asked_in_the_end(self, geocoder):
        letter, geocoder.is_away = left_open(), True

        look(3 * DAY + HOUR)

        assert kinds(letter) == ["choose"]


def test_a_lookup_that_breaks_keeps_no_other_letter_waiting_and_tells_no_address(
    geocoder, caplog, monkeypatch
):
    odd, other = left_open(), left_open(person=make_identity(**ILLINOIS | {"zip": "60615"}))
    find = open_seats.find_seats

    def break_on_the_odd_one(address):
        if address.zip == "60614":
            raise ValueError("2400 N Lincoln Ave")
        return find(address)

    monkeypatch.setattr(open_seats, "find_seats", break_on_the_odd_one)

    assert look(HOUR) == 2
    assert "Lincoln" not in caplog.text and "ValueError" in caplog.text
    assert seat_of(other).looked_at
    assert seat_of(odd).due_at > timezone.now() + HOUR


class TestNewLines:
    def test_are_asked_about_at_once(self, geocoder):
        letter = left_open()
        look(HOUR)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            make_state_map("IL", {"60614": (5,)}, congress=119)

        look(2 * HOUR + timedelta(minutes=1))

        [going] = house(letter)
        assert (going.seat_id, going.resolved_by) == ("HIL05", "zip")

    def test_that_leave_it_open_as_well_are_its_writers_to_say(self):
        letter = left_open()
        look(HOUR)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            make_state_map("IL", {"60614": (5, 7)}, congress=119)

        look(2 * HOUR + timedelta(minutes=1))

        assert (sorted(seat_of(letter).candidates), kinds(letter)) == (
            ["HIL05", "HIL07"],
            ["choose"],
        )

    def test_are_not_its_writers_to_say_while_the_geocoder_is_away(self, geocoder):
        letter = left_open()
        look(HOUR)
        geocoder.is_away = True
        with time_machine.travel(timezone.now() + 2 * HOUR):
            make_state_map("IL", {"60614": (5, 7)}, congress=119)

        look(2 * HOUR + timedelta(minutes=1))

        assert kinds(letter) == []

    def test_are_looked_at_once(self, geocoder):
        left_open()
        look(HOUR)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            make_state_map("IL", {"60614": (5, 7)}, congress=119)
        look(2 * HOUR + timedelta(minutes=1))

        assert look(2 * HOUR + timedelta(minutes=2)) == 0

    @pytest.mark.parametrize(("state", "congress"), [("TX", 119), ("IL", 120)])
    def test_of_another_state_or_of_a_later_congress_say_nothing(self, state, congress):
        left_open()
        look(HOUR)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            make_state_map(state, {"60614": (5,)}, congress=congress)

        assert look(2 * HOUR + timedelta(minutes=1)) == 0


class TestASeatThatNobodyHolds:
    @pytest.fixture
    def georgia(self) -> Letter:
        """Its ZIP code lies in GA-13 alone, which is vacant."""
        return left_open(
            person=make_identity(street="1 Main St", city="Grayson", state="GA", zip="30017"),
            state="GA",
            senators=("SGA02", "SGA03"),
        )

    def test_waits_and_nobody_is_asked_what_is_known(self, georgia):
        look(4 * DAY)

        assert (house(georgia), kinds(georgia)) == ([], [])
        assert (seat_of(georgia).candidates, seat_of(georgia).outcome) == (["HGA13"], Outcome.OPEN)

    def test_gets_the_letter_as_soon_as_a_roster_says_who_holds_it(self, georgia):
        look(HOUR)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            member = {"bioguide": "N000001", "first_name": "Ann", "last_name": "Lee"}
            term = {"term_start": lookup_day(), "term_end": lookup_day() + 30 * DAY}
            make_roster({"HGA13": member | {"official_name": "Ann Lee"} | term})

        look(2 * HOUR + timedelta(minutes=1))

        [going] = house(georgia)
        assert (going.seat_id, going.member_id) == ("HGA13", "N000001")


class TestTheNewCongress:
    AFTER_NOON = datetime(2027, 1, 3, 17, 1, tzinfo=UTC)

    @pytest.fixture
    def live(self, settings) -> Letter:
        """A letter of December 2026, looked for once, in a campaign that ends in June."""
        settings.LIVE, settings.DELIVERY_MODE = True, "live"
        with time_machine.travel(datetime(2026, 12, 31, 17, tzinfo=UTC)):
            ends = datetime(2027, 6, 30, tzinfo=UTC)
            make_campaign(state="live", closes_at=ends, delivery_at=None)
            letter = left_open()
            look(HOUR)
        return letter

    def test_is_looked_at_as_soon_as_it_begins(self, live):
        with time_machine.travel(self.AFTER_NOON):
            OpenSeat.objects.update(due_at=self.AFTER_NOON + 5 * DAY)

            assert look_due() == 1

    def test_without_a_roster_writes_to_nobody_and_asks_nobody(self, live, geocoder):
        with time_machine.travel(self.AFTER_NOON + 20 * DAY):
            look_due()
            assert kinds(live) == []
            geocoder.found = knows(5)
            OpenSeat.objects.update(due_at=timezone.now())
            look_due()

        assert (house(live), kinds(live)) == ([], [])
        assert (seat_of(live).candidates, seat_of(live).outcome) == (["HIL05"], Outcome.OPEN)

    def test_writes_once_its_roster_is_there(self, live, geocoder):
        geocoder.found = knows(5)
        with time_machine.travel(self.AFTER_NOON + HOUR):
            look_due()
        with time_machine.travel(self.AFTER_NOON + 2 * HOUR):
            make_roster(congress=120, as_of=self.AFTER_NOON.date())
        with time_machine.travel(self.AFTER_NOON + 3 * HOUR):
            look_due()

        assert [(each.seat_id, each.congress_id) for each in house(live)] == [("HIL05", 120)]


class TestTwoWorkers:
    def test_never_have_the_same_letter_in_hand(self):
        left_open()
        with time_machine.travel(timezone.now() + HOUR):
            assert open_seats._claim()
            assert open_seats._claim() is None

    def test_that_read_the_same_row_do_not_both_claim_it(self, monkeypatch):
        letter = left_open()
        with time_machine.travel(timezone.now() + HOUR):
            read_before = list(open_seats._due().select_related("letter__signatory__campaign"))
            assert open_seats._claim()
            monkeypatch.setattr(open_seats, "_due", lambda: Rows(read_before))

            assert open_seats._claim() is None
        assert seat_of(letter).tries == 1

    def test_a_lost_worker_gives_its_letter_back(self, geocoder):
        letter, geocoder.found = left_open(), knows(5)
        with time_machine.travel(timezone.now() + HOUR):
            open_seats._claim()

        look(HOUR + 2 * open_seats.LEASE)

        assert len(house(letter)) == 1

    def test_that_both_find_it_write_one_delivery_and_one_mail(self, geocoder):
        letter, geocoder.found = left_open(), knows(5)
        with time_machine.travel(timezone.now() + HOUR):
            slow = open_seats._claim()
        look(HOUR + 2 * open_seats.LEASE)

        assert open_seats._look(slow)

        assert (len(house(letter)), kinds(letter)) == (1, [Notice.Kind.FOUND])

    def test_of_whom_the_slower_finds_nothing_changes_nothing(self, geocoder):
        letter, geocoder.found = left_open(), knows(5)
        with time_machine.travel(timezone.now() + HOUR):
            slow = open_seats._claim()
        look(HOUR + 2 * open_seats.LEASE)
        geocoder.found = ()

        assert open_seats._look(slow)

        assert (seat_of(letter).outcome, seat_of(letter).candidates) == (Outcome.FOUND, [])


class Rows(list):
    """What a worker has read before another one wrote."""

    def select_related(self, *names):
        return self


@pytest.mark.parametrize("step", ["set_off", "order_notice"])
def test_a_worker_that_is_killed_in_between_leaves_nothing_half_done(
    geocoder, monkeypatch, channel, step
):
    letter, geocoder.found = left_open(), knows(5)

    class Killed(BaseException):
        pass

    def kill(*args, **how):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(open_seats, step, kill)
        with pytest.raises(Killed):
            look(HOUR)
    assert (house(letter), seat_of(letter).outcome) == ([], Outcome.OPEN)
    letter.signatory.refresh_from_db()
    assert letter.signatory.district == ""

    look(2 * HOUR)
    deliver_and_mail(2 * HOUR)

    assert (len(house(letter)), kinds(letter), len(channel.sent)) == (1, [Notice.Kind.FOUND], 1)


class TestNobodyLooksAnyMore:
    def test_after_erasure(self, geocoder):
        letter = left_open()
        look(HOUR)
        erase_signatory(letter.signatory)

        assert look(10 * DAY) == 0
        assert (seat_of(letter).outcome, seat_of(letter).candidates) == (Outcome.TAKEN_BACK, [])

    def test_while_an_erasure_waits_for_an_outcome(self, geocoder):
        letter = left_open()
        sending = make_delivery(letter=letter, seat="SIL02", state=State.WAITING)
        sending.move(State.SENDING, lease_token=sending.id)
        erase_signatory(letter.signatory)

        assert look(10 * DAY) == 0

    def test_after_an_erasure_in_the_middle_of_a_look(self, geocoder):
        letter, geocoder.found = left_open(), knows(5)
        geocoder.meanwhile = staticmethod(lambda: erase_signatory(letter.signatory))

        look(HOUR)

        assert (house(letter), kinds(letter)) == ([], [])
        assert seat_of(letter).outcome == Outcome.TAKEN_BACK

    def test_after_it_was_taken_back(self, geocoder):
        letter = left_open()

        assert withdraw(letter=letter) == 1
        assert look(10 * DAY) == 0
        assert seat_of(letter).outcome == Outcome.TAKEN_BACK

    def test_after_the_campaigns_end(self, geocoder):
        letter = left_open(campaign=make_campaign(closes_at=timezone.now() + 2 * DAY))

        assert look(3 * DAY) == 0
        assert (seat_of(letter).outcome, kinds(letter)) == (Outcome.GIVEN_UP, [])

    def test_after_an_organizer_has_closed_the_campaign(self, geocoder):
        letter = left_open()
        make_campaign(state="closed")

        assert look(HOUR) == 0
        assert seat_of(letter).outcome == Outcome.GIVEN_UP

    def test_where_the_installation_is_live_and_the_letter_a_rehearsal(self, geocoder, settings):
        left_open()
        settings.LIVE, settings.DELIVERY_MODE = True, "live"

        assert look(10 * DAY) == 0
        assert geocoder.asked == []

    def test_of_a_rehearsal_letter_whose_campaign_is_live_by_now(self, geocoder, settings):
        left_open()
        settings.LIVE, settings.DELIVERY_MODE = True, "live"
        make_campaign(state="live", closes_at=timezone.now() + 90 * DAY)

        assert look(10 * DAY) == 0


def test_a_clock_that_was_wrong_for_a_while_puts_no_look_too_far_away():
    letter = left_open()
    far = timezone.now() + 400 * DAY
    OpenSeat.objects.update(due_at=far, lease_until=far)

    bring_near()

    assert (seat_of(letter).due_at < timezone.now() + HOUR, seat_of(letter).lease_until) == (
        True,
        None,
    )


def test_the_task_of_each_minute_looks(geocoder, settings):
    letter, geocoder.found = left_open(), knows(5)
    assert {"task": tasks.look_for_open_seats.name, "schedule": 60} in (
        settings.CELERY_BEAT_SCHEDULE.values()
    )
    with time_machine.travel(timezone.now() + HOUR):
        tasks.look_for_open_seats()

    assert len(house(letter)) == 1


def test_a_worker_that_has_looked_for_long_lets_others_go_first(monkeypatch):
    monkeypatch.setattr(open_seats, "AT_A_STRETCH", 0)
    left_open()

    assert look(HOUR) == 0


def test_a_seat_is_open_until_it_is_settled():
    letter = left_open()

    with pytest.raises(IntegrityError, match="a_seat_is_open_until_it_is_settled"):
        OpenSeat.objects.filter(letter=letter).update(outcome=Outcome.FOUND)


def test_a_roster_that_is_loaded_anew_is_looked_at_once():
    left_open()
    look(HOUR)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        make_roster()
    assert Snapshot.objects.current("roster")

    assert look(2 * HOUR + timedelta(minutes=1)) == 1
    assert look(2 * HOUR + timedelta(minutes=2)) == 0
