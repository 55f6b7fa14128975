"""What each answer of a gateway means, over real HTTP."""

import time
from email.utils import formatdate

import pytest

from letters.channels.cwc.answers import judge
from letters.channels.cwc.gateway import Answer
from letters.channels.interface import Rejected, Unavailable, Uncertain
from letters.models import Arrival
from letters.states import Reason

BOTH = pytest.mark.parametrize("chamber", ["house", "senate"])
ERRORS = "<Errors><Error>First fault</Error><Error>Second &amp; last</Error></Errors>"


@BOTH
@pytest.mark.parametrize("status", [200, 201])
def test_200_and_201_mean_accepted_under_our_delivery_id(
    send, answering, envelope, chamber, status
):
    assert send(answering(status, "Thank you").url, chamber=chamber) == envelope.delivery_key


def test_the_senates_409_means_that_an_earlier_attempt_had_landed(send, answering, envelope):
    assert send(answering(409).url, chamber="senate") == envelope.delivery_key


def test_the_houses_409_is_not_publicly_known_and_stays_uncertain(send, answering):
    with pytest.raises(Uncertain):
        send(answering(409).url, chamber="house")


@BOTH
@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, Rejected, Reason.REFUSED),
        (413, Rejected, Reason.REFUSED),
        (422, Rejected, Reason.REFUSED),
        (415, Rejected, Reason.OUR_MISTAKE),
        (401, Unavailable, Reason.KEY_REFUSED),
        (403, Unavailable, Reason.KEY_REFUSED),
        (404, Unavailable, Reason.UNREACHABLE),
        (405, Unavailable, Reason.UNREACHABLE),
        (407, Unavailable, Reason.UNREACHABLE),
        (301, Unavailable, Reason.UNREACHABLE),
        (308, Unavailable, Reason.UNREACHABLE),
        (429, Unavailable, Reason.BUSY),
        (503, Unavailable, Reason.BUSY),
        (500, Uncertain, Reason.NO_ANSWER),
        (502, Uncertain, Reason.NO_ANSWER),
        (504, Uncertain, Reason.NO_ANSWER),
        (202, Uncertain, Reason.NO_ANSWER),
        (303, Uncertain, Reason.NO_ANSWER),
        (418, Uncertain, Reason.NO_ANSWER),
    ],
)
def test_every_other_answer_says_what_may_be_done_next(
    send, answering, chamber, status, error, reason
):
    with pytest.raises(error) as caught:
        send(answering(status, "Some text").url, chamber=chamber)

    assert type(caught.value) is error
    assert caught.value.reason == reason
    assert caught.value.evidence == f"HTTP {status}\nSome text"


@BOTH
def test_a_refusals_evidence_is_its_list_of_errors(send, answering, chamber):
    with pytest.raises(Rejected) as caught:
        send(answering(400, ERRORS).url, chamber=chamber)

    assert caught.value.evidence == "HTTP 400\nFirst fault\nSecond & last"


def test_a_success_whose_text_lists_errors_is_none(send, answering):
    with pytest.raises(Rejected):
        send(answering(200, ERRORS).url)


@pytest.mark.parametrize(
    "page", [("<!doctype html><HTML>Log in</HTML>", "text/plain"), ("Log in", "text/html")]
)
def test_a_web_page_under_a_200_is_not_the_gateways_word(send, answering, page):
    body, content_type = page
    with pytest.raises(Uncertain):
        send(answering(200, body, Content_Type=content_type).url)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_read_as_seconds(send, answering, status):
    with pytest.raises(Unavailable) as caught:
        send(answering(status, Retry_After="120").url)

    assert caught.value.retry_after == 120


def test_retry_after_is_read_as_a_date(send, answering):
    with pytest.raises(Unavailable) as caught:
        send(answering(503, Retry_After=formatdate(time.time() + 300, usegmt=True)).url)

    assert 290 < caught.value.retry_after <= 301


@pytest.mark.parametrize("nonsense", ["", "soon", "-5", "²", "1.5"])
def test_a_retry_after_that_says_nothing_is_none(nonsense):
    answer = Answer(status=503, body="", content_type="", retry_after=nonsense)

    with pytest.raises(Unavailable) as caught:
        judge(answer, channel="senate_cwc", chamber="senate")

    assert caught.value.retry_after is None


@pytest.mark.parametrize("endless", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_nobody_makes_us_wait_for_more_than_a_day(endless):
    answer = Answer(status=503, body="", content_type="", retry_after=endless)

    with pytest.raises(Unavailable) as caught:
        judge(answer, channel="senate_cwc", chamber="senate")

    assert caught.value.retry_after == 24 * 60 * 60


def test_a_list_of_errors_that_broke_off_is_still_one(send, answering):
    with pytest.raises(Rejected) as caught:
        send(answering(200, ERRORS[:40]).url)

    assert caught.value.evidence.startswith("HTTP 200\nFirst fault")


def test_a_refused_key_is_loud(send, answering, caplog):
    with pytest.raises(Unavailable):
        send(answering(401).url)

    assert "senate_cwc answered with HTTP 401" in caplog.text


@pytest.mark.parametrize(
    ("chamber", "path", "status"),
    [
        ("house", "house/v2/message", 200),
        ("senate", "senate/api/production-messages/", 201),
    ],
)
def test_the_rehearsal_congress_accepts_what_the_channel_writes(
    rehearsal, make_channel, write, chamber, path, status
):
    seat = "HWY00" if chamber == "house" else "SWY01"
    letter = write(seat_code=seat, chamber=chamber, own_words="Ніна & <Škłoŭ> ]]>")
    channel = make_channel(chamber, send_url=f"{rehearsal}/{path}")

    reference = channel.send(channel.compose(letter), envelope=letter, begin=lambda: None)

    arrival = Arrival.objects.get()
    assert (arrival.receiver, arrival.status, arrival.office) == (channel.name, status, seat)
    assert arrival.delivery_key == reference == letter.delivery_key
    assert arrival.body == channel.compose(letter)


def test_a_letter_sent_twice_reaches_the_senate_once_and_is_accepted_twice(
    rehearsal, make_channel, envelope
):
    channel = make_channel(send_url=f"{rehearsal}/senate/api/production-messages/")
    for _ in range(2):
        channel.send(channel.compose(envelope), envelope=envelope, begin=lambda: None)

    assert sorted(Arrival.objects.values_list("status", flat=True)) == [201, 409]
