"""The mark of a verdict: a shape with a letter, drawn so that it reads without its colour."""

import base64
from functools import cache
from html import escape

from dashboard.identity import INK, PAPER, TONES
from metrics.verdict import CANNOT_BE_TOLD, TOO_FEW_POINTS, Verdict

_SHAPES = {
    "circle": '<circle cx="12" cy="12" r="10"',
    "square": '<rect x="2" y="2" width="20" height="20"',
    "triangle-up": '<path d="M12 1 L23 22 L1 22 Z"',
    "triangle-down": '<path d="M1 2 L23 2 L12 23 Z"',
}
_LETTER_AT = {"circle": 17, "square": 17, "triangle-up": 20, "triangle-down": 14}


def picture(verdict: Verdict, before: str = "") -> str:
    """The mark as an HTML picture whose text alternative is the verdict in words, with some `before` it."""
    words = escape(f"{before}{verdict.words}")
    return f'<img class="mark" width="24" height="24" alt="{words}" title="{words}" src="{_address(verdict)}">'


def with_words(verdict: Verdict) -> str:
    """The mark and what it means, which no line break parts."""
    return f'<span class="told-apart">{picture(verdict)} {escape(verdict.words)}</span>'


@cache
def _address(verdict: Verdict) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(_svg(verdict).encode()).decode()}"


def _svg(verdict: Verdict) -> str:
    fill = PAPER if verdict in (TOO_FEW_POINTS, CANNOT_BE_TOLD) else TONES[verdict.tone]
    ink = PAPER if verdict.tone == "neutral" else INK
    letter = (
        f'<text x="12" y="{_LETTER_AT[verdict.shape]}" text-anchor="middle" font-family="Arial" font-size="13" '
        f'font-weight="700" fill="{ink}">{escape(verdict.letter)}</text>'
    )
    shape = _SHAPES[verdict.shape]
    halo = f'{shape} fill="{PAPER}" stroke="{PAPER}" stroke-width="4.5"/>'  # on black the ink of the edge is not seen
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26">'
        f'{halo}{shape} fill="{fill}" stroke="{INK}" stroke-width="1.5"/>{letter}</svg>'
    )
