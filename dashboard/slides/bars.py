"""Bar charts as PowerPoint keeps them, read from a figure of bars: beside each other or stacked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import plotly.graph_objects as go
from pptx.util import Emu

from dashboard.identity import INK
from dashboard.slides.axis import Axis, nice
from dashboard.slides.chart_xml import (
    SMALL,
    TEXT,
    X_AXIS,
    Y_AXIS,
    Drawn,
    chart_space,
    fill,
    legend,
    numbers,
    series_name,
    spot,
    value_axis,
)
from dashboard.slides.letters import width_of
from dashboard.slides.page import Box
from dashboard.slides.sheet import Column, cells_at

ROOM = 1.1
"""The longest bar times this is the end of the axis, so that its number has room."""

GAP = 25
"""Per cent of a bar's width between one name and the next."""

STRIP = 26
"""Points of height that a legend takes above the bars, and the title of their axis below."""


def bars(chart: go.Figure, box: Box) -> Drawn:
    """A chart of bars with their numbers, for a place of this size."""
    traces = list(chart.data)
    lying = traces[0].orientation == "h"
    stacked = chart.layout.barmode in ("stack", "relative")
    names = list(dict.fromkeys(name for trace in traces for name in (trace.y if lying else trace.x)))
    columns = [Column("", [_plain(name) for name in names])]
    columns += [Column(trace.name or "Value", _values(trace, names, lying)) for trace in traces]
    series = "".join(_series(at, trace, columns, stacked) for at, trace in enumerate(traces, 1))
    plots = (
        f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/>'
        f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{GAP}"/><c:overlap val="{100 if stacked else 0}"/>'
        f'<c:axId val="{X_AXIS}"/><c:axId val="{Y_AXIS}"/></c:barChart>'
    )
    counted = chart.layout.xaxis if lying else chart.layout.yaxis
    low, high, step = nice(0, _longest(columns[1:], stacked) * (1 if stacked else ROOM))
    axis, named = Axis(counted.title.text or "", low, high, step), legend([bool(trace.name) for trace in traces])
    if lying and not stacked and all(trace.text is not None for trace in traces):
        numbered = value_axis(replace(axis, ticks=[(low, "")]), Y_AXIS, X_AXIS, "b", grid=False, between=True)
        return Drawn(chart_space(plots, _names_axis(lying) + numbered, named, _layout(names, box)), columns)
    axes = _names_axis(lying) + value_axis(axis, Y_AXIS, X_AXIS, "b" if lying else "l", grid=True, between=True)
    return Drawn(chart_space(plots, axes, named), columns)


def _layout(names: Sequence[str], box: Box) -> str:
    """All the room there is for bars that say their numbers, so that these do not run into each other."""
    wide, high = Emu(box.width).pt, Emu(box.height).pt
    left = (max(width_of(_plain(name), TEXT / 100) for name in names) + 12) / wide
    return f"<c:layout>{spot('inner', left, STRIP / high, 0.98 - left, 1 - 2 * STRIP / high)}</c:layout>"


def without_bar(chart: go.Figure) -> str:
    """'Mar 2018 hidden: Imaging, Surgery', for bars that are not drawn although they have words; blank if all are."""
    said: dict[str, list[str]] = {}
    for trace in chart.data:
        if trace.type == "bar":
            for name, word in _unsaid(trace):
                said.setdefault(f"{trace.name} {word}", []).append(name)
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in said.items())


def _unsaid(trace: Any) -> Iterator[tuple[str, str]]:
    values, names = (trace.x, trace.y) if trace.orientation == "h" else (trace.y, trace.x)
    for name, value, text in zip(names, values, trace.text if trace.text is not None else (), strict=False):
        if value is None and text:
            yield _plain(name), text


def _values(trace: Any, names: Sequence[str], lying: bool) -> list[float | None]:
    held = dict(zip(trace.y, trace.x, strict=True) if lying else zip(trace.x, trace.y, strict=True))
    return [None if held.get(name) is None else float(held[name]) for name in names]


def _longest(columns: Sequence[Column], stacked: bool) -> float:
    rows = [[float(cell or 0) for cell in row] for row in zip(*(column.cells for column in columns), strict=True)]
    return max((sum(row) if stacked else max(row) for row in rows), default=1.0) or 1.0


def _series(at: int, trace: Any, columns: Sequence[Column], stacked: bool) -> str:
    names, held = columns[0].cells, [cell for cell in columns[at].cells if cell is not None]
    points = "".join(f'<c:pt idx="{row}"><c:v>{escape(str(name))}</c:v></c:pt>' for row, name in enumerate(names))
    whole = all(float(cell).is_integer() for cell in held)
    edge = f'<a:ln w="9525">{fill(INK)}</a:ln>'
    return (
        f'<c:ser><c:idx val="{at - 1}"/><c:order val="{at - 1}"/>{series_name(columns, at)}'
        f'<c:spPr>{fill(trace.marker.color or INK)}{edge}</c:spPr><c:invertIfNegative val="0"/>'
        f"{'' if stacked or trace.text is None else _labels('#,##0' if whole else '#,##0.0')}"
        f"<c:cat><c:strRef><c:f>{cells_at(0, len(names))}</c:f><c:strCache>"
        f'<c:ptCount val="{len(names)}"/>{points}</c:strCache></c:strRef></c:cat>'
        f"<c:val>{numbers(columns, at)}</c:val></c:ser>"
    )


def _labels(form: str) -> str:
    return (
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{SMALL}"/></a:pPr><a:endParaRPr lang="en-GB"/>'
        '</a:p></c:txPr><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _names_axis(lying: bool) -> str:
    """The axis of names; of lying bars the first stands on top, as on screen."""
    order = "maxMin" if lying else "minMax"
    return (
        f'<c:catAx><c:axId val="{X_AXIS}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:crossAx val="{Y_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _plain(text: str) -> str:
    return str(text).replace("<br>", " ")
