"""Charts and tables at the same stage: months since each CCG's own go-live."""

from collections.abc import Sequence
from functools import partial
from itertools import cycle, groupby

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts, words
from dashboard.card import Card
from dashboard.identity import ARMS, QUIET, TEMPLATE
from loaders.register import Release
from metrics.areas import ccgs
from metrics.comparison.alignment import Aligned, ccgs_under, early_band
from metrics.measure import Measure

MARKERS = ("circle", "square")
"""Of the thin lines of the early implementers, so that they are told apart without a colour of their own."""

TICKS = 6
"""Months between the ticks of the axis; under each stands how many CCGs have a value there."""

TICK_SIZE = 13
"""Size of the letters at the ticks, which stand close on a phone."""


def aligned_chart(measure: Measure, points: Sequence[Aligned], followers: Sequence[str]) -> go.Figure:
    """The early implementers as a band and thin lines, and each chosen follower over it."""
    chart = go.Figure(layout={"template": TEMPLATE, "height": 480})
    _draw_band(chart, points)
    markers = cycle(MARKERS)
    for code, rows in groupby(points, key=lambda point: point.figure.area):
        early = ccgs()[code].arm == "early"
        if early or code in followers:
            _draw_line(chart, measure, code, list(rows), next(markers) if early else "")
    chart.add_vline(x=-0.5, line={"color": QUIET, "dash": "dot"})
    chart.add_annotation(x=-0.5, y=1, yref="paper", text="go-live", showarrow=False, xanchor="left", yanchor="top")
    under = ccgs_under(points)
    at = [months for months in under if months % TICKS == 0]
    texts = [f"{months}<br>{under[months]}" for months in at]
    title = "Months since each CCG's go-live;<br>under them n, the CCGs with a value"  # in two lines, for a phone
    chart.update_xaxes(title_text=title, tickvals=at, ticktext=texts, tickangle=0, tickfont_size=TICK_SIZE)
    chart.update_yaxes(title_text=words.axis_title(measure))
    return chart


def _draw_band(chart: go.Figure, points: Sequence[Aligned]) -> None:
    band = early_band(points)
    months = [month.months for month in band]
    lower, upper = [month.lower for month in band], [month.upper for month in band]
    charts.strip(chart, months, lower, upper, ARMS["early"].colour, charts.EARLY_BAND)


def _draw_line(chart: go.Figure, measure: Measure, code: str, rows: Sequence[Aligned], thin: str) -> None:
    """The line of a CCG: a thin one with these markers, or that of its arm where they are blank."""
    style = ARMS[ccgs()[code].arm]
    chart.add_scatter(
        x=[row.months for row in rows],
        y=[row.figure.value for row in rows],
        mode="lines+markers",
        line={"color": style.colour, "dash": style.dash, "width": 1 if thin else style.width},
        marker={"symbol": thin or style.marker, "size": 5 if thin else 7, "color": style.colour},
        name=words.folded(ccgs()[code].name, charts.IN_LEGEND),
        customdata=[[words.shown(measure, row.figure), words.month_name(row.figure.period)] for row in rows],
        hovertemplate="%{customdata[0]}, %{customdata[1]}",
        connectgaps=False,
    )


def aligned_headline(measure: Measure, points: Sequence[Aligned], followers: Sequence[str]) -> str:
    """Where the chosen followers stand against the early band in their newest month with a value."""
    if not followers:
        return "The early implementers by months since they went live"
    band = {month.months: month for month in early_band(points)}
    said = []
    for code in followers:
        rows = [p for p in points if p.figure.area == code and p.figure.value is not None and p.months in band]
        if rows:
            said.append(_standing(measure, rows[-1], band[rows[-1].months].lower, band[rows[-1].months].upper))
    return "; ".join(said) or "No follower is where both early implementers have been"


def _standing(measure: Measure, point: Aligned, lower: float, upper: float) -> str:
    value = point.figure.value or 0.0
    where = "above" if value > upper else "below" if value < lower else "within"
    name, shown = point.figure.area_name, words.shown(measure, point.figure)
    since = f"{point.months} months after go-live" if point.months else "in the month of go-live"
    return f"{name} stood at {shown}, {since}, {where} the early implementers' band"


def aligned_table(measure: Measure, points: Sequence[Aligned]) -> pd.DataFrame:
    """A row for each CCG and month since go-live."""
    return pd.DataFrame(
        {
            "CCG": [point.figure.area_name for point in points],
            "Arm": [point.figure.arm for point in points],
            "Months since go-live": [point.months for point in points],
            "Month": [words.month_name(point.figure.period) for point in points],
            "Value": [words.shown(measure, point.figure) for point in points],
        }
    )


def aligned_data(points: Sequence[Aligned]) -> pd.DataFrame:
    """The aligned figures for a machine: numbers as numbers, empty where there is none."""
    return pd.DataFrame(
        {
            "ccg": [point.figure.area for point in points],
            "ccg_name": [point.figure.area_name for point in points],
            "arm": [point.figure.arm for point in points],
            "months_since_go_live": [point.months for point in points],
            "period": [point.figure.period for point in points],
            "value": [point.figure.value for point in points],
            "status": [point.figure.status for point in points],
        }
    )


def card(measure: Measure, points: Sequence[Aligned], followers: Sequence[str], release: Release) -> Card:
    """The early band with the chosen followers over it."""
    headline = aligned_headline(measure, points, followers)
    return Card(
        key="aligned",
        headline=headline,
        subtitle=f"{measure.name} by months since each CCG's go-live, {measure.unit}; the band stops where fewer than "
        "two early implementers have a value",
        chart=aligned_chart(measure, points, followers),
        alt=f"Line chart. {headline}. The table beside it has every value.",
        table=aligned_table(measure, points),
        data=partial(aligned_data, points),
        about=words.definition(measure),
        stamp=words.stamp(measure, [point.figure for point in points], release),
    )
