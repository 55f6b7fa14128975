"""Everything ready for the form, and what its supporter says became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from letters.channels.interface import length_in_form
from letters.composing import Text
from letters.hand_off import (
    Field,
    ask_by_hand,
    could_not,
    hand_off,
    hand_off_obstacle,
    known_obstacles,
    report_finished,
    undo_report,
)
from letters.models import Delivery, Letter, Route
from letters.notices import tell_of_lines
from letters.reading import parts_for
from letters.states import NotAllowed, Reason, State
from representatives.lookup import Lookup, Outcome, SeatFound
from representatives.models import Snapshot, Term
from tests.factories import (
    make_campaign,
    make_contact_form,
    make_delivery,
    make_identity,
    make_letter,
    make_prisoner,
    make_recipe,
    make_roster,
    make_state_map,
)
from tests.letters.channels.webform.letters import make_menu

pytestmark = pytest.mark.django_db
LAST_DAYS = datetime(2026, 12, 29, 17, tzinfo=UTC)


def test_a_reported_letter_is_self_reported_and_never_accepted():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)

    report_finished(delivery=delivery)

    assert delivery.state == State.SELF_REPORTED
    assert "1,171 political prisoners" in delivery.submitted_text


def test_a_report_can_be_undone():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)
    report_finished(delivery=delivery)

    undo_report(delivery=delivery)

    assert (delivery.state, delivery.submitted_text) == (State.NEEDS_SUPPORTER, None)


def test_an_accepted_letter_cannot_be_reported():
    with pytest.raises(NotAllowed):
        report_finished(delivery=make_delivery(state=State.ACCEPTED))


def test_a_translated_label_keeps_the_forms_own_word_beside_it(monkeypatch):
    monkeypatch.setattr("letters.hand_off._", lambda text: f"in Belarusian: {text}")

    shown = render_to_string(
        "letters/_copy_field.html", {"field": Field("zip", "ZIP code", "82001")}
    )

    assert "in Belarusian: ZIP code" in shown
    assert '<span class="quiet" lang="en">(ZIP code)</span>' in shown


def test_a_hand_off_has_everything_ready_for_the_form():
    delivery = make_delivery(seat="SWY02", state=State.NEEDS_SUPPORTER)

    ready = hand_off(delivery)

    assert [(field.label, field.value) for field in ready.fields] == [
        ("Title", "Ms."),
        ("First name", "Alena"),
        ("Last name", "Škłoŭ"),
        ("Street address", "2020 Carey Ave"),
        ("City", "Cheyenne"),
        ("State", "WY"),
        ("ZIP code", "82001"),
        ("E-mail", delivery.letter.signatory.person.email),
        ("Topic", "International Affairs"),
        ("Subject", "Honor the Day of Political Prisoners of Belarus on May 21"),
    ]
    assert ready.message.startswith("Dear Senator Lummis,")
    assert ready.page.url.startswith("https://www.lummis.senate.gov")


def test_a_forms_menu_of_states_is_english_and_explained():
    delivery = make_delivery(seat="SWY02", state=State.NEEDS_SUPPORTER)

    hints = []
    for language in ("en", "be"):
        with override(language):
            hints += [field.hint for field in hand_off(delivery).fields if field.value == "WY"]

    assert hints == ["Wyoming", "Wyoming (Ваёмінг)"]


def test_where_no_form_is_known_the_home_page_is_named_as_such():
    ready = hand_off(make_delivery(seat="HWY00", state=State.NEEDS_SUPPORTER))

    assert (ready.page.is_form, ready.page.url) == (False, "https://hageman.house.gov")


def form_of(seat: str, **changes) -> Route:
    """What organizers know of the form of who sits there."""
    facts = {"form_url": "https://hageman.house.gov/contact", "way": Route.Way.FORM}
    return Route.objects.create(seat_id=seat, **(facts | changes))


def needing_you(**changes) -> Delivery:
    return make_delivery(letter=make_letter(**changes), state=State.NEEDS_SUPPORTER)


def test_a_form_that_caps_the_message_gets_the_short_version():
    form_of("HWY00", text_limit=1000)

    ready = hand_off(needing_you(text=Text(own_words="I fear for Ніна.")))

    assert (ready.is_short, ready.too_long_by) == (True, 0)
    assert "I fear for Ніна." in ready.message
    assert "Please speak up for the 1,171 political prisoners" in ready.message


def test_a_letter_that_is_too_long_is_not_cut():
    form_of("HWY00", text_limit=100)

    ready = hand_off(needing_you(text=Text(own_words="I fear for Ніна.")))

    assert ready.too_long_by == length_in_form(ready.message) - 100 > 0
    assert ready.message.endswith("political and economic pressure on the regime.")


def test_what_was_shortened_is_kept_as_they_say_they_sent_it():
    form_of("HWY00", text_limit=100)
    delivery = needing_you()

    report_finished(delivery=delivery, text="Dear Harriet,\nact.")

    assert Delivery.objects.get(id=delivery.id).submitted_text == "Dear Harriet,\nact."


def test_what_is_read_and_reported_is_what_the_form_takes():
    form_of("HWY00", text_limit=1000)
    delivery = needing_you()
    (part,) = parts_for(delivery)

    report_finished(delivery=delivery)

    assert delivery.submitted_text == part.text
    assert length_in_form(part.text) <= 1000


@pytest.mark.parametrize(("zip4", "lacking"), [("", True), ("1234", False)])
def test_a_form_that_asks_for_zip4_is_told_before_it_is_opened(zip4, lacking):
    form_of("HWY00", asks_zip4=True)

    ready = hand_off(needing_you(person=make_identity(zip4=zip4)))

    assert ready.lacks_zip4 is lacking
    assert ("zip4" in {field.name for field in ready.fields}) is not lacking


def test_a_phone_number_is_never_invented():
    ready = hand_off(needing_you())

    assert ready.lacks_phone
    assert "phone" not in {field.name for field in ready.fields}


def test_a_phone_number_that_was_given_is_ready():
    ready = hand_off(needing_you(person=make_identity(phone="307-555-0123")))

    assert not ready.lacks_phone
    assert "307-555-0123" in {field.value for field in ready.fields}


@pytest.mark.parametrize("why", sorted(Reason.could_not()))
def test_why_it_did_not_work_is_told_and_it_stays_theirs(why):
    delivery = needing_you()

    could_not(delivery=delivery, why=why)

    kept = Delivery.objects.get(id=delivery.id)
    assert (kept.state, kept.reason, kept.changed_by) == (State.NEEDS_SUPPORTER, why, "supporter")
    assert not kept.letter.deliveries.open_hand_offs()


def test_a_reason_that_nobody_offered_is_just_that_they_could_not():
    delivery = needing_you()

    could_not(delivery=delivery, why=Reason.REFUSED)

    assert delivery.reason == Reason.YOU_COULD_NOT


def test_what_is_to_be_brought_by_hand_is_for_that_office_alone():
    delivery = needing_you()
    make_delivery(letter=delivery.letter, seat="SWY01", state=State.NEEDS_SUPPORTER)

    ask_by_hand(delivery=delivery)

    assert list(Delivery.objects.to_be_carried()) == [delivery]
    assert [each.seat_id for each in Delivery.objects.open_hand_offs()] == ["SWY01"]
    assert not delivery.letter.signatory.may_be_carried


def test_by_hand_can_be_taken_back():
    delivery = needing_you()
    ask_by_hand(delivery=delivery)

    undo_report(delivery=delivery)

    assert not Delivery.objects.to_be_carried()
    assert list(Delivery.objects.open_hand_offs()) == [delivery]


@pytest.mark.parametrize("report", [ask_by_hand, could_not, report_finished])
def test_what_needs_nobody_any_more_is_not_reported(report):
    delivery = needing_you()
    Delivery.objects.update(state=State.HANDED_OVER)

    with pytest.raises(NotAllowed):
        report(delivery=delivery)

    assert Delivery.objects.get(id=delivery.id).state == State.HANDED_OVER


def test_a_hand_off_counts_days_to_today_whatever_the_campaigns_day(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    day = timezone.now() + timedelta(days=100)
    campaign = make_campaign(state="live", delivery_at=day, closes_at=day + timedelta(days=9))
    delivery = make_delivery(letter=make_letter(campaign=campaign), state=State.NEEDS_SUPPORTER)
    days = f"{(timezone.localdate() - date(2023, 2, 9)).days:,} days since"

    assert days in hand_off(delivery).message
    report_finished(delivery=delivery)
    assert days in delivery.submitted_text


def test_a_letter_for_somebody_who_left_is_not_to_be_finished():
    delivery = make_delivery(state=State.NEEDS_SUPPORTER)
    assert hand_off_obstacle(delivery) == ""

    Term.objects.filter(seat="HWY00").delete()

    assert hand_off_obstacle(delivery) == Reason.MEMBER_CHANGED


def test_what_a_worker_hands_to_its_supporter_has_no_deadline_any_more():
    delivery = make_delivery(give_up_at=timezone.now() + timedelta(days=1))

    delivery.move(State.NEEDS_SUPPORTER, reason=Reason.CAPTCHA)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert hand_off_obstacle(Delivery.objects.get(id=delivery.id)) == Reason.NONE


@pytest.fixture
def live(settings):
    """A live campaign of the 119th Congress, with a roster that was checked today."""
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    settings.LOOKUP_PROVIDERS = {"zip_table": settings.LOOKUP_PROVIDERS["zip_table"]}
    with time_machine.travel(LAST_DAYS, tick=False):
        Snapshot.objects.update(checked_at=LAST_DAYS)
        ends = LAST_DAYS + timedelta(days=90)
        campaign = make_campaign(state="live", closes_at=ends, delivery_at=ends - timedelta(days=1))
        campaign.current_appeal.facts.update(reviewed_at=LAST_DAYS)
        yield make_delivery(letter=make_letter(campaign=campaign), state=State.NEEDS_SUPPORTER)


def test_what_the_supporter_sends_does_not_wait_for_the_campaigns_day(live):
    assert hand_off_obstacle(live) == Reason.NONE


def test_a_roster_too_old_stops_what_the_supporter_sends(live):
    Snapshot.objects.update(checked_at=None)

    assert hand_off_obstacle(live) == Reason.ROSTER_TOO_OLD


def test_a_new_congress_stops_what_the_supporter_sends(live):
    with time_machine.travel(LAST_DAYS + timedelta(days=10), tick=False):
        assert hand_off_obstacle(live) == Reason.NEW_CONGRESS


def test_an_address_is_found_again_before_the_supporter_sends(live, monkeypatch):
    elsewhere = SeatFound("HCO02", "house", "CO-2", "CO", "", "")
    found = Lookup(Outcome.EXACT, 120, LAST_DAYS.date(), (elsewhere,))
    monkeypatch.setattr("letters.gate.find_seats", lambda address, **how: found)

    with time_machine.travel(LAST_DAYS + timedelta(days=10), tick=False):
        make_roster(congress=120, as_of=LAST_DAYS.date() + timedelta(days=10))
        assert hand_off_obstacle(live) == Reason.ADDRESS_ELSEWHERE


class TestWhatIsKnownWithoutAskingAnybody:
    @pytest.fixture(autouse=True)
    def nobody_is_asked(self, live, monkeypatch):
        def refuse(*args, **how):
            raise AssertionError("an address was looked up")

        monkeypatch.setattr("letters.gate.find_seats", refuse)
        self.delivery, self.letter = live, live.letter

    def draw_new_lines(self) -> None:
        with time_machine.travel(LAST_DAYS + timedelta(hours=1), tick=False):
            make_state_map("WY", {"82001": (0,)}, congress=119)

    def known(self) -> str:
        return known_obstacles(self.letter.deliveries.all()).get(self.delivery.id, Reason.NONE)

    def test_what_can_be_finished_has_no_obstacle(self):
        assert self.known() == Reason.NONE

    def test_a_fact_that_nobody_has_reviewed_is_one(self):
        self.letter.appeal.facts.update(reviewed_at=None)

        assert self.known() == Reason.FACT_CHANGED

    def test_a_prisoner_who_was_released_is_one(self):
        self.letter.prisoner = make_prisoner(self.letter.signatory.campaign, "Ann", released=True)
        self.letter.save()

        assert self.known() == Reason.FACT_CHANGED

    def test_a_campaign_that_is_over_is_one(self):
        with time_machine.travel(LAST_DAYS + timedelta(days=91)):
            Snapshot.objects.update(checked_at=timezone.now())
            assert self.known() == Reason.CAMPAIGN_CLOSED

    @pytest.mark.parametrize("reason", sorted(Reason.follows_the_lines()))
    def test_new_lines_are_one_as_soon_as_its_supporter_was_asked(self, reason):
        self.draw_new_lines()
        assert self.known() == Reason.NONE

        tell_of_lines(self.delivery, reason)

        assert self.known() == reason

    def test_new_lines_are_one_until_the_address_is_found_again(self):
        self.draw_new_lines()
        tell_of_lines(self.delivery, Reason.ADDRESS_ELSEWHERE)
        assert self.known() == Reason.ADDRESS_ELSEWHERE

        Delivery.objects.update(address_checked_at=timezone.now() + timedelta(days=1))

        assert self.known() == Reason.NONE

    def test_many_offices_cost_no_more_questions_than_one(self):
        def cost() -> int:
            fresh = Letter.objects.select_related("signatory__campaign", "appeal__campaign").get()
            with CaptureQueriesContext(connection) as asked:
                assert not known_obstacles(fresh.deliveries.select_related("seat"))
            return len(asked)

        self.letter.statement, self.letter.statement_frozen_on = "Act.", LAST_DAYS.date()
        self.letter.save()
        before = cost()
        for seat in ("SWY01", "SWY02"):
            make_delivery(letter=self.letter, seat=seat, state=State.NEEDS_SUPPORTER)

        assert cost() == before


def test_a_known_form_is_finished_in_its_menus_own_words():
    recipe = make_recipe("SWY01")
    menus = (
        make_menu("$NAME_PREFIX", "Miss", "MS"),
        make_menu("$TOPIC", "Taxes", "Foreign Policy"),
    )
    make_contact_form("SWY01", recipe=replace(recipe, steps=(*recipe.steps, *menus)))

    ready = hand_off(make_delivery(seat="SWY01", state=State.NEEDS_SUPPORTER))

    told = {field.name: field.value for field in ready.fields}
    assert (told["prefix"], told["topic"]) == ("MS", "Foreign Policy")


def test_what_was_told_for_that_form_is_ready_there():
    answers = {"county SWY02": "Laramie", "zip4 SWY02": "0001", "county SWY01": "Teton"}
    letter = make_letter(person=make_identity(zip4="", answers=answers))

    ready = hand_off(make_delivery(letter=letter, seat="SWY02", state=State.NEEDS_SUPPORTER))

    told = {field.name: field.value for field in ready.fields}
    assert (told["county"], told["zip4"]) == ("Laramie", "0001")


def test_a_short_text_written_for_that_form_is_its_message():
    form_of("HWY00", text_limit=60)
    short = "Please act for the prisoners."

    ready = hand_off(needing_you(person=make_identity(answers={"text HWY00": short})))

    assert (ready.message, ready.too_long_by) == (short, 0)
