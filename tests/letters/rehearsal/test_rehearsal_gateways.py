"""The rehearsal gateways answer as the real ones do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters.models import Arrival, Mood
from tests.letters.rehearsal.documents import (
    HOUSE,
    HOUSE_LIST,
    HOUSE_VALIDATE,
    LETTERS,
    LISTS,
    SENATE,
    SENATE_LIST,
    SENATE_TEST,
    document,
)

each_letter_gateway = pytest.mark.parametrize("path", LETTERS)
each_gateway = pytest.mark.parametrize("path", (HOUSE, SENATE))


@pytest.mark.parametrize(
    ("path", "status", "receiver"),
    [
        (HOUSE, 200, "house_cwc"),
        (SENATE, 201, "senate_cwc"),
        (SENATE_TEST, 201, "senate_test"),
    ],
)
def test_a_good_letter_is_accepted_and_kept_as_it_came(post, path, status, receiver):
    letter = document(path, ConstituentMessage="Ніна &amp; Škłoŭ")

    assert post(path, letter).status_code == status

    arrival = Arrival.objects.get()
    assert (arrival.receiver, arrival.status) == (receiver, status)
    assert arrival.delivery_key == "0123456789abcdef0123456789ABCDEF"
    assert arrival.office in {"HWY00", "SWY01"}
    assert arrival.body == letter


def test_what_is_kept_is_sealed(post):
    post(SENATE, document())

    row = Arrival.objects.values_list("body", flat=True).get()
    assert b"Main Street" not in bytes(row)


def test_validating_keeps_nothing(post):
    assert post(HOUSE_VALIDATE, document(HOUSE_VALIDATE)).status_code == 200
    assert post(HOUSE_VALIDATE, document(HOUSE_VALIDATE, Zip="8200")).status_code == 400
    assert not Arrival.objects.exists()


@each_letter_gateway
def test_a_letter_without_the_right_key_is_refused(post, path):
    assert post(path, document(path), key="guess").status_code == 401
    assert post(path, document(path), key="").status_code == 401


def test_a_strangers_text_is_not_kept(post):
    post(SENATE, document(), key="guess")

    assert (Arrival.objects.get().status, Arrival.objects.get().body) == (401, "")


def test_the_key_may_come_in_a_header(client, db, settings):
    settings.ROOT_URLCONF = "letters.rehearsal.urls"
    answer = client.post(
        SENATE, document(), content_type="application/xml", headers={"X-APIKEY": "rehearsal"}
    )

    assert answer.status_code == 201


@each_letter_gateway
@pytest.mark.parametrize("content_type", ["text/xml", "application/json", "text/plain"])
def test_only_application_xml_is_taken(post, path, content_type):
    answer = post(path, document(path), content_type=content_type)

    assert answer.status_code == 415


@each_letter_gateway
@pytest.mark.parametrize("body", [" ", "Dear Senator", '{"a": 1}', "<CWC>", b"\xff\xfe\x00"])
def test_what_is_no_xml_is_answered_in_plain_text(post, path, body):
    answer = post(path, body)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert b"<Error" not in answer.content


def test_a_document_type_is_refused_and_nothing_is_read_for_it(post, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    bomb = f'<!DOCTYPE CWC [<!ENTITY s SYSTEM "file://{secret}">]>\n<CWC>'
    letter = document(ConstituentMessage="&s; &s; &s;").replace("<CWC>", bomb)

    answer = post(SENATE, letter)

    assert answer.status_code == 400
    assert b"secret" not in answer.content


def test_a_body_over_a_mebibyte_is_refused_and_not_kept(post, settings):
    answer = post(SENATE, b"<CWC>" + b" " * (1024 * 1024))

    assert answer.status_code == 413
    assert Arrival.objects.get().body == ""


def test_the_senate_takes_a_delivery_id_once(post):
    assert post(SENATE, document()).status_code == 201
    assert post(SENATE, document()).status_code == 409
    assert post(SENATE, document(DeliveryId="f" * 32)).status_code == 201


def test_a_refused_delivery_id_may_come_again(post):
    assert post(SENATE, document(Zip="8200")).status_code == 400
    assert post(SENATE, document()).status_code == 201


def test_the_house_takes_a_repeat(post):
    assert [post(HOUSE, document(HOUSE)).status_code for _ in range(2)] == [200, 200]


@each_gateway
def test_the_sixth_message_in_a_second_is_too_fast(post, path):
    statuses = [post(path, document(path, DeliveryId=str(number) * 32)) for number in range(6)]

    assert [answer.status_code for answer in statuses[:5]] == [statuses[0].status_code] * 5
    assert statuses[5].status_code == 429
    assert statuses[5].headers["Retry-After"] == "1"


def test_a_second_later_there_is_room_again(post):
    for number in range(6):
        post(SENATE, document(DeliveryId=str(number) * 32))
    Arrival.objects.update(at=timezone.now() - timedelta(seconds=1.1))

    assert post(SENATE, document(DeliveryId="5" * 32)).status_code == 201


def test_a_call_that_was_too_fast_does_not_lengthen_the_wait(post):
    for _ in range(9):
        Arrival.objects.create(receiver="senate_cwc", status=429)

    assert post(SENATE, document()).status_code == 201


def test_one_gateways_pace_is_not_the_others(post):
    for number in range(6):
        post(SENATE, document(DeliveryId=str(number) * 32))

    assert post(HOUSE, document(HOUSE)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "retry_after"),
    [("maintenance", 503, "60"), ("too_fast", 429, "1"), ("key_refused", 401, None)],
)
@each_gateway
def test_organizers_play_a_gateways_bad_days(post, path, kind, status, retry_after):
    receiver = "house_cwc" if path == HOUSE else "senate_cwc"
    Mood.objects.create(receiver=receiver, kind=kind)

    answer = post(path, document(path))

    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == retry_after


def test_one_gateways_mood_is_not_the_others(post):
    Mood.objects.create(receiver="house_cwc", kind=Mood.Kind.MAINTENANCE)

    assert post(SENATE, document()).status_code == 201


def test_a_normal_mood_answers_normally(post):
    Mood.objects.create(receiver="senate_cwc", kind=Mood.Kind.NORMAL)

    assert post(SENATE, document()).status_code == 201


def test_the_house_lists_its_441_offices_as_codes(get):
    codes = get(f"{HOUSE_LIST}?apikey=rehearsal").json()

    assert len(codes) == len(set(codes)) == 441
    assert {"HAQ00", "HDC00", "HPR00", "HWY00", "HTX38"} <= set(codes)
    assert "HAS00" not in codes


def test_the_senate_lists_the_48_offices_of_april_2023_as_objects(get):
    rows = get(SENATE_LIST, **{"X-APIKEY": "rehearsal"}).json()

    codes = {row["office_code"] for row in rows}
    assert len(codes) == 48
    assert {"SCA03", "SWY01", "SWY02"} <= codes
    assert not {"STX01", "STX02"} & codes


@pytest.mark.parametrize("path", LISTS)
def test_a_list_needs_the_key_too(get, path):
    assert get(path).status_code == 401
    assert get(f"{path}?apikey=guess").status_code == 401


@pytest.mark.parametrize("path", LISTS)
def test_a_gateway_in_maintenance_gives_no_list(get, path):
    Mood.objects.create(
        receiver="house_cwc" if path == HOUSE_LIST else "senate_cwc", kind="maintenance"
    )

    assert get(f"{path}?apikey=rehearsal").status_code == 503


def test_a_gateway_asks_for_no_csrf_token(db, settings):
    settings.ROOT_URLCONF = "letters.rehearsal.urls"
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(f"{SENATE}?apikey=rehearsal", document(), content_type="application/xml")

    assert answer.status_code == 201


@each_letter_gateway
def test_a_letter_is_posted_not_fetched(get, path):
    assert get(path).status_code == 405
