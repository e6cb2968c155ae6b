"""What a chart on a slide is made of: axes and series with positions, read from the figure of a card."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.identity import GRID, INK, QUIET
from dashboard.slides.axis import Axis, axis_of

SPREAD = 0.6
"""Of the room of a category, what the markers of its series are spread over."""


@dataclass(frozen=True)
class Look:
    """How a series is drawn. `marker` is None where only its line shows, `width` 0 where only its markers do."""

    colour: str = INK
    dash: str = "solid"
    width: float = 0
    marker: str | None = None
    size: float = 7


@dataclass(frozen=True)
class Series:
    """Points by position on both axes; a height of None leaves a gap.

    `labels` stand to the right of the points, or where `place` says: above (t), below (b) or to the left (l).
    """

    name: str
    x: Sequence[float | None]
    y: Sequence[float | None]
    look: Look = field(default_factory=Look)
    labels: Sequence[str] = ()
    in_legend: bool = True
    place: str = "r"


@dataclass(frozen=True)
class Plot:
    """A chart of lines and markers; a categorical axis counts its names from 1."""

    x: Axis
    y: Axis
    series: Sequence[Series]


def plot_of(chart: go.Figure) -> Plot:
    """The plot that a Plotly figure of scatter traces draws, the same numbers in the same looks."""
    traces = [trace for trace in chart.data if trace.type == "scatter"]
    main = [trace for trace in traces if trace.yaxis != "y2"]
    levels = [line for line in chart.layout.shapes or () if line.type == "line"]
    x = axis_of(chart.layout.xaxis, _drawn(main, levels, "x"), upright=False)
    y = axis_of(chart.layout.yaxis, _drawn(main, levels, "y"), upright=True)
    spread = chart.layout.scattermode == "group"
    apart = [_apart(number, traces, spread) for number in range(len(traces))]
    series = [one for trace, shift in zip(traces, apart, strict=True) for one in _series(trace, x, y, shift)]
    return Plot(x, y, [one for one in (*series, *_levels(chart, levels, x, y)) if any(at is not None for at in one.y)])


def _drawn(traces: Sequence[Any], lines: Sequence[Any], along: str) -> list[Any]:
    """Every value that an axis has to hold: points, ends of intervals and straight lines across the chart."""
    points = [value for trace in traces for value in trace[along]]
    straight = [line[f"{along}0"] for line in lines if line[f"{along}0"] == line[f"{along}1"]]
    return [*points, *(end for trace in traces for end in _reach(trace, along)), *straight]


def _reach(trace: Any, along: str) -> Iterator[float]:
    bars = _bars(trace, along)
    if bars:
        for value, above, below in zip(trace[along], bars["array"], bars["arrayminus"], strict=True):
            if value is not None:
                yield from (value + above, value - below)


def _bars(trace: Any, along: str) -> Mapping[str, Any]:
    """The error bars of a trace, empty without any; as plain values, for Plotly takes long to say that it has none."""
    return trace.to_plotly_json().get(f"error_{along}") or {}


def _apart(number: int, traces: Sequence[Any], spread: bool) -> float:
    """How far a series stands from the middle of its category, so that intervals do not cover each other."""
    return SPREAD * ((number + 0.5) / len(traces) - 0.5) if spread else 0.0


def _series(trace: Any, x: Axis, y: Axis, apart: float) -> Iterator[Series]:
    if trace.fill == "toself":
        yield from _band(trace, x, y)
        return
    mode, name = trace.mode or "lines", _plain(trace.name or "")
    # a position along the foot that is left out would be counted from 1 by PowerPoint
    kept = [at for at, value in enumerate(trace.x) if value is not None]
    xs = [x.at(trace.x[at], apart if x.names else 0.0) for at in kept]
    ys = [y.at(trace.y[at], apart if y.names else 0.0) for at in kept]
    labels = [trace.text[at].strip() for at in kept] if "text" in mode else ()
    look = _look(trace, mode)
    yield Series(name, xs, ys, look, labels, in_legend=trace.showlegend is not False and bool(name))
    whisker = Look(colour=look.colour, width=2)
    for bars, along in ((_bars(trace, "y"), ys), (_bars(trace, "x"), xs)):
        if bars:
            ends = [_ends(along[n], bars["array"][at], bars["arrayminus"][at]) for n, at in enumerate(kept)]
            yield _intervals(f"{name}, 95% interval", xs, ys, ends, along is xs, whisker)


def _ends(value: float | None, above: float, below: float) -> tuple[float, float] | None:
    return None if value is None or (not above and not below) else (value - below, value + above)


def _intervals(
    name: str,
    xs: Sequence[float | None],
    ys: Sequence[float | None],
    ends: Sequence[tuple[float, float] | None],
    across: bool,
    look: Look,
) -> Series:
    """Lines between the ends of each interval, with a gap after each: LibreOffice loses points with error bars."""
    points: list[tuple[float | None, float | None]] = []
    for x, y, reach in zip(xs, ys, ends, strict=True):
        if reach:
            points += [(end, y) if across else (x, end) for end in reach]
            points.append((points[-1][0], None))
    return Series(name, [x for x, _ in points], [y for _, y in points], look, in_legend=False)


def _look(trace: Any, mode: str) -> Look:
    line, marker = trace.line, trace.marker
    return Look(
        colour=line.color or marker.color or INK,
        dash=line.dash or "solid",
        width=(line.width or 2) if "lines" in mode else 0,
        marker=(marker.symbol or "circle") if "markers" in mode else None,
        size=marker.size or 7,
    )


def _band(trace: Any, x: Axis, y: Axis) -> Iterator[Series]:
    """A band as its two edges: an area could not be left open where a month is missing."""
    half = len(trace.x) // 2
    whole = trace.yaxis == "y2"  # from floor to ceiling, on an axis of its own
    heights = [y.low + value * (y.high - y.low) for value in trace.y] if whole else [y.at(value) for value in trace.y]
    name, at = _plain(trace.name or "95% interval"), [x.at(value) for value in trace.x]
    faint = trace.fillcolor in (None, GRID)
    dash, width = ("dashdot", 1.25) if whole else ("solid", 0.75)
    look = Look(colour=QUIET if faint else trace.fillcolor, dash=dash, width=width)
    upper = name if trace.name else f"{name}, upper edge"
    yield Series(upper, at[:half], heights[:half], look, in_legend=bool(trace.name))
    yield Series(f"{name}, lower edge", at[half:][::-1], heights[half:][::-1], look, in_legend=False)


def _levels(chart: go.Figure, lines: Sequence[Any], x: Axis, y: Axis) -> Iterator[Series]:
    """Straight lines across the chart: targets, go-live, the day of the ledger. An upright one has its words on top."""
    for line in lines:
        upright = line.x0 == line.x1
        at, axis = (x.at(line.x0), x) if upright else (y.at(line.y0), y)
        if at is None or not axis.low <= at <= axis.high:
            continue
        place = line.x0 if upright else line.y0
        beside = [_plain(note.text) for note in chart.layout.annotations if (note.x if upright else note.y) == place]
        said = [line.name] if line.name else beside
        look = Look(colour=line.line.color or INK, dash=line.line.dash or "solid", width=line.line.width or 1.5)
        xs, ys = ([at, at], [y.low, y.high]) if upright else ([x.low, x.high], [at, at])
        name = f"Note {said[0]}" if said and said[0].isdigit() else said[0] if said else "Level"
        labels = ["", said[0]] if said and upright else ()
        yield Series(name, xs, ys, look, labels, bool(said) and not upright, place="t")


def _plain(text: str) -> str:
    return text.replace("<br>", " ").replace("<b>", "").replace("</b>", "")
