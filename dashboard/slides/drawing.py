"""Maps on slides: the outlines of a figure's areas as shapes in one group, with its names and legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, pi, radians, tan
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import plotly.graph_objects as go
from pptx.oxml import parse_xml
from pptx.slide import Slide as Page

from dashboard.identity import INK, QUIET
from dashboard.slides.chart_xml import fill
from dashboard.slides.page import Box

NAMESPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

NAME_SIZE = 1200
"""Of names on the map, in hundredths of a point."""

NAME_WIDTH, NAME_HEIGHT = 2_000_000, 260_000
LEGEND_WIDTH, LEGEND_HEIGHT, SQUARE = 3_200_000, 330_000, 220_000
INSET = 91_440
"""What a text box keeps free at its left, so that the legend stands under the subtitle."""

Spot = tuple[int, int]


@dataclass(frozen=True)
class Projection:
    """Mercator, fitted into a box."""

    left: float
    top: float
    scale: float
    west: float
    north: float

    def __call__(self, lon: float, lat: float) -> Spot:
        return (
            round(self.left + (lon - self.west) * self.scale),
            round(self.top + (self.north - _north(lat)) * self.scale),
        )


def add_map(page: Page, chart: go.Figure, box: Box) -> Any:
    """Draw the map into the box; returns its group, which has no text alternative yet."""
    place = _projection(chart, Box(box.left + LEGEND_WIDTH, box.top, box.width - LEGEND_WIDTH, box.height))
    shapes = [*_areas(chart, place), *_lines(chart, place), *_names(chart, place), *_legend(chart, box)]
    first = max(shape.shape_id for shape in page.shapes) + 1
    numbered = "".join(shape.replace("@ID@", str(first + at)) for at, shape in enumerate(shapes, 1))
    area = f'<a:off x="{box.left}" y="{box.top}"/><a:ext cx="{box.width}" cy="{box.height}"/>'
    inside = area.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    group = (
        f'<p:grpSp {NAMESPACES}><p:nvGrpSpPr><p:cNvPr id="{first}" name="Map"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr><a:xfrm>{area}{inside}</a:xfrm></p:grpSpPr>{numbered}</p:grpSp>"
    )
    page.shapes._spTree.append(parse_xml(group))
    return list(page.shapes)[-1]


def _north(lat: float) -> float:
    """Height on a Mercator map, in degrees."""
    return log(tan(pi / 4 + radians(lat) / 2)) * 180 / pi


def _projection(chart: go.Figure, box: Box) -> Projection:
    rings = [ring for trace in _of_kind(chart, "choropleth") for _, _, rings in _outlines(trace) for ring in rings]
    points = [(lon, _north(lat)) for ring in rings for lon, lat in ring]
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    scale = min((box.width - NAME_WIDTH) / (east - west), box.height / (north - south))
    return Projection(box.left, box.top, scale, west, north)


def _of_kind(chart: go.Figure, kind: str) -> list[Any]:
    return [trace for trace in chart.data if trace.type == kind]


def _outlines(trace: Any) -> Iterator[tuple[str, str, list[Any]]]:
    """Name, colour and rings of each area of a trace."""
    shapes = {feature["properties"]["code"]: feature for feature in trace.geojson["features"]}
    top = max(trace.z, default=0) or 1
    for code, value in zip(trace.locations, trace.z, strict=True):
        feature = shapes[code]
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [ring for polygon in polygons for ring in polygon]
        yield feature["properties"]["name"], _colour(trace, value / top), rings


def _colour(trace: Any, share: float) -> str:
    """The colour of a value between the two of its scale, as light as on screen."""
    low, high = trace.colorscale[0][1], trace.colorscale[-1][1]
    if low == high:
        return low
    share *= trace.marker.opacity or 1
    mixed = [round(a + (b - a) * share) for a, b in zip(_rgb(low), _rgb(high), strict=True)]
    return "#{:02X}{:02X}{:02X}".format(*mixed)


def _rgb(colour: str) -> Sequence[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _areas(chart: go.Figure, place: Projection) -> Iterator[str]:
    for trace in _of_kind(chart, "choropleth"):
        for name, colour, rings in _outlines(trace):
            spots = [[place(lon, lat) for lon, lat in ring] for ring in rings]
            yield _shape(name, spots, fill(colour))


def _shape(name: str, rings: Sequence[Sequence[Spot]], inside: str) -> str:
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    left, top, width, height = min(xs), min(ys), max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
    paths = "".join(_path([(x - left, y - top) for x, y in ring]) for ring in rings)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="@ID@" name={quoteattr(name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:custGeom><a:avLst/>'
        f'<a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{width}" h="{height}">'
        f'{paths}</a:path></a:pathLst></a:custGeom>{inside}<a:ln w="12700">{fill(QUIET)}</a:ln></p:spPr></p:sp>'
    )


def _path(ring: Sequence[Spot]) -> str:
    (x, y), rest = ring[0], ring[1:]
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{lines}<a:close/>'


def _lines(chart: go.Figure, place: Projection) -> Iterator[str]:
    """Lines from small areas to their names over the sea."""
    for trace in _of_kind(chart, "scattergeo"):
        if trace.mode == "lines":
            (x1, y1), (x2, y2) = (place(lon, lat) for lon, lat in zip(trace.lon, trace.lat, strict=True))
            flip = ' flipV="1"' if y2 < y1 else ""
            yield (
                '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="@ID@" name="Line to a name"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>'
                f'<p:spPr><a:xfrm{flip}><a:off x="{min(x1, x2)}" y="{min(y1, y2)}"/>'
                f'<a:ext cx="{abs(x2 - x1)}" cy="{abs(y2 - y1)}"/></a:xfrm>'
                f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525">{fill(INK)}</a:ln></p:spPr></p:cxnSp>'
            )


def _names(chart: go.Figure, place: Projection) -> Iterator[str]:
    for trace in _of_kind(chart, "scattergeo"):
        colours = trace.textfont.color
        for at, text in enumerate(trace.text or ()):
            if text:
                colour = colours[at] if isinstance(colours, tuple | list) else INK
                middle = "center" in trace.textposition
                x, y = place(trace.lon[at], trace.lat[at])
                left = x - NAME_WIDTH // 2 if middle else x + 40_000
                box = Box(left, y - NAME_HEIGHT // 2, NAME_WIDTH, NAME_HEIGHT)
                yield _text(text, box, "ctr" if middle else "l", colour)


def _text(text: str, box: Box, align: str, colour: str = INK) -> str:
    said = text.replace("<br>", " ")
    runs = "".join(
        f'<a:r><a:rPr lang="en-GB" sz="{NAME_SIZE}" b="{int(strong)}">{fill(colour)}</a:rPr>'
        f"<a:t>{escape(part)}</a:t></a:r>"
        for part, strong in _parts(said)
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="@ID@" name={quoteattr("Name: " + said.replace("<b>", "").replace("</b>", ""))}/>'
        '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{box.left}" y="{box.top}"/><a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
        '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="{align}"/>{runs}</a:p></p:txBody></p:sp>'
    )


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, with whether each is bold."""
    for at, part in enumerate(text.replace("</b>", "<b>").split("<b>")):
        if part:
            yield part, at % 2 == 1


def _legend(chart: go.Figure, box: Box) -> Iterator[str]:
    named = [trace for trace in _of_kind(chart, "choropleth") if trace.name]
    for at, trace in enumerate(named):
        left, top = box.left + INSET, box.top + at * LEGEND_HEIGHT
        right, foot = left + SQUARE, top + SQUARE
        square = [(left, top), (right, top), (right, foot), (left, foot)]
        yield _shape(f"Key: {trace.name}", [square], fill(trace.colorscale[0][1]))
        yield _text(trace.name, Box(right + INSET, top, LEGEND_WIDTH - SQUARE - INSET, SQUARE), "l")
