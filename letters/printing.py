"""Letters on paper: as they are brought to an office, and as a copy for who wrote them."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import override
from fpdf import FPDF

from campaign.paper import blank_paper, printable
from letters.channels.interface import Envelope, whole_text
from letters.composing import envelope_of
from letters.models import Delivery, Letter
from letters.naming import office_name
from letters.reading import texts_by_office
from representatives.congress import lookup_day
from representatives.models import Chamber

# Where a chamber's post goes, also while the roster names no room.
CHAMBERS = {
    Chamber.HOUSE: ("U.S. House of Representatives", "Washington, DC 20515"),
    Chamber.SENATE: ("United States Senate", "Washington, DC 20510"),
}
SIGNATURE = "Sincerely,\n\n\n"
# Points, and millimetres: an appeal of a page and a half with its blocks is two sheets.
SIZE, LINE, MARGIN = 10, 4.6, 20


def letter_pdf(delivery: Delivery) -> bytes:
    """The letter to one office as of today, for its writer or a volunteer to bring or post."""
    return letters_pdf([delivery])


def letters_pdf(deliveries: Iterable[Delivery]) -> bytes:
    """Each on a page of its own. The file says nothing of them but what is printed."""
    paper = blank_paper(margin=MARGIN, size=SIZE)
    with override("en"):
        for delivery in deliveries:
            paper.add_page()
            _print(paper, delivery)
    return bytes(paper.output())


def copy_pdf(letter: Letter) -> bytes:
    """What each office got, or would get today, for its writer; empty once it is erased."""
    texts = texts_by_office(letter)
    if not texts:
        return b""
    paper = blank_paper(margin=MARGIN, size=SIZE)
    for delivery, text in texts:
        paper.add_page()
        _print_block(paper, f"{delivery.member.official_name}\n{office_name(delivery.seat)}")
        _print_block(paper, text)
    return bytes(paper.output())


def _print(paper: FPDF, delivery: Delivery) -> None:
    today = delivery.letter.signatory.campaign.today
    envelope = envelope_of(delivery, on=today)
    for block in (
        _constituent(envelope),
        date_format(today, "F j, Y"),
        _office(delivery),
        f"Re: {envelope.subject}",
        whole_text(envelope),
    ):
        _print_block(paper, block)
    if paper.will_page_break(len(SIGNATURE.splitlines()) * LINE + LINE):
        paper.add_page()
    _print_block(paper, SIGNATURE + envelope.person.full_name)


def _print_block(paper: FPDF, block: str) -> None:
    text = printable(paper, block)
    paper.multi_cell(0, LINE, text, align="L", new_x="LMARGIN", new_y="NEXT")
    paper.ln(LINE)


def _constituent(envelope: Envelope) -> str:
    """Paper has no fields of its own for who writes."""
    who = envelope.person
    place = f"{who.city}, {who.state} {who.zip_plus_4}"
    return "\n".join([who.full_name, who.street, place, who.email])


def _office(delivery: Delivery) -> str:
    """The roster writes "455 Russell Senate Office Building Washington DC 20510", in one line."""
    term = delivery.seat.term_on(lookup_day())
    room, town, zip_code = (term.office_address if term else "").partition(" Washington DC ")
    chamber, post = CHAMBERS[delivery.seat.chamber]
    place = [room, f"Washington, DC {zip_code}"] if town else [post]
    return "\n".join([f"The Honorable {delivery.member.official_name}", chamber, *place])
