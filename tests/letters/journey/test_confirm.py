"""Screen 4: only the owner of the mailbox sets the letter off, and only by a POST."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from campaign.models import Campaign
from letters.models import Code, Letter, Notice
from letters.models.notice import SECOND_CLICK
from letters.notices import mail_due
from letters.receipt import erase
from letters.states import State
from tests.letters.journey.conftest import Supporter, text_of


@pytest.fixture
def at_confirm(supporter):
    return supporter.walk_to("confirm")


def is_confirmed() -> bool:
    return Letter.objects.get().signatory.confirmed_at is not None


def test_the_right_code_leads_to_the_receipt(at_confirm):
    answer = at_confirm.enter(at_confirm.mailed_code())

    assert answer.url == f"/receipt/{at_confirm.letter.receipt_token}/"
    assert set(at_confirm.letter.deliveries.values_list("state", flat=True)) == {State.WAITING}


def test_a_code_may_be_typed_with_a_blank(at_confirm):
    digits = at_confirm.mailed_code()

    assert at_confirm.enter(f" {digits[:3]} {digits[3:]}").status_code == 302


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34\x00"])
def test_what_is_no_code_is_said_beside_the_field(at_confirm, digits):
    answer = at_confirm.enter(digits)

    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]


def test_a_wrong_code_is_said_beside_the_field(at_confirm):
    wrong = f"{(int(at_confirm.mailed_code()) + 1) % 1_000_000:06}"

    answer = at_confirm.enter(wrong)

    assert "That is not the code" in answer.context["form"].errors["code"][0]
    assert not is_confirmed()


def test_an_old_code_asks_for_a_new_one(at_confirm):
    digits = at_confirm.mailed_code()
    Code.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    answer = at_confirm.enter(digits)

    assert "ask for a new one" in answer.context["form"].errors["code"][0]
    assert not is_confirmed()


def test_five_wrong_codes_wear_the_right_one_out(at_confirm):
    digits = at_confirm.mailed_code()
    for _ in range(5):
        at_confirm.enter(f"{(int(digits) + 1) % 1_000_000:06}")

    at_confirm.enter(digits)

    assert not is_confirmed()


def test_a_code_used_twice_leads_to_the_same_receipt(at_confirm):
    digits = at_confirm.mailed_code()

    assert at_confirm.enter(digits).url == at_confirm.enter(digits).url


def test_a_new_code_replaces_the_old_one(at_confirm, time_machine):
    old = at_confirm.mailed_code()
    time_machine.move_to(timezone.now() + SECOND_CLICK)

    page = at_confirm.post("confirm/resend/", {}, follow=True)
    new = at_confirm.mailed_code()

    assert "A new code is on its way" in text_of(page)
    assert old == new or at_confirm.enter(old).status_code == 200
    assert at_confirm.enter(new).status_code == 302


def test_a_wrong_address_can_be_changed(at_confirm):
    old = at_confirm.mailed_code()

    page = at_confirm.post("confirm/email/", {"email": "right@example.org"}, follow=True)

    assert "right@example.org" in text_of(page)
    assert at_confirm.enter(old).status_code == 200
    assert at_confirm.mailed_code()
    assert mail.outbox[-1].to == ["right@example.org"]
    assert at_confirm.letter.signatory.person.email == "right@example.org"


def test_an_address_that_was_not_taken_any_more_is_not_named(at_confirm):
    for number in range(9):
        at_confirm.post("confirm/email/", {"email": f"box{number}@example.org"})

    answer = at_confirm.post("confirm/email/", {"email": "last@example.org"}, follow=True)

    page = text_of(answer)
    assert "You have asked for several codes already" in page
    assert "last@example.org" not in page


def test_an_address_that_is_none_is_said_beside_the_field(at_confirm):
    answer = at_confirm.post("confirm/email/", {"email": "right@"})

    assert answer.context["form"].errors["email"]


def test_opening_the_mailed_link_confirms_nothing(at_confirm, client):
    link = at_confirm.mailed_link()

    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 405
    assert not is_confirmed()


def test_the_button_behind_the_mailed_link_confirms(at_confirm, client):
    answer = client.post(at_confirm.mailed_link())

    assert answer.url == f"/receipt/{at_confirm.letter.receipt_token}/"
    assert is_confirmed()


def test_a_link_pressed_a_second_time_opens_no_secrets(at_confirm, client):
    link = at_confirm.mailed_link()
    client.post(link)

    page = type(client)().post(link, follow=True)

    assert page.status_code == 200
    assert not page.context["is_open"]


def test_a_link_opened_a_second_time_leads_to_the_receipt_and_not_to_its_secrets(at_confirm):
    link = at_confirm.mailed_link()
    other = type(at_confirm.client)()
    other.post(link)

    page = type(other)().get(link, follow=True)

    assert page.redirect_chain[-1][0] == f"/receipt/{at_confirm.letter.receipt_token}/"
    assert "Your letter was confirmed before." in text_of(page)
    assert not page.context["is_open"]


def test_an_old_link_offers_a_new_code(at_confirm, client, time_machine):
    link = at_confirm.mailed_link()
    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    page = text_of(client.post(link, follow=True))
    assert "no longer good" in page
    assert "Send me a new code" in page
    before = len(mail.outbox)
    client.post(link, {"resend": "1"})
    mail_due()

    assert len(mail.outbox) == before + 1
    assert not is_confirmed()


def test_a_link_that_we_never_made_is_no_error_of_ours(client, campaign):
    assert client.get("/confirm/nonsense/").status_code == 404
    assert client.post("/confirm/nonsense:at.all/").status_code == 404


def test_the_owner_of_the_mailbox_can_disown_the_letter_without_a_code(at_confirm, client):
    link = at_confirm.mailed_link()

    assert client.get(link + "not-mine/").status_code == 200
    assert at_confirm.letter.signatory.person is not None

    assert "Deleted" in text_of(client.post(link + "not-mine/", follow=True))
    assert at_confirm.letter.signatory.person is None


def test_the_link_of_a_disowned_letter_offers_nothing_to_send(at_confirm, client):
    link = at_confirm.mailed_link()
    client.post(link + "not-mine/")

    page = text_of(client.get(link, follow=True))

    assert "Deleted" in page
    assert "Yes, send my letter" not in page


def test_what_is_erased_already_is_not_promised_once_more(at_confirm, client):
    link = at_confirm.mailed_link()
    erase(letter=at_confirm.letter)

    page = client.get(link + "not-mine/", follow=True)

    assert "Deleted" in text_of(page)
    assert "the organizers learn" not in text_of(page)


def test_a_disowned_letter_breaks_no_screen_that_is_still_open(at_confirm, client):
    digits = at_confirm.mailed_code()
    other = Supporter(type(client)(), at_confirm.campaign)
    other.client.post(at_confirm.mailed_link() + "not-mine/")

    assert at_confirm.enter(digits).status_code == 200
    assert at_confirm.post("confirm/resend/", {}).status_code == 302
    new = at_confirm.post("confirm/email/", {"email": "new@example.org"}, follow=True)
    assert new.redirect_chain[-1][0] == at_confirm.url("you/")


def test_a_code_after_the_end_of_the_campaign_sends_nothing(at_confirm):
    digits = at_confirm.mailed_code()
    Campaign.objects.update(state="closed")

    assert "nothing was sent" in text_of(at_confirm.enter(digits))
    assert not is_confirmed()


def test_a_link_after_the_end_of_the_campaign_sends_nothing(at_confirm, client):
    link = at_confirm.mailed_link()
    Campaign.objects.update(state="closed")

    answer = client.post(link)

    assert answer.url == link
    assert "nothing was sent" in text_of(client.get(link))
    assert not is_confirmed()


def test_who_confirmed_by_the_link_elsewhere_gets_the_receipt_but_not_its_secrets(at_confirm):
    other = type(at_confirm.client)()
    other.post(at_confirm.mailed_link())

    page = at_confirm.get("confirm/", follow=True)

    assert page.redirect_chain[-1][0] == f"/receipt/{at_confirm.letter.receipt_token}/"
    assert not page.context["is_open"]


@pytest.fixture
def confirmed_elsewhere(at_confirm) -> Supporter:
    """A browser that knows nothing of the letter but its mailed link, which it has confirmed."""
    other = Supporter(type(at_confirm.client)(), at_confirm.campaign)
    other.client.post(at_confirm.mailed_link())
    return other


@pytest.mark.parametrize("screen", ["find/offices/", "letter/", "you/", "confirm/"])
def test_after_the_link_a_browser_without_a_journey_starts_at_the_address(
    confirmed_elsewhere, screen
):
    assert confirmed_elsewhere.get(screen).url == confirmed_elsewhere.url("find/")


def test_after_the_link_a_browser_without_a_journey_writes_a_letter_of_its_own(
    confirmed_elsewhere,
):
    confirmed_elsewhere.email = "second@example.org"

    receipt = confirmed_elsewhere.confirm()

    assert confirmed_elsewhere.client.get(receipt).context["is_open"]
    assert Letter.objects.filter(signatory__confirmed_at__isnull=False).count() == 2


def test_the_link_of_one_letter_leaves_another_half_written_one_alone(at_confirm):
    other = Supporter(type(at_confirm.client)(), at_confirm.campaign).walk_to("letter")
    other.client.post(at_confirm.mailed_link())

    assert other.write(own_words="I am another person.").url == other.url("you/")


def test_a_letter_erased_after_its_code_waits_for_no_code(at_confirm):
    receipt = at_confirm.enter(at_confirm.mailed_code()).url
    at_confirm.client.post(receipt + "erase/")

    for screen in ("confirm/", "confirm/email/", "confirm/resend/"):
        page = at_confirm.get(screen, follow=True)
        assert page.redirect_chain[-1][0] == at_confirm.url("")


@pytest.fixture
def wrote_before(supporter, settings) -> Supporter:
    """At the code of a second letter in a live campaign that takes one a mailbox."""
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    Campaign.objects.update(state="live", closes_at=timezone.now() + timedelta(days=1))
    supporter.confirm()
    return supporter.walk_to("confirm")


def test_who_wrote_before_is_told_so_as_often_as_they_ask(wrote_before):
    assert "You have already written" in text_of(wrote_before.enter(wrote_before.mailed_code()))

    for screen in ("confirm/", "confirm/email/"):
        page = text_of(wrote_before.get(screen, follow=True))
        assert "You have already written" in page
        assert "We have sent" not in page


def test_who_wrote_before_gets_no_further_code(wrote_before):
    wrote_before.enter(wrote_before.mailed_code())
    mail_due()
    before = len(mail.outbox)

    wrote_before.post("confirm/resend/", {})
    mail_due()

    assert len(mail.outbox) == before


def test_who_wrote_before_can_begin_afresh_at_the_address(wrote_before):
    wrote_before.enter(wrote_before.mailed_code())

    assert "A code of six digits" in text_of(wrote_before.walk_to("confirm").get("confirm/"))


def test_the_link_of_who_wrote_before_offers_nothing_to_send(wrote_before):
    link = wrote_before.mailed_link()
    wrote_before.client.post(link)

    page = text_of(wrote_before.client.get(link))

    assert "You have already written" in page
    assert "Yes, send my letter" not in page


def settle(**changes) -> None:
    Notice.objects.filter(kind="code").update(**changes)


def at_each_standing(supporter):
    """How the newest code stands → what the page says of it, from its heading to the form."""
    told, now = {}, timezone.now()
    for standing, changes in {
        "on its way": {},
        "not taken": {"tries": 1},
        "mailed": {"tries": 1, "mailed_at": now},
        "refused": {"tries": 1, "mailed_at": now, "refused_at": now},
    }.items():
        settle(**changes)
        told[standing] = text_of(supporter.get("confirm/"))
    return told


def test_the_page_says_that_a_code_was_sent_once_it_was(at_confirm):
    told = at_each_standing(at_confirm)

    assert "is on its way to alena@example.org" in told["on its way"]
    assert "We have sent a code of six digits to alena@example.org" in told["mailed"]
    assert [each for each in told if "We have sent" in told[each]] == ["mailed"]


def test_the_page_says_that_the_mail_server_does_not_take_the_code_yet(at_confirm):
    told = at_each_standing(at_confirm)["not taken"]

    assert "has not left yet" in told
    assert "We keep trying" in told
    assert "waits for it for 48 hours" in told


def test_an_address_that_refuses_is_an_alert_that_leads_to_another_one(at_confirm):
    settle(refused_at=timezone.now())

    page = at_confirm.get("confirm/").content.decode()

    alert = page[page.index('role="alert"') :]
    assert "does not take our mail" in alert
    assert "alena@example.org" in alert
    assert alert.index("confirm/email/") < alert.index("<form")


def test_the_alert_goes_when_the_address_is_changed(at_confirm):
    settle(refused_at=timezone.now())

    page = text_of(at_confirm.post("confirm/email/", {"email": "right@example.org"}, follow=True))

    assert "is on its way to right@example.org" in page
    assert "does not take" not in page


def test_somebody_who_has_written_before_reads_the_same_at_each_standing(supporter, settings):
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    Campaign.objects.update(state="live", closes_at=timezone.now() + timedelta(days=1))
    first = at_each_standing(supporter.walk_to("confirm"))
    settle(mailed_at=None, refused_at=None, tries=0)
    supporter.enter(supporter.mailed_code())
    again = Supporter(type(supporter.client)(), supporter.campaign).walk_to("confirm")
    settle(mailed_at=None, refused_at=None, tries=0)

    assert at_each_standing(again) == first


def test_a_program_that_wrote_no_letter_reads_what_everybody_reads(supporter, time_machine):
    told = at_each_standing(supporter.walk_to("confirm"))
    settle(mailed_at=timezone.now(), refused_at=None)
    other = Supporter(type(supporter.client)(), supporter.campaign).walk_to("you")
    other.sign(fax_extension="1")
    assert Letter.objects.count() == 1

    assert text_of(other.get("confirm/")) == told["on its way"]
    time_machine.move_to(timezone.now() + timedelta(seconds=6))
    assert text_of(other.get("confirm/")) == told["mailed"]
    time_machine.move_to(timezone.now() + SECOND_CLICK)
    asked = text_of(other.post("confirm/resend/", {}, follow=True))
    assert "is on its way to alena@example.org" in asked


def test_the_script_asks_for_that_part_alone_until_it_stands_firm(at_confirm):
    asked = at_confirm.get("confirm/mail/").content.decode()
    assert 'data-changing="yes"' in asked
    assert "<html" not in asked

    at_confirm.mailed_code()

    asked = at_confirm.get("confirm/mail/").content.decode()
    assert 'data-changing="no"' in asked
    assert "We have sent" in asked


def test_the_script_is_told_nothing_once_the_letter_is_confirmed_elsewhere(at_confirm):
    type(at_confirm.client)().post(at_confirm.mailed_link())

    assert at_confirm.get("confirm/mail/").status_code == 410


def test_the_script_is_told_nothing_once_the_journey_has_ended(wrote_before):
    wrote_before.enter(wrote_before.mailed_code())

    assert wrote_before.get("confirm/mail/").status_code == 410


def test_a_code_that_arrived_confirms_whatever_was_said_of_its_mail(at_confirm):
    digits = at_confirm.mailed_code()
    settle(refused_at=timezone.now())

    assert at_confirm.enter(digits).url == f"/receipt/{at_confirm.letter.receipt_token}/"
