"""Periods whose cohorts are too young to judge, hatched on charts over calendar time."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard import charts, words
from dashboard.identity import GRID, QUIET
from metrics.figure import Figure
from metrics.periods import begins, last_month, month_after

NAME = "Too early to tell"


def hatched(chart: go.Figure, figures: Sequence[Figure]) -> go.Figure:
    """The chart of these figures, with the periods hatched in which none is old enough to judge."""
    hatch(chart, figures, axis="", own="2")
    return chart


def periods(figures: Sequence[Figure]) -> Sequence[str]:
    """Periods whose cohorts are too young to judge in every area that sent any, the first first."""
    young = {figure.period for figure in figures if figure.status == "immature"}
    told = {figure.period for figure in figures if figure.value is not None}
    return sorted(young - told)


def hatch(chart: go.Figure, figures: Sequence[Figure], axis: str, own: str) -> None:
    """A band from floor to ceiling, if any is too young; the first of a chart is named in its legend.

    `axis` is the number of the axes that it lies over, blank for the first. Upwards it has an axis of its `own`, so
    that it does not stretch the other.
    """
    young = periods(figures)
    if not young:
        return
    first, end = begins(young[0]), month_after(last_month(young[-1]), 1)
    chart.add_scatter(
        x=[first, first, end, end],
        y=[0, 1, 1, 0],
        xaxis=f"x{axis}",
        yaxis=f"y{own}",
        fill="toself",
        fillpattern={"shape": "/", "fgcolor": QUIET, "bgcolor": GRID, "size": 9},
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        name=NAME,
        showlegend=NAME not in [trace.name for trace in chart.data],
    )
    over = {"overlaying": f"y{axis}", "anchor": f"x{axis}", "range": [0, 1], "visible": False, "fixedrange": True}
    chart.update_layout({"showlegend": True, f"yaxis{own}": over})


def said(figures: Sequence[Figure]) -> str:
    """' Hatched as too early to tell: from Dec 2017.' for those who hear the page; blank where nothing is."""
    lines = charts.by_area(figures)
    drawn = lines if len(lines) > words.FEW else [figures]
    starts = sorted({young[0] for rows in drawn if (young := periods(rows))}, key=begins)
    if not starts:
        return ""
    apart = " at the earliest, as each area's data were drawn" if len(starts) > 1 else ""
    return f" Hatched as too early to tell: from {words.month_name(starts[0])}{apart}."
