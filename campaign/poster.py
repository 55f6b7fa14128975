"""A poster to print: what is asked, by whose invitation, and a code to scan."""

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override
from fpdf import FPDF

from campaign.models import Campaign, Organization
from campaign.paper import blank_paper, printable

SHEETS = {"letter": "US Letter", "a4": "A4"}
# Millimetres and points.
MARGIN, CODE_WIDTH = 18, 105
TITLE, ASK, LABEL, SMALL = 34, 18, 15, 12
# A long text is set smaller, until the sheet holds it.
SCALES = (1, 0.85, 0.7, 0.6, 0.5)
# Around the code, in its own squares, so that a camera finds it.
QUIET_ZONE = 4
# A paragraph and its size in points.
Words = tuple[str, float]


def poster_pdf(
    *,
    organization: Organization,
    campaign: Campaign,
    address: str,
    language: str,
    sheet: str,
    rehearsal: bool,
) -> bytes:
    """One sheet in that language; `address` is the organization's link, also in letters."""
    with override(language):
        above, below = _words(organization, campaign, address, rehearsal=rehearsal)
    for scale in SCALES:
        paper = _printed(above, address, below, sheet=sheet, scale=scale)
        if paper.y <= paper.h - MARGIN:
            break
    return bytes(paper.output())


def _words(
    organization: Organization, campaign: Campaign, address: str, *, rehearsal: bool
) -> tuple[list[Words], list[Words]]:
    """Above the code, and below it: paragraphs with their sizes."""
    above = [(campaign.said_name, TITLE), (campaign.said_ask, ASK)]
    if rehearsal:
        warning = [_("Rehearsal:"), _("nothing reaches Congress")]
        above.insert(0, (" ".join(warning), SMALL))
    below = [
        (_("Scan it with your phone, or type this address:"), LABEL),
        (address.partition("://")[2], LABEL),
        (_("Two minutes, no account. Nobody is named unless they choose so."), SMALL),
        (_("Invited by: %(name)s") % {"name": organization.name}, SMALL),
    ]
    return above, below


def _printed(
    above: list[Words], address: str, below: list[Words], *, sheet: str, scale: float
) -> FPDF:
    paper = blank_paper(margin=MARGIN, size=ASK, sheet=sheet)
    paper.set_auto_page_break(False)
    paper.add_page()
    for text, size in above:
        _write(paper, text, size * scale)
    _draw_code(paper, address)
    for text, size in below:
        _write(paper, text, size * scale)
    return paper


def _write(paper: FPDF, text: str, size: float) -> None:
    """A centred paragraph, and a gap below it."""
    paper.set_font_size(size)
    line = size * 0.48
    paper.multi_cell(0, line, printable(paper, text), align="C", new_x="LMARGIN", new_y="NEXT")
    paper.ln(line * 0.7)


def _draw_code(paper: FPDF, address: str) -> None:
    """As rectangles: sharp at every size. A row's neighbours are one, so that no gap shows."""
    rows = [list(map(bool, row)) for row in segno.make_qr(address, error="m").matrix]
    square = CODE_WIDTH / (len(rows) + 2 * QUIET_ZONE)
    left, top = (paper.w - CODE_WIDTH) / 2 + QUIET_ZONE * square, paper.y + QUIET_ZONE * square
    for y, row in enumerate(rows):
        for start, length in _dark_runs(row):
            area = (left + start * square, top + y * square, length * square, square)
            paper.rect(*area, style="F")
    paper.set_y(paper.y + CODE_WIDTH)


def _dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark squares begin, and how many stand side by side."""
    starts = [x for x, dark in enumerate(row) if dark and not (x and row[x - 1])]
    return [(start, (row + [False]).index(False, start) - start) for start in starts]
