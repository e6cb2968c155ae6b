"""How much room text takes, worked out without the font: no server needs to have it.

Widths are those of Arial, in thousandths of the size of the text, as its maker publishes them with the font;
Liberation Sans, by which LibreOffice draws it, has the same.
"""

from functools import lru_cache
from math import ceil

from pptx.util import Emu, Pt

WIDTHS = {
    222: "'ijl",
    278: " !,./:;I[\\]ft|·",
    333: "()-`r“”{}",
    389: '"*',
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£\N{EN DASH}",
    584: "+<=>~^±≥≤\N{MINUS SIGN}\N{MULTIPLICATION SIGN}",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "%W",
}
"""Letters by their width; any other is taken for the WIDEST."""

WIDEST = 1015

BOLD, SPARE = 1.065, 1.03
"""What bold text takes more, and what is kept for fonts that are a little wider."""

LINE = 1.2
"""Height of a line, of the size of its text."""

MARGIN = 14.4
"""Points that a text box keeps free at its sides."""

_LETTERS = {letter: width / 1000 for width, letters in WIDTHS.items() for letter in letters}


def width_of(text: str, points: float, bold: bool = False) -> float:
    """Points that a text takes on one line."""
    return sum(_LETTERS.get(letter, WIDEST / 1000) for letter in text) * points * SPARE * (BOLD if bold else 1)


@lru_cache(maxsize=4096)
def lines_of(text: str, points: float, width: int, bold: bool = False) -> int:
    """How many lines a text takes in a box of this width in EMU."""
    return sum(_wrapped(part, points, Emu(width).pt - MARGIN, bold) for part in text.split("\n"))


def _wrapped(text: str, points: float, room: float, bold: bool) -> int:
    """Lines of one paragraph: words go to the next line where they do not fit; one too long for a line is broken."""
    lines, at, space = 1, 0.0, width_of(" ", points, bold)
    for word in text.split(" "):
        wide = width_of(word, points, bold)
        if at and at + wide > room:
            lines, at = lines + 1, 0.0
        if wide > room:
            lines += ceil(wide / room) - 1
            wide %= room
        at += wide + space
    return lines


def height_of(text: str, points: float, width: int, bold: bool = False) -> int:
    """The height of a text box in EMU."""
    return Pt(lines_of(text, points, width, bold) * points * LINE + 8)
