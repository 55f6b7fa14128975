"""Screen 5: honest about every office, private to everybody else."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.models import Campaign, Fact
from letters.models import Attempt, Delivery, Letter, Notice
from letters.notices import mail_due, tell_of_lines
from letters.states import Reason, State
from letters.urls import a_receipt
from representatives.models import Snapshot
from tests.factories import (
    make_organization,
    make_participation,
    make_roster,
    make_state_map,
)
from tests.letters.journey.conftest import text_of


@pytest.fixture
def receipt(supporter) -> str:
    """The path of a receipt that this session has just confirmed."""
    return supporter.confirm()


def put(seat: str, state: str, **changes) -> Delivery:
    Delivery.objects.filter(seat=seat).update(state=state, **changes)
    return Delivery.objects.get(seat=seat)


def test_each_office_has_its_state_and_what_happens_next(client, receipt):
    put("HWY00", State.ACCEPTED, tries=2)
    put("SWY01", State.FAILED, reason=Reason.REFUSED)

    page = text_of(client.get(receipt))

    assert "Accepted by the office's gateway" in page
    assert "House CWC gateway" in page
    assert "2 tries" in page
    assert "refused the letter" in page
    assert "It goes out in a moment." in page


def test_who_could_not_send_it_is_told_what_else_there_is(client, receipt):
    put("HWY00", State.NEEDS_SUPPORTER, reason=Reason.FORM_NOT_FOUND)

    page = text_of(client.get(receipt))

    assert "let a volunteer bring it" in page
    assert "Everything is ready for you: finish it above." not in page


def test_nobody_is_told_to_finish_a_letter_to_somebody_who_has_left(client, receipt):
    hand_off = put("HWY00", State.NEEDS_SUPPORTER, reason=Reason.NO_GATEWAY_KEY)
    make_roster({"HWY00": None})

    page = text_of(client.get(receipt))

    assert "no longer holds this seat" in page
    assert "We have a question for you" in page
    assert "Everything is ready" not in page
    assert f"/offices/{hand_off.id}/seat/" in client.get(receipt).content.decode()


def test_a_hand_off_waits_until_we_know_who_sits_in_the_new_congress(client, receipt, monkeypatch):
    put("HWY00", State.NEEDS_SUPPORTER, reason=Reason.NO_GATEWAY_KEY)
    monkeypatch.setattr("letters.briefing.lookup_day", lambda: date(2027, 1, 3))

    page = text_of(client.get(receipt))

    assert "Not yet: we have to check something first" in page
    assert "something has changed" not in page
    assert "Please come back in a few days: everything stays ready for you." in page
    assert "One office needs you" not in page
    assert "We have a question for you" not in page


def test_what_a_new_roster_leaves_as_it_was_is_still_the_supporters_to_finish(client, receipt):
    put("HWY00", State.NEEDS_SUPPORTER, reason=Reason.NO_GATEWAY_KEY)
    make_roster({"SWY01": None})

    page = text_of(client.get(receipt))

    assert "One office needs you" in page
    assert "We have a question for you" not in page


@pytest.fixture
def live(receipt, settings):
    """The receipt of a live letter whose three offices its supporter finishes."""
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    now = timezone.now()
    Snapshot.objects.update(checked_at=now)
    Fact.objects.update(reviewed_at=now)
    Campaign.objects.update(state="live", closes_at=now + timedelta(days=1))
    Letter.objects.update(destination="live")
    Delivery.objects.update(state=State.NEEDS_SUPPORTER, reason=Reason.NO_GATEWAY_KEY)
    return receipt


def test_nobody_is_told_that_a_letter_is_ready_which_a_fact_stops(client, live):
    assert "3 offices need you" in text_of(client.get(live))

    Fact.objects.update(reviewed_at=None)

    page = text_of(client.get(live))
    assert "ready to copy" not in page
    assert page.count("The organizers look into it: please come back in a few days, or") == 3
    assert client.get(f"{live}offices/").url == live


def test_a_hand_off_of_a_campaign_that_is_over_is_nobodys_to_finish(client, live):
    Campaign.objects.update(closes_at=timezone.now() - timedelta(hours=1))

    page = text_of(client.get(live))

    assert "ready to copy" not in page
    assert (
        page.count("The campaign was over before it could be sent. The office gets nothing.") == 3
    )
    assert "come back" not in page


def test_whom_new_lines_ask_is_asked_on_the_receipt_too(client, live):
    hand_off = Delivery.objects.get(seat="HWY00")
    make_state_map("WY", {"82001": (0,)}, congress=hand_off.congress_id)
    tell_of_lines(hand_off, Reason.ADDRESS_ELSEWHERE)

    page = client.get(live)

    assert "By the newest map your address lies in another district." in text_of(page)
    assert [each.delivery for each in page.context["asking_you"]] == [hand_off]
    assert len(page.context["needing_you"]) == 2


@pytest.mark.parametrize("state", State.values)
def test_every_state_has_words_of_its_own(client, receipt, state):
    lease = {"lease_token": "0" * 32} if state == State.SENDING else {}
    Delivery.objects.update(state=state, **lease)

    page = text_of(client.get(receipt))

    assert "delivered" not in page.lower()
    assert client.get(receipt).status_code == 200


def test_accepted_by_mail_is_not_accepted_by_a_gateway(client, receipt):
    put("HWY00", State.ACCEPTED, channel="email")

    page = text_of(client.get(receipt))
    assert "Accepted by the mail server for the office" in page
    assert "gateway" not in page.split("Representative for Wyoming")[1].split("Senator")[0]


def test_accepted_on_a_way_that_has_left_the_settings_is_still_accepted(client, receipt):
    put("HWY00", State.ACCEPTED, channel="pigeon")

    assert "Accepted for the office" in text_of(client.get(receipt))


@pytest.mark.parametrize("reason", [Reason.REFUSED, Reason.BUSY, Reason.UNREACHABLE])
def test_what_may_happen_to_a_mail_speaks_of_no_gateway(reason):
    assert "gateway" not in reason.label


def test_when_a_letter_goes_out_is_said_in_the_campaigns_time_zone(client, receipt):
    Campaign.objects.update(timezone="America/Chicago")
    put("HWY00", State.WAITING, due_at=datetime(2099, 11, 27, 1, 51, tzinfo=UTC))

    page = text_of(client.get(receipt))

    assert "It goes out on Nov. 26, 2099, 7:51 p.m. CST. " in page


def test_the_script_gets_the_changing_part_alone(client, receipt):
    fragment = client.get(receipt + "states/").content.decode()
    assert 'data-changing="yes"' in fragment
    assert "<html" not in fragment

    Delivery.objects.update(state=State.ACCEPTED)

    assert 'data-changing="no"' in client.get(receipt + "states/").content.decode()


def test_offices_that_need_the_supporter_come_first(client, receipt):
    put("SWY02", State.NEEDS_SUPPORTER)

    page = text_of(client.get(receipt))

    assert page.index("One office needs you") < page.index("Waiting to be sent")


def test_a_stranger_with_the_link_sees_states_alone(client, receipt):
    client.cookies.clear()

    page = client.get(receipt)

    assert page.status_code == 200
    assert "Waiting to be sent" in text_of(page)
    for secret in ("Alena", "alena@example.org", "Capitol Ave", "Delete my data"):
        assert secret not in page.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "text/",
        "text/copy.pdf",
        "copy/",
        "shown/",
        "withdraw/",
        "erase/",
        "not-mine/",
        "offices/{id}/",
    ],
)
def test_a_stranger_with_the_link_changes_and_reads_nothing(client, receipt, page):
    delivery = put("HWY00", State.NEEDS_SUPPORTER)
    client.cookies.clear()
    path = receipt + page.format(id=delivery.id)

    assert client.get(path).url == f"{receipt}code/"
    assert client.post(path).url == f"{receipt}code/"
    assert Letter.objects.get().signatory.person is not None


def test_a_fresh_code_opens_the_receipt_again(client, receipt):
    client.cookies.clear()
    client.post(receipt + "code/new/")
    mail_due()
    digits = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]

    assert client.post(receipt + "code/", {"code": digits}).url == receipt
    assert client.get(receipt).context["is_open"]


def test_a_wrong_code_opens_nothing(client, receipt):
    client.cookies.clear()
    client.post(receipt + "code/new/")
    mail_due()
    digits = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    other = f"{(int(digits) + 1) % 1_000_000:06}"

    answer = client.post(receipt + "code/", {"code": other}, follow=True)

    assert "does not open it" in answer.context["form"].errors["code"][0]
    assert not client.get(receipt).context["is_open"]


def test_who_has_a_worn_out_code_is_told_to_ask_for_a_new_one(client, receipt):
    client.cookies.clear()

    answer = client.post(receipt + "code/", {"code": "123456"}, follow=True)

    [said] = answer.context["form"].errors["code"]
    assert said == "That code is no longer good. Please ask for a new one."
    assert not client.get(receipt).context["is_open"]


def test_a_link_that_we_never_made_finds_nothing(client, receipt):
    assert client.get(receipt[:-2] + "x/").status_code == 404
    assert client.get("/receipt/nonsense/").status_code == 404


def test_a_receipt_is_in_no_cache_and_no_search_engine(client, receipt):
    answer = client.get(receipt)

    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_what_was_sent_can_be_read(client, receipt):
    assert "1,171 political prisoners" in text_of(client.get(receipt + "text/"))


def test_a_copy_is_mailed_by_a_post_alone(client, receipt):
    client.get(receipt + "copy/")
    mail_due()
    before = len(mail.outbox)

    page = client.post(receipt + "copy/", follow=True)
    mail_due()

    assert "on its way to your mailbox" in text_of(page)
    assert len(mail.outbox) == before + 1


def test_how_they_are_shown_can_be_changed(client, receipt):
    client.post(receipt + "shown/", {"visibility": "initials"})

    assert Letter.objects.get().signatory.visibility == "initials"


def test_what_has_not_left_can_be_taken_back_after_a_question(client, receipt):
    put("HWY00", State.ACCEPTED)
    client.get(receipt + "withdraw/")
    assert Delivery.objects.filter(state=State.WITHDRAWN).count() == 0

    client.post(receipt + "withdraw/")

    states = dict(Delivery.objects.values_list("seat_id", "state"))
    assert states == {"HWY00": "accepted", "SWY01": "withdrawn", "SWY02": "withdrawn"}


def test_how_much_was_taken_back_is_said(client, receipt):
    put("HWY00", State.ACCEPTED)

    page = client.post(receipt + "withdraw/", follow=True)

    assert "Taken back: 2 offices get nothing." in text_of(page)


def test_who_takes_back_the_rest_again_is_told_that_it_has_left(client, receipt):
    put("HWY00", State.ACCEPTED)
    client.post(receipt + "withdraw/")

    page = client.post(receipt + "withdraw/", follow=True)

    assert "the rest has left already" in text_of(page)


def test_who_takes_everything_back_again_is_told_that_it_is_taken_back(client, receipt):
    client.post(receipt + "withdraw/")

    page = text_of(client.post(receipt + "withdraw/", follow=True))

    assert "Everything is taken back already" in page
    assert "has left" not in page


@pytest.mark.parametrize("reason", Reason.values)
@pytest.mark.parametrize("state", [State.HELD, State.FAILED, State.UNCERTAIN])
def test_who_looks_into_it_is_said_once(client, receipt, state, reason):
    delivery = put("HWY00", state, reason=reason)
    Delivery.objects.exclude(id=delivery.id).delete()

    assert text_of(client.get(receipt)).count("look into it") <= 1


@pytest.mark.parametrize("state", [State.FAILED, State.WITHDRAWN])
@pytest.mark.parametrize("outcome", ["", "uncertain", "broken"])
def test_nobody_is_told_that_nothing_arrived_where_something_may_have(
    client, receipt, state, outcome
):
    delivery = put("HWY00", state)
    Delivery.objects.exclude(id=delivery.id).delete()
    begun = {"submission_begun_at": timezone.now(), "outcome": outcome}
    Attempt.objects.create(delivery=delivery, number=1, channel="house_cwc", **begun)

    page = text_of(client.get(receipt))

    assert "We do not know whether it reached the office." in page
    for untrue in ("Nothing reached the office", "Not sent", "The office gets nothing"):
        assert untrue not in page


def test_a_letter_that_was_refused_reached_nobody(client, receipt):
    delivery = put("HWY00", State.FAILED)
    begun = {"submission_begun_at": timezone.now(), "outcome": "rejected"}
    Attempt.objects.create(delivery=delivery, number=1, channel="house_cwc", **begun)

    assert "Nothing reached the office." in text_of(client.get(receipt))


@pytest.mark.parametrize("page", ["erase/", "not-mine/"])
def test_everything_can_be_deleted_after_a_question(client, receipt, page):
    client.get(receipt + page)
    assert Letter.objects.get().signatory.person is not None

    answer = client.post(receipt + page, follow=True)

    assert "Deleted" in text_of(answer)
    assert Letter.objects.get().signatory.person is None


def test_an_erased_receipt_still_shows_its_states(client, receipt):
    put("HWY00", State.ACCEPTED)
    client.post(receipt + "erase/")

    page = client.get(receipt)

    assert "Your data is deleted" in text_of(page)
    assert "Accepted" in text_of(page)
    assert client.get(receipt + "text/").url == receipt


@pytest.mark.parametrize("field", ["share", "share-long"])
def test_a_text_to_share_names_nobody(supporter, receipt, field):
    make_participation(supporter.campaign, make_organization(slug="inviter"))
    supporter.get("?from=inviter")

    page = supporter.client.get(receipt).content.decode()
    shared = re.search(rf'id="{field}"[^>]*>([^<]*)<', page)[1]

    assert re.findall(r"http\S+", shared) == ["http://testserver/may-21/"]
    for told in ("Alena", "receipt", "inviter", "I wrote", "my members"):
        assert told not in shared


def test_the_longer_text_opens_the_readers_own_mail_program(client, receipt):
    page = client.get(receipt)
    link = unescape(re.search(r'href="(mailto:[^"]+)"', page.content.decode())[1])

    mail = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert urlsplit(link).path == ""
    assert mail["subject"] == ["A letter that takes two minutes"]
    assert mail["body"] == [page.context["sharing"].long.replace("\n", "\r\n")]


def test_a_wrong_answer_leads_back_to_its_own_page(client, receipt):
    shown = client.post(receipt + "shown/", {"visibility": "famous"})
    client.cookies.clear()
    code = client.post(receipt + "code/", {"code": "12"})

    assert [shown.url, code.url] == [receipt + "shown/", receipt + "code/"]


@pytest.mark.parametrize("page", ["erase/", "not-mine/"])
def test_a_deletion_ends_on_a_page_of_its_own(client, receipt, page):
    assert client.post(receipt + page).url == receipt + "erased/"


def test_a_deletion_that_waits_for_a_letter_says_so(client, receipt):
    put("HWY00", State.SENDING, lease_token="0" * 32)

    answer = client.post(receipt + "erase/", follow=True)

    assert "It is being deleted" in text_of(answer)


def test_nothing_is_called_deleted_that_nobody_asked_to_delete(client, receipt):
    assert client.get(receipt + "erased/").url == receipt


def test_a_copy_can_be_downloaded_under_a_name_that_says_nothing(client, receipt):
    answer = client.get(receipt + "text/copy.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="copy.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF")


def test_of_a_deleted_text_the_page_says_so_instead_of_a_copy(client, receipt):
    Letter.objects.update(text_erased_at=timezone.now())

    page = client.get(receipt + "text/copy.pdf", follow=True)

    assert "The text is deleted, as promised." in text_of(page)
    assert "copy.pdf" not in page.content.decode()


def test_who_wanted_a_file_is_led_to_the_page_that_offers_it(client, receipt):
    client.cookies.clear()
    client.get(receipt + "text/copy.pdf")
    client.post(receipt + "code/new/")
    mail_due()
    digits = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]

    assert client.post(receipt + "code/", {"code": digits}).url == receipt + "text/"


def test_who_did_not_write_it_can_say_so_before_any_code(client, receipt):
    client.cookies.clear()

    page = client.get(receipt).content.decode()

    assert f'href="{receipt}not-mine/"' in page


def test_what_would_be_taken_back_is_named_before(client, receipt):
    put("HWY00", State.ACCEPTED)
    uncertain = put("SWY01", State.WAITING)
    begun = {"submission_begun_at": timezone.now(), "outcome": "uncertain"}
    Attempt.objects.create(delivery=uncertain, number=1, channel="email", **begun)

    page = client.get(receipt + "withdraw/")

    assert page.context["names"] == ["Cynthia M. Lummis"]
    assert "Cynthia M. Lummis" in text_of(page)


def test_where_nothing_can_be_taken_back_no_button_offers_it(client, receipt):
    Delivery.objects.update(state=State.ACCEPTED)

    page = text_of(client.get(receipt + "withdraw/"))

    assert "Nothing is left to take back." in page
    assert "Take it back" not in page


def test_the_day_is_offered_for_a_calendar_as_long_as_it_is_to_come(client, receipt):
    Campaign.objects.update(delivery_at=datetime(2099, 5, 21, 13, tzinfo=UTC))
    assert 'href="/may-21/day.ics"' in client.get(receipt).content.decode()

    Campaign.objects.update(delivery_at=datetime(2020, 5, 21, 13, tzinfo=UTC))
    assert "day.ics" not in client.get(receipt).content.decode()


def test_a_closed_receipt_tells_what_a_later_visit_tells(client, receipt):
    page = client.post(receipt + "close/", follow=True)

    assert "This page is closed on this device." in text_of(page)
    assert not page.context["is_open"]
    assert client.get(receipt + "text/").url == f"{receipt}code/"
    assert "closed on this device" not in text_of(client.get(receipt))


def test_a_closed_receipt_forgets_what_was_typed_on_this_device(supporter, receipt):
    client = supporter.client
    put("HWY00", State.NEEDS_SUPPORTER)
    client.post(receipt + "shown/", {"visibility": "famous"})

    client.post(receipt + "close/")

    assert supporter.get("confirm/").url == "/may-21/find/"
    assert supporter.campaign.slug not in " ".join(client.session.keys())
    assert "famous" not in str(dict(client.session))


def test_a_closed_receipt_forgets_a_letter_that_was_not_confirmed_on_this_device(supporter):
    client = supporter.walk_to("confirm").client
    receipt = reverse("receipt", args=[supporter.letter.receipt_token])

    client.post(f"{receipt}close/")

    assert supporter.campaign.slug not in " ".join(client.session.keys())


def test_a_closed_receipt_leaves_the_letter_that_somebody_else_is_writing(supporter, receipt):
    supporter.walk_to("letter").write(own_words="Half written.")

    supporter.client.post(receipt + "close/")

    assert supporter.get("letter/").context["form"]["own_words"].value() == "Half written."


def test_a_closed_receipt_leaves_its_old_key_to_nobody(client, receipt):
    old = client.cookies["sessionid"].value

    client.post(receipt + "close/")
    assert client.cookies["sessionid"].value != old
    client.cookies["sessionid"] = old

    assert not client.get(receipt).context["is_open"]


def test_a_closed_receipt_leaves_another_one_open(client, receipt, supporter):
    supporter.email = "ales@example.org"
    other = supporter.confirm()

    client.post(receipt + "close/")

    assert not client.get(receipt).context["is_open"]
    assert client.get(other).context["is_open"]


def test_a_receipt_is_closed_by_a_post_alone_and_twice_as_once(client, receipt):
    assert client.get(receipt + "close/").url == receipt
    assert client.get(receipt).context["is_open"]

    for _ in range(2):
        assert client.post(receipt + "close/").url == receipt
    assert not client.get(receipt).context["is_open"]


def test_no_page_of_a_receipt_is_kept_for_the_back_button(client, receipt):
    delivery = put("HWY00", State.NEEDS_SUPPORTER)
    more = {"id": delivery.id, "report": "sent"}

    for each in a_receipt:
        path = re.sub(r"<\w+:(\w+)>", lambda match: str(more[match[1]]), str(each.pattern))
        assert "no-store" in client.get(receipt + path)["Cache-Control"], path


def test_both_texts_to_share_are_copied_and_each_goes_its_own_way(client, receipt):
    page = client.get(receipt).content.decode()

    assert re.findall(r'data-copy="(share[^"]*)"', page) == ["share", "share-long"]
    assert re.findall(r'data-share="([^"]*)"', page) == ["share"]
    assert page.count('href="mailto:') == 1
    assert "A text to share" in page and "A text for an e-mail" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "A code is on its way to your mailbox."),
        ({"tries": 1}, "The code has not left yet"),
        ({"refused_at": timezone.now()}, "The mail server of your address does not take our mail"),
    ],
)
def test_a_code_for_the_receipt_is_not_called_sent_before_it_was(receipt, changes, words):
    stranger = Client()
    before = text_of(stranger.get(receipt + "code/"))
    stranger.post(receipt + "code/new/")
    Notice.objects.filter(kind="receipt_code").update(**changes)

    page = text_of(stranger.get(receipt + "code/"))

    assert words in page
    assert words not in before
    assert "We have sent" not in page


def test_a_code_for_the_receipt_is_called_sent_once_it_was(receipt):
    stranger = Client()
    stranger.post(receipt + "code/new/")
    mail_due()

    assert "We have sent a code to your mailbox." in text_of(stranger.get(receipt + "code/"))


def test_an_address_that_refuses_is_told_on_the_receipt_until_the_data_is_gone(client, receipt):
    words = "Our mails do not reach you"
    assert words not in text_of(client.get(receipt))

    Notice.objects.filter(kind="receipt").update(refused_at=timezone.now())
    assert words in text_of(client.get(receipt))

    client.post(receipt + "erase/")
    assert words not in text_of(client.get(receipt))
