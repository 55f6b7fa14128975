"""What leaves in an organization's file, and what never does."""

import csv
import hashlib
import io

import pytest
from django.utils import timezone

from campaign.exporting import COLUMNS, export_csv, file_name, safe_cell
from campaign.models import ExportLog, Visibility
from letters.retention import erase_signatory
from tests.factories import (
    make_campaign,
    make_identity,
    make_organization,
    make_participation,
    make_signatory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return make_organization(name="Helpers", slug="helpers")


@pytest.fixture
def campaign(organization):
    campaign = make_campaign()
    make_participation(campaign, organization)
    return campaign


def export(organization, campaign) -> bytes:
    pieces = export_csv(
        organization=organization, campaign=campaign, by="login", purpose="a newsletter"
    )
    return b"".join(pieces)


def rows(file: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_holds_the_promised_columns_of_a_person_who_ticked(organization, campaign):
    person = make_identity(first_name="Ніна", last_name="Example", email="nina@example.org")
    signatory = make_signatory(
        campaign=campaign,
        person=person,
        allows=(organization,),
        visibility=Visibility.FULL,
        source="helpers",
    )
    consent = signatory.consents.get()

    (row,) = rows(export(organization, campaign))

    assert tuple(row) == COLUMNS
    assert row == {
        "row_id": str(consent.public_id),
        "status": "allowed",
        "first_name": "Ніна",
        "last_name": "Example",
        "display_name": "Ніна Example, Cheyenne",
        "email": "nina@example.org",
        "city": "Cheyenne",
        "state": "WY",
        "zip": "82001",
        "district": "WY-0",
        "congress": "119",
        "language": "en",
        "consent_text_version": "1",
        "consented_at": consent.at.isoformat(timespec="seconds"),
        "source": "helpers",
        "confirmed_at": signatory.confirmed_at.isoformat(timespec="seconds"),
    }


def test_street_and_phone_are_not_in_the_file(organization, campaign):
    person = make_identity(street="17 Secret Rd", phone="307-555-0123")
    make_signatory(campaign=campaign, person=person, allows=(organization,))

    file = export(organization, campaign).decode()

    assert "Secret" not in file
    assert "555-0123" not in file


def test_a_private_person_has_no_display_name(organization, campaign):
    make_signatory(campaign=campaign, allows=(organization,), visibility=Visibility.PRIVATE)

    (row,) = rows(export(organization, campaign))

    assert row["display_name"] == ""


@pytest.mark.parametrize(
    "who",
    [
        {"allows": ()},
        {"confirmed_at": None},
        {"destination": "live"},
    ],
    ids=["ticked nothing", "did not enter the code", "of the other mode"],
)
def test_nobody_else_is_in_the_file(organization, campaign, who):
    make_signatory(campaign=campaign, **{"allows": (organization,), **who})

    assert rows(export(organization, campaign)) == []


def test_who_ticked_another_organization_is_not_in_the_file(organization, campaign):
    make_signatory(campaign=campaign, allows=(make_organization(name="Others"),))

    assert rows(export(organization, campaign)) == []


def test_a_consent_taken_back_leaves_a_tombstone(organization, campaign):
    signatory = make_signatory(campaign=campaign, allows=(organization,))
    signatory.consents.update(withdrawn_at=timezone.now())

    (row,) = rows(export(organization, campaign))

    told = {name: value for name, value in row.items() if value}
    assert told == {"row_id": str(signatory.consents.get().public_id), "status": "withdrawn"}


def test_an_erased_person_leaves_a_tombstone(organization, campaign):
    signatory = make_signatory(campaign=campaign, allows=(organization,))
    public_id = str(signatory.consents.get().public_id)
    erase_signatory(signatory)

    (row,) = rows(export(organization, campaign))

    assert row["row_id"] == public_id
    assert row["status"] in {"withdrawn", "erased"}
    assert not any(row[name] for name in COLUMNS[2:])


def test_the_log_holds_rows_and_hash_of_exactly_this_file(organization, campaign):
    for _ in range(3):
        make_signatory(campaign=campaign, allows=(organization,))

    file = export(organization, campaign)

    log = ExportLog.objects.get()
    assert log.rows == 3
    assert log.sha256 == hashlib.sha256(file).hexdigest()
    assert (log.by, log.purpose, log.kind) == ("login", "a newsletter", "csv")


def test_a_download_that_breaks_off_is_logged_too(organization, campaign):
    make_signatory(campaign=campaign, allows=(organization,))
    pieces = export_csv(organization=organization, campaign=campaign, by="login", purpose="test")

    heading = next(pieces)
    pieces.close()

    log = ExportLog.objects.get()
    assert log.rows == 0
    assert log.sha256 == hashlib.sha256(heading).hexdigest()


def test_the_file_begins_with_a_bom_and_ends_its_lines_with_crlf(organization, campaign):
    make_signatory(campaign=campaign, allows=(organization,))

    file = export(organization, campaign)

    assert file.startswith(b"\xef\xbb\xbf")
    assert file.count(b"\r\n") == file.count(b"\n") == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_no_cell_is_taken_for_a_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["O'Hara", "Ann-Marie", "ann+news@example.org", "", "02139"])
def test_an_ordinary_cell_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_a_name_that_is_a_formula_leaves_as_text(organization, campaign):
    person = make_identity(first_name='=HYPERLINK("https://evil.example")')
    make_signatory(campaign=campaign, person=person, allows=(organization,))

    (row,) = rows(export(organization, campaign))

    assert row["first_name"] == '\'=HYPERLINK("https://evil.example")'


def test_the_file_name_says_that_it_is_a_rehearsal(organization, campaign, settings):
    assert "REHEARSAL" in file_name(organization=organization, campaign=campaign)
    settings.LIVE = True
    assert "REHEARSAL" not in file_name(organization=organization, campaign=campaign)


def test_the_number_of_queries_does_not_grow_with_the_people(
    organization, campaign, django_assert_num_queries
):
    for _ in range(20):
        make_signatory(campaign=campaign, allows=(organization,))

    with django_assert_num_queries(4):  # log, people, tombstones, log
        export(organization, campaign)
