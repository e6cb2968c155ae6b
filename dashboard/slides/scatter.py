"""Charts of lines and markers as PowerPoint keeps them."""

from collections.abc import Sequence
from math import ceil
from xml.sax.saxutils import escape

from dashboard.slides.axis import Axis
from dashboard.slides.chart_xml import (
    FEW,
    SMALL,
    TEXT,
    X_AXIS,
    Y_AXIS,
    Drawn,
    chart_space,
    fill,
    form_of,
    legend,
    numbers,
    series_name,
    spot,
    value_axis,
)
from dashboard.slides.plot import Look, Plot, Series
from dashboard.slides.sheet import Column

DASHES = {"solid": "solid", "dash": "dash", "dot": "sysDot", "dashdot": "dashDot", "longdash": "lgDash"}

SYMBOLS = {
    "circle": "circle",
    "diamond": "diamond",
    "square": "square",
    "triangle-up": "triangle",
    "triangle-down": "triangle",
    "x": "x",
    "x-thin": "x",
    "cross": "plus",
    "line-ns": "plus",
    "star": "star",
}
"""Markers of the screen and those of PowerPoint; one that it lacks becomes a circle. Open ones are filled:
LibreOffice draws no edge, so that they would be lost."""


def scatter(plot: Plot) -> Drawn:
    """A chart of lines and markers."""
    series = [*plot.series, *_tick_series(plot)]
    columns, starts = _columns(series, plot)
    drawn = "".join(_series(at, one, starts[at], columns, plot) for at, one in enumerate(series))
    plots = (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{drawn}'
        f'<c:axId val="{X_AXIS}"/><c:axId val="{Y_AXIS}"/></c:scatterChart>'
    )
    axes = value_axis(plot.x, X_AXIS, Y_AXIS, "b", grid=bool(plot.y.names)) + value_axis(plot.y, Y_AXIS, X_AXIS, "l")
    return Drawn(chart_space(plots, axes, legend([one.in_legend for one in series]), _layout(plot)), columns)


def _columns(series: Sequence[Series], plot: Plot) -> tuple[Sequence[Column], Sequence[int]]:
    """Positions in one column, under which all series share rows or have their own; and where each series begins.

    Every column is as long as all others: LibreOffice loses series that are shorter.
    """
    starts: dict[tuple[float | None, ...], int] = {}
    feet: list[float | None] = []
    for one in series:
        if tuple(one.x) not in starts:
            starts[tuple(one.x)] = len(feet)
            feet += one.x
    begins = [starts[tuple(one.x)] for one in series]
    columns = [Column(_heading(plot.x), feet, form_of(plot.x))]
    for one, start in zip(series, begins, strict=True):
        after = len(feet) - start - len(one.y)
        columns.append(Column(one.name or "Value", [*[None] * start, *one.y, *[None] * after], form_of(plot.y)))
    return columns, begins


def _tick_series(plot: Plot) -> Sequence[Series]:
    """Names along an axis that counts: a series without marks whose labels they are."""
    found = []
    none = Look()
    if plot.x.ticks:
        at, said = [at for at, _ in plot.x.ticks], [text for _, text in plot.x.ticks]
        found.append(Series("Names along the foot", at, [plot.y.low] * len(at), none, said, in_legend=False, place="b"))
    if plot.y.ticks:
        at, said = [at for at, _ in plot.y.ticks], [text.replace("<br>", " ") for _, text in plot.y.ticks]
        found.append(Series("Names along the side", [plot.x.low] * len(at), at, none, said, in_legend=False, place="l"))
    return found


def _layout(plot: Plot) -> str:
    """Room for the legend and names around the plot, dated notes too, which PowerPoint does not know to keep."""
    if not plot.x.ticks and not plot.y.ticks:
        return "<c:layout/>"
    letters = sum(len(one.name) + 8 for one in plot.series if one.in_legend)
    longest = max((len(text) for _, text in plot.y.ticks), default=0)
    named_above = any(one.labels and one.place == "t" for one in plot.series)
    left, top = max(0.08, 0.03 + 0.0074 * longest), 0.04 + 0.08 * ceil(letters / 60) + 0.04 * named_above
    two_lines = any("<br>" in text for _, text in plot.x.ticks)
    foot = 0.09 + 0.07 * bool(plot.x.title) + 0.06 * two_lines
    return f"<c:layout>{spot('inner', left, top, 1 - left - 0.04, 1 - top - foot)}</c:layout>"


def _series(at: int, one: Series, start: int, columns: Sequence[Column], plot: Plot) -> str:
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{series_name(columns, at + 1)}'
        f"<c:spPr>{_line(one.look)}</c:spPr>{_marker(one.look)}{_labels(one, start, plot)}"
        f"<c:xVal>{numbers(columns, 0)}</c:xVal><c:yVal>{numbers(columns, at + 1)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _heading(axis: Axis) -> str:
    return axis.title or ("Date" if axis.dates else "Position")


def _line(look: Look) -> str:
    if not look.width:
        return "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:ln w="{round(look.width * 12700)}" cap="rnd">{fill(look.colour)}<a:prstDash val="{DASHES[look.dash]}"/>'
        "<a:round/></a:ln>"
    )


def _marker(look: Look) -> str:
    if look.marker is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    symbol = SYMBOLS.get(look.marker.removesuffix("-open"), "circle")
    inside, edge = fill(look.colour), f'<a:ln w="19050">{fill(look.colour)}</a:ln>'
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{round(look.size)}"/>'
        f"<c:spPr>{inside}{edge}</c:spPr></c:marker>"
    )


def _labels(one: Series, start: int, plot: Plot) -> str:
    if not one.labels:
        return ""
    size = SMALL if plot.y.names and len(plot.y.names) > FEW else TEXT
    each = "".join(_label(at, text, one.place, size) for at, text in enumerate(one.labels, start) if text)
    shown = "".join(
        f'<c:{what} val="0"/>'
        for what in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return f"<c:dLbls>{each}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{shown}</c:dLbls>"


def _label(at: int, text: str, place: str, size: int) -> str:
    clear = 2 * "\N{NO-BREAK SPACE}" if place == "r" else ""  # or the marker would cover its first letter
    paragraphs = "".join(
        f'<a:p><a:r><a:rPr lang="en-GB" sz="{size}"/><a:t>{clear}{escape(line)}</a:t></a:r></a:p>'
        for line in text.split("<br>")
    )
    return (
        f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{paragraphs}</c:rich></c:tx>'
        f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
    )
