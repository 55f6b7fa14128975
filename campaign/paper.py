"""Sheets of paper, as PDF, in a font that writes Latin and Cyrillic."""

from pathlib import Path
from unicodedata import name

from fpdf import FPDF

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"


def blank_paper(*, margin: float, size: float, sheet: str = "letter") -> FPDF:
    """Margin in millimetres, type in points. The file says nothing but what is printed on it."""
    paper = FPDF(format=sheet, unit="mm")
    paper.set_margin(margin)
    paper.set_auto_page_break(True, margin)
    paper.add_font("DejaVu", fname=FONT)
    paper.set_font("DejaVu", size=size)
    return paper


def printable(paper: FPDF, text: str) -> str:
    """A sign that the font does not have is named, "[dove of peace]", and not left out."""
    known = paper.fonts["dejavu"].cmap

    def shown(sign: str) -> str:
        plain = ord(sign) in known or sign == "\n"
        return sign if plain else f"[{name(sign, 'sign').lower()}]"

    return "".join(map(shown, text.expandtabs()))
