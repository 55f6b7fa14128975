"""From the third screen to a confirmed letter."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from campaign.models import Campaign, Signatory
from letters.codes import make_code
from letters.models import Code, Delivery, Letter
from letters.notices import mail_due
from letters.states import Reason, State
from letters.submission import (
    LETTERS_A_MAILBOX_GETS_CODES_FOR_IN_AN_HOUR,
    Confirmation,
    NotOpen,
    change_email,
    confirm_with_code,
    confirm_with_link,
    resend_code,
    submit_letter,
)
from tests.factories import (
    make_campaign,
    make_draft,
    make_identity,
    make_letter,
    make_offices_known,
    make_organization,
)

pytestmark = pytest.mark.django_db


def states(letter: Letter) -> dict[str, str]:
    return dict(letter.deliveries.values_list("seat_id", "state"))


def mailed_code() -> str:
    mail_due()
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def mailed_token() -> str:
    mail_due()
    return re.search(r"/confirm/([^/\s]+)/", mail.outbox[-1].body)[1]


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(id=letter.id)


def test_a_letter_has_one_delivery_for_each_ticked_seat():
    letter = make_letter()

    assert states(letter) == dict.fromkeys(("HWY00", "SWY01", "SWY02"), State.AWAITING_CODE)


def test_the_same_form_token_is_the_same_letter():
    campaign, draft = make_campaign(), make_draft()

    first = submit_letter(campaign=campaign, draft=draft)
    second = submit_letter(campaign=campaign, draft=draft)

    assert first == second
    assert Signatory.objects.count() == 1


def test_nothing_of_the_person_stands_readable_in_the_row():
    letter = make_letter(person=make_identity(last_name="Unforgettable"))

    row = Signatory.objects.filter(id=letter.signatory_id).values().get()
    assert b"Unforgettable" not in bytes(row["identity"])
    assert "Unforgettable" not in str({**row, "identity": None})


def test_a_consent_is_written_only_for_what_was_ticked():
    ticked, other = make_organization(), make_organization()
    letter = make_letter(organization_ids=(ticked.id,))

    assert [consent.organization for consent in letter.signatory.consents.all()] == [ticked]
    assert not other.consents.exists()


def test_a_campaign_that_is_not_open_here_takes_no_letters():
    campaign = make_campaign(state=Campaign.State.DRAFT)

    with pytest.raises(NotOpen):
        submit_letter(campaign=campaign, draft=make_draft())


@pytest.fixture
def one_letter_an_hour(monkeypatch):
    monkeypatch.setitem(LETTERS_A_MAILBOX_GETS_CODES_FOR_IN_AN_HOUR, "rehearsal", 1)


def start_letter(campaign: Campaign, email: str) -> Letter:
    return submit_letter(campaign=campaign, draft=make_draft(person=make_identity(email=email)))


def recipients() -> list[str]:
    mail_due()
    return [address for each in mail.outbox for address in each.to]


def test_one_mailbox_gets_no_codes_for_letters_without_end(one_letter_an_hour):
    campaign = make_campaign()
    for _ in range(3):
        start_letter(campaign, "victim@example.org")

    assert recipients() == ["victim@example.org"]


def test_a_withheld_code_wears_out_like_any_other(one_letter_an_hour):
    campaign = make_campaign()
    start_letter(campaign, "victim@example.org")
    letter = start_letter(campaign, "victim@example.org")
    mail_due()

    tries = [confirm_with_code(letter=fresh(letter), digits="") for _ in range(5)]
    assert tries == [Confirmation.WRONG] * 4 + [Confirmation.WORN_OUT]


def test_a_withheld_code_is_withheld_when_asked_for_again(one_letter_an_hour):
    campaign = make_campaign()
    start_letter(campaign, "victim@example.org")
    letter = start_letter(campaign, "victim@example.org")

    assert [resend_code(letter=letter, anew=True) for _ in range(7)].count(True) == 5
    assert recipients() == ["victim@example.org"]


def test_after_an_hour_a_withheld_code_can_be_asked_for(one_letter_an_hour, time_machine):
    campaign = make_campaign()
    start_letter(campaign, "often@example.org")
    letter = start_letter(campaign, "often@example.org")
    mail_due()
    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    resend_code(letter=letter)

    assert recipients() == ["often@example.org"] * 2


def test_a_code_for_the_first_letter_can_be_asked_for_beside_withheld_ones(one_letter_an_hour):
    campaign = make_campaign()
    letter = start_letter(campaign, "often@example.org")
    start_letter(campaign, "often@example.org")

    resend_code(letter=letter, anew=True)

    assert recipients() == ["often@example.org"] * 2


def test_a_changed_mailbox_gets_no_codes_for_letters_without_end(one_letter_an_hour):
    campaign = make_campaign()
    start_letter(campaign, "victim@example.org")
    letter = start_letter(campaign, "thrown-away@example.org")
    old = mailed_code()

    assert change_email(letter=letter, email="victim@example.org")
    resend_code(letter=fresh(letter), anew=True)

    assert recipients().count("victim@example.org") == 1
    assert confirm_with_code(letter=fresh(letter), digits=old) in {
        Confirmation.WRONG,
        Confirmation.WORN_OUT,
    }


def test_a_withheld_letter_gets_its_code_at_another_mailbox(one_letter_an_hour):
    campaign = make_campaign()
    start_letter(campaign, "often@example.org")
    letter = start_letter(campaign, "often@example.org")
    mail_due()

    change_email(letter=letter, email="right@example.org")

    assert recipients()[-1] == "right@example.org"
    assert confirm_with_code(letter=fresh(letter), digits=mailed_code()) == Confirmation.CONFIRMED


def test_the_mailed_code_sets_every_delivery_off():
    make_offices_known()
    letter = make_letter()

    assert confirm_with_code(letter=letter, digits=mailed_code()) == Confirmation.CONFIRMED
    assert set(states(letter).values()) == {State.WAITING}


def test_an_office_that_no_channel_reaches_needs_the_supporter_at_once():
    letter = make_letter()

    confirm_with_code(letter=letter, digits=mailed_code())

    assert set(states(letter).values()) == {State.NEEDS_SUPPORTER}
    assert set(letter.deliveries.values_list("reason", flat=True)) == {Reason.OFFICES_UNKNOWN}


def test_without_a_title_the_gateways_letters_need_the_supporter():
    make_offices_known()
    letter = make_letter(person=make_identity(prefix=""))

    confirm_with_code(letter=letter, digits=mailed_code())

    assert set(letter.deliveries.values_list("reason", flat=True)) == {Reason.PREFIX_MISSING}


def test_a_wrong_code_confirms_nothing():
    letter = make_letter()
    wrong = f"{(int(mailed_code()) + 1) % 1_000_000:06}"

    assert confirm_with_code(letter=letter, digits=wrong) == Confirmation.WRONG
    assert set(states(letter).values()) == {State.AWAITING_CODE}


def test_after_five_wrong_codes_the_right_one_is_worn_out():
    letter = make_letter()
    right = mailed_code()
    for _ in range(5):
        confirm_with_code(letter=letter, digits=f"{(int(right) + 1) % 1_000_000:06}")

    assert confirm_with_code(letter=letter, digits=right) == Confirmation.WORN_OUT


def test_the_fifth_wrong_code_says_at_once_that_a_new_one_is_needed():
    letter = make_letter()
    wrong = f"{(int(mailed_code()) + 1) % 1_000_000:06}"

    answers = [confirm_with_code(letter=letter, digits=wrong) for _ in range(5)]

    assert answers == [Confirmation.WRONG] * 4 + [Confirmation.WORN_OUT]


def test_a_code_is_worn_out_after_half_an_hour(time_machine):
    letter = make_letter()
    digits = mailed_code()

    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    assert confirm_with_code(letter=letter, digits=digits) == Confirmation.WORN_OUT


def test_a_code_used_twice_finds_the_letter_confirmed():
    letter, digits = make_letter(), None
    digits = mailed_code()
    confirm_with_code(letter=letter, digits=digits)

    assert confirm_with_code(letter=fresh(letter), digits=digits) == Confirmation.ALREADY


def test_the_second_half_of_a_double_click_finds_the_letter_confirmed():
    letter = make_letter()
    digits, read_before = mailed_code(), Letter.objects.select_related("signatory").get()
    confirm_with_code(letter=letter, digits=digits)

    assert confirm_with_code(letter=read_before, digits=digits) == Confirmation.ALREADY


def test_a_letter_chooses_no_channel_before_its_code_is_entered():
    assert set(make_letter().deliveries.values_list("channel", flat=True)) == {""}


def test_a_new_code_makes_the_old_one_void():
    letter = make_letter()
    old = mailed_code()
    new, _ = make_code(letter=letter, purpose=Code.Purpose.CONFIRM)

    assert old == new or confirm_with_code(letter=letter, digits=old) == Confirmation.WRONG
    assert confirm_with_code(letter=letter, digits=new) == Confirmation.CONFIRMED


def test_the_mailed_link_confirms_as_well():
    letter = make_letter()

    assert confirm_with_link(mailed_token()) == (letter, Confirmation.CONFIRMED)


def test_an_older_link_is_void_after_a_new_code():
    letter = make_letter()
    old = mailed_token()
    resend_code(letter=letter, anew=True)
    mail_due()

    assert confirm_with_link(old)[1] == Confirmation.WORN_OUT


def test_a_link_that_we_never_made_belongs_to_no_letter():
    with pytest.raises(Letter.DoesNotExist):
        confirm_with_link("anything:else")


def test_codes_are_not_resent_without_end():
    letter = make_letter()

    assert [resend_code(letter=letter, anew=True) for _ in range(7)].count(True) == 5


def test_a_changed_mailbox_gets_its_own_code_and_the_old_one_dies():
    letter = make_letter()
    old = mailed_code()

    change_email(letter=letter, email="right@example.org")
    assert confirm_with_code(letter=fresh(letter), digits=old) == Confirmation.WORN_OUT
    digits = mailed_code()

    assert mail.outbox[-1].to == ["right@example.org"]
    assert confirm_with_code(letter=fresh(letter), digits=digits) == Confirmation.CONFIRMED


def test_a_code_that_had_not_left_before_the_change_leaves_no_more():
    letter = make_letter()

    for email in ("other@example.org", "right@example.org"):
        change_email(letter=letter, email=email)

    assert recipients() == ["right@example.org"]


def test_a_worker_that_has_just_seen_a_code_claims_it_no_more_after_the_change():
    letter = make_letter()
    seen = letter.notices.get()

    change_email(letter=letter, email="right@example.org")

    assert not letter.notices.filter(id=seen.id, tries=seen.tries).exists()


def test_a_code_in_a_workers_hands_stays_there_after_the_change():
    letter = make_letter()
    letter.notices.update(lease_until=timezone.now() + timedelta(minutes=1))

    change_email(letter=letter, email="right@example.org")

    assert not letter.notices.exclude(gave_up_at=None).exists()


def test_a_change_that_is_clicked_twice_mails_one_code():
    letter = make_letter()
    change_email(letter=letter, email="right@example.org")
    digits = mailed_code()
    mailed = len(mail.outbox)

    assert change_email(letter=fresh(letter), email="right@example.org")
    mail_due()

    assert len(mail.outbox) == mailed
    assert confirm_with_code(letter=fresh(letter), digits=digits) == Confirmation.CONFIRMED


def test_without_a_code_left_to_send_the_mailbox_stays_as_it_was():
    letter = make_letter()
    digits = mailed_code()
    for _ in range(8):
        resend_code(letter=letter, anew=True)
    assert not resend_code(letter=letter, anew=True)

    assert not change_email(letter=letter, email="other@example.org")
    assert confirm_with_code(letter=fresh(letter), digits=digits) == Confirmation.CONFIRMED


def test_the_mail_with_the_code_says_nothing_of_what_it_is_about():
    make_letter()
    mail_due()

    told = mail.outbox[-1].subject + mail.outbox[-1].body
    for word in ("Belarus", "prisoner", "Congress", "Alena", "May 21"):
        assert word not in told


def test_in_a_live_campaign_a_mailbox_writes_once(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    campaign = make_campaign(state="live", closes_at=timezone.now() + timedelta(days=9))
    person = make_identity()
    first = submit_letter(campaign=campaign, draft=make_draft(person=person))
    confirm_with_code(letter=first, digits=mailed_code())
    second = submit_letter(campaign=campaign, draft=make_draft(person=person))
    mail_due()
    digits = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]

    assert confirm_with_code(letter=second, digits=digits) == Confirmation.WROTE_BEFORE
    assert set(states(second).values()) == {State.WITHDRAWN}
    assert Delivery.objects.exclude(state=State.WITHDRAWN).filter(letter=first).count() == 3


def test_a_live_letter_waits_for_the_campaigns_day(settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    make_offices_known()
    day = timezone.now() + timedelta(days=5)
    campaign = make_campaign(state="live", delivery_at=day, closes_at=day + timedelta(days=9))
    letter = submit_letter(campaign=campaign, draft=make_draft())

    confirm_with_code(letter=letter, digits=mailed_code())

    assert set(letter.deliveries.values_list("due_at", "reason")) == {(day, Reason.ON_THE_DAY)}
