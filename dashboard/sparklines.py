"""Small charts without axes, as pictures that cost nothing: one CCG's line over the early implementers' band."""

import base64
from collections.abc import Callable, Sequence
from itertools import groupby

from dashboard.identity import ARMS, GRID, PAPER, QUIET
from metrics.profile.tracks import BandQuarter, Spot, Track

WIDTH, HEIGHT, EDGE = 240, 76, 6

Place = tuple[float, float]
Scale = Callable[[float, float], Place]
"""From quarter and value to the picture's own units."""

DASHES = {"solid": "", "dash": ' stroke-dasharray="7 4"', "dot": ' stroke-dasharray="2 4"'}


def limits(track: Track) -> tuple[float, float]:
    """Lowest and highest of what is drawn, nought included."""
    values = [spot.figure.value for spot in track.spots if spot.figure.value is not None]
    values += [end for quarter in track.band for end in (quarter.lower, quarter.upper)]
    return min([0.0, *values]), max([0.0, *values])


def sparkline(track: Track, span: tuple[int, int], marked: int | None) -> str:
    """The picture as an address for an <img>; `span` is the first and last quarter, `marked` that of go-live."""
    scale = _scale(span, limits(track))
    drawn = (
        _baseline(scale, span) + _mark(scale, marked, limits(track)) + _band(scale, track.band) + _line(scale, track)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{_ground()}{drawn}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _scale(span: tuple[int, int], ends: tuple[float, float]) -> Scale:
    (first, last), (low, high) = span, ends
    wide, tall = max(last - first, 1), (high - low) or 1.0

    def scale(at: float, value: float) -> Place:
        across = EDGE + (at - first) / wide * (WIDTH - 2 * EDGE)
        return round(across, 1), round(HEIGHT - EDGE - (value - low) / tall * (HEIGHT - 2 * EDGE), 1)

    return scale


def _ground() -> str:
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'


def _baseline(scale: Scale, span: tuple[int, int]) -> str:
    (left, y), (right, _) = scale(span[0], 0), scale(span[1], 0)
    return f'<path d="M{left} {y}H{right}" stroke="{GRID}" stroke-width="2"/>'


def _mark(scale: Scale, marked: int | None, ends: tuple[float, float]) -> str:
    if marked is None:
        return ""
    (x, bottom), (_, top) = scale(marked, ends[0]), scale(marked, ends[1])
    return f'<path d="M{x} {bottom}V{top}" stroke="{QUIET}" stroke-width="1.5" stroke-dasharray="2 3"/>'


def _band(scale: Scale, band: Sequence[BandQuarter]) -> str:
    """A strip for each stretch of neighbouring quarters; half a quarter wide at its ends, so that one alone is seen."""
    colour, strips = ARMS["early"].colour, []
    for _, members in groupby(enumerate(band), key=lambda one: one[1].at - one[0]):
        stretch = [quarter for _, quarter in members]
        tops = [(quarter.at, quarter.upper) for quarter in stretch]
        path = [
            (stretch[0].at - 0.25, stretch[0].upper),
            *tops,
            (stretch[-1].at + 0.25, stretch[-1].upper),
            (stretch[-1].at + 0.25, stretch[-1].lower),
            *[(quarter.at, quarter.lower) for quarter in reversed(stretch)],
            (stretch[0].at - 0.25, stretch[0].lower),
        ]
        points = " ".join(f"{x},{y}" for x, y in (scale(at, value) for at, value in path))
        strips.append(
            f'<polygon points="{points}" fill="{colour}" fill-opacity=".22" stroke="{colour}" stroke-opacity=".5"/>'
        )
    return "".join(strips)


def _line(scale: Scale, track: Track) -> str:
    style = ARMS[track.spots[0].figure.arm]
    known = [(spot.at, *scale(spot.at, spot.figure.value)) for spot in track.spots if spot.figure.value is not None]
    lines = ""
    for _, members in groupby(enumerate(known), key=lambda one: one[1][0] - one[0]):
        places = " ".join(f"{x},{y}" for _, (_, x, y) in members)
        lines += (
            f'<polyline points="{places}" fill="none" stroke="{style.colour}" stroke-width="2.5"{DASHES[style.dash]}/>'
        )
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2" fill="{style.colour}"/>' for _, x, y in known[:-1])
    return lines + dots + (_end(track.last, scale) if known else "")


def _end(spot: Spot, scale: Scale) -> str:
    """The newest value: a filled circle of an early implementer, an open diamond of a follower."""
    x, y = scale(spot.at, spot.figure.value or 0.0)
    style = ARMS[spot.figure.arm]
    if style.marker == "circle":
        return f'<circle cx="{x}" cy="{y}" r="4.5" fill="{style.colour}"/>'
    corners = f"M{x} {y - 5.5}L{x + 5.5} {y}L{x} {y + 5.5}L{x - 5.5} {y}Z"
    return f'<path d="{corners}" fill="{PAPER}" stroke="{style.colour}" stroke-width="2.5"/>'
