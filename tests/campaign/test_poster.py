"""The poster, read back from the PDF."""

import io

import pytest
import segno
from fpdf import FPDF
from pypdf import PdfReader

from campaign import poster
from campaign.models import Organization
from campaign.poster import SHEETS, poster_pdf
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db
ADDRESS = "https://letters.example.org/may-21/?from=helpers"


def make_poster(**changes) -> bytes:
    facts = {"address": ADDRESS, "language": "be", "sheet": "letter", "rehearsal": False}
    campaign = changes.pop("campaign", None) or make_campaign()
    helpers = Organization(name="Helpers of Ніна")
    return poster_pdf(organization=helpers, campaign=campaign, **facts | changes)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


@pytest.mark.parametrize(
    ("language", "said"),
    [("be", "Беларусі"), ("ru", "политических заключённых"), ("en", "for the political prisoners")],
)
def test_it_speaks_the_chosen_language(language, said):
    assert said in text_of(make_poster(language=language))


def test_it_says_who_invites_and_the_address_in_letters():
    text = text_of(make_poster())

    assert "Helpers of Ніна" in text
    assert "letters.example.org/may-21/?from=helpers" in text


def test_a_rehearsals_poster_says_so():
    assert "nothing reaches Congress" in text_of(make_poster(language="en", rehearsal=True))
    assert "nothing reaches Congress" not in text_of(make_poster(language="en"))


def test_the_squares_are_those_of_the_address(monkeypatch):
    drawn = []
    monkeypatch.setattr(FPDF, "rect", lambda self, *area, style: drawn.append(area))
    rows = segno.make_qr(ADDRESS, error="m").matrix

    make_poster()

    side = min(height for *_, height in drawn)
    left, top = min(x for x, *_ in drawn), min(y for _, y, *_ in drawn)
    dark = {
        (round((y - top) / side), round((x - left) / side) + step)
        for x, y, width, _ in drawn
        for step in range(round(width / side))
    }
    assert dark == {(y, x) for y, row in enumerate(rows) for x, on in enumerate(row) if on}
    assert side * (len(rows) + 8) == pytest.approx(poster.CODE_WIDTH)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_long_text_still_fits_on_its_sheet(sheet):
    campaign = make_campaign(ask_be="Напішыце свайму члену Палаты прадстаўнікоў. " * 20)

    pdf = make_poster(campaign=campaign, sheet=sheet)

    page = PdfReader(io.BytesIO(pdf)).pages[0]
    lowest = []
    page.extract_text(visitor_text=lambda text, _, at, *rest: text.strip() and lowest.append(at[5]))
    assert min(lowest) > poster.MARGIN
    assert "Helpers" in text_of(pdf)


def test_the_sheet_is_the_one_that_was_chosen():
    boxes = {
        sheet: PdfReader(io.BytesIO(make_poster(sheet=sheet))).pages[0].mediabox for sheet in SHEETS
    }

    assert [round(float(each)) for each in boxes["letter"][2:]] == [612, 792]
    assert [round(float(each)) for each in boxes["a4"][2:]] == [595, 842]
