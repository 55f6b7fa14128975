"""Lists that leave: only people who ticked that organization, and each leaving is written down."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from campaign.models import Campaign, Consent, ExportLog, Organization, Signatory

BOM = "\ufeff"
# A spreadsheet runs a cell that begins like this; the last four are full-width forms.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
COLUMNS = (
    "row_id",
    "status",
    "first_name",
    "last_name",
    "display_name",
    "email",
    "city",
    "state",
    "zip",
    "district",
    "congress",
    "language",
    "consent_text_version",
    "consented_at",
    "source",
    "confirmed_at",
)
ROWS_AT_ONCE = 500
ALLOWED, WITHDRAWN, ERASED = "allowed", "withdrawn", "erased"


def export_csv(
    *, organization: Organization, campaign: Campaign, by: str, purpose: str
) -> Iterator[bytes]:
    """The file in pieces: UTF-8 with BOM, CRLF, formula-safe; never whole in memory.

    It is logged before the first piece leaves; the row count and the hash of exactly what left
    follow with the last one, also where the reader hangs up in between.
    """
    log = ExportLog.objects.create(
        organization=organization,
        campaign=campaign,
        kind=ExportLog.Kind.CSV,
        purpose=purpose,
        by=by,
        rows=0,
    )
    return _logged(_csv_rows(organization, campaign), log)


def log_printed(
    *,
    organization: Organization,
    campaign: Campaign,
    by: str,
    purpose: str,
    names: int,
    page: bytes,
) -> None:
    """Writes down that a presentable list with that many names was shown for printing."""
    ExportLog.objects.create(
        organization=organization,
        campaign=campaign,
        kind=ExportLog.Kind.PRINT,
        purpose=purpose,
        by=by,
        rows=names,
        sha256=hashlib.sha256(page).hexdigest(),
    )


def file_name(*, organization: Organization, campaign: Campaign) -> str:
    """Says whose, of what, and whether it is a rehearsal; no person is named in it."""
    kind = "signatories" if settings.LIVE else "REHEARSAL-signatories"
    return f"{organization.slug}-{campaign.slug}-{kind}-{timezone.localdate():%Y-%m-%d}.csv"


def people_of(*, organization: Organization, campaign: Campaign) -> QuerySet[Signatory]:
    """The campaign's signatories, of this installation's mode, who allowed the organization."""
    return Signatory.objects.allowed_to(organization).filter(
        campaign=campaign, destination=settings.DELIVERY_MODE
    )


def safe_cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _logged(rows: Iterator[str], log: ExportLog) -> Iterator[bytes]:
    heading = (BOM + _line(COLUMNS)).encode()
    digest = hashlib.sha256(heading)
    try:
        yield heading
        while some := list(islice(rows, ROWS_AT_ONCE)):
            piece = "".join(some).encode()
            digest.update(piece)
            log.rows += len(some)
            yield piece
    finally:
        log.sha256 = digest.hexdigest()
        log.save(update_fields=["rows", "sha256"])


def _csv_rows(organization: Organization, campaign: Campaign) -> Iterator[str]:
    for consent in _in_pieces(_allowed(organization, campaign)):
        yield _line(safe_cell(value) for value in _cells(consent))
    for consent in _in_pieces(_gone(organization, campaign)):
        yield _line(_tombstone(consent))


def _allowed(organization: Organization, campaign: Campaign) -> QuerySet[Consent]:
    people = people_of(organization=organization, campaign=campaign)
    return Consent.objects.filter(organization=organization, signatory__in=people)


def _gone(organization: Organization, campaign: Campaign) -> QuerySet[Consent]:
    """Who was on the list, or could have been, and is no longer."""
    return Consent.objects.filter(
        Q(withdrawn_at__isnull=False) | Q(signatory__erased_at__isnull=False),
        organization=organization,
        signatory__campaign=campaign,
        signatory__destination=settings.DELIVERY_MODE,
        signatory__confirmed_at__isnull=False,
    )


def _in_pieces(consents: QuerySet[Consent]) -> Iterable[Consent]:
    return (
        consents.select_related("signatory", "text")
        .order_by("id")
        .iterator(chunk_size=ROWS_AT_ONCE)
    )


def _cells(consent: Consent) -> tuple:
    """In the order of COLUMNS. Street, phone and own words are never among them."""
    signatory = consent.signatory
    person = signatory.person
    return (
        consent.public_id,
        ALLOWED,
        person.first_name,
        person.last_name,
        signatory.display_name,
        person.email,
        person.city,
        person.state,
        person.zip,
        signatory.district,
        signatory.congress_id,
        signatory.language,
        consent.text.version,
        consent.at.isoformat(timespec="seconds"),
        signatory.source,
        signatory.confirmed_at.isoformat(timespec="seconds"),
    )


def _tombstone(consent: Consent) -> list:
    """Only the row's id: the organization deletes its own copy by it."""
    status = WITHDRAWN if consent.withdrawn_at else ERASED
    return [consent.public_id, status] + [""] * (len(COLUMNS) - 2)


def _line(cells: Iterable[object]) -> str:
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    return file.getvalue()
