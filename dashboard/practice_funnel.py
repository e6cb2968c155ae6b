"""Practices in a funnel: each against the rate of all, within limits that widen as numbers get small."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.card import Card
from dashboard.identity import BLUE, INK, QUIET, TEMPLATE, TONES
from loaders.register import Release
from metrics.disclosure import policy_in_force
from metrics.figure import Figure
from metrics.funnel import MeasureFunnel, funnel_of
from metrics.measure import Measure

UNNAMED = "A practice"
"""What a practice is called to readers to whom it may not be named."""

LIMITS = (
    ("99.8% limits", "lower_998", "upper_998", "dash"),
    ("95% limits", "lower_95", "upper_95", "dot"),
)

PLACES = {
    "high": "above 99.8%",
    "high_95": "above 95%",
    "within": "within",
    "low_95": "below 95%",
    "low": "below 99.8%",
}

ABOUT = """
- **Limits:** where a practice of its size would lie by chance alone, 95 times in 100 and 998 in 1,000, if it had the
  rate of all shown. Practices are never ranked.
- **Outside** the 99.8% limits is a reason to ask, and no finding: practices differ in whom they send.
- Counts are rounded, so that several practices may lie on one dot, and a small one may seem to be outside.
- **Left out:** practices whose numbers are too small to show, or whose people cannot be judged yet.
"""


def fullest_year(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of the financial year in which the most practices have a value, the newest of such years."""
    valued = Counter(figure.period for figure in figures if figure.status == "ok")
    year = max(valued, key=lambda period: (valued[period], period), default="")
    return [figure for figure in figures if figure.period == year]


def card(measure: Measure, figures: Sequence[Figure], named: bool, release: Release) -> Card:
    """The funnel of one year's practices. Raises ValueError where none has a value."""
    drawn = funnel_of(measure, figures if named else [replace(figure, area_name=UNNAMED) for figure in figures])
    points = drawn.funnel.points
    outside, everybody = len(drawn.funnel.outside), f"{len(points)} practices"
    headline = f"{measure.name}: {outside or 'none'} of {everybody} outside the 99.8% limits"
    centre = measure.in_words(drawn.funnel.baseline * measure.scale)
    subtitle = f"{words.subtitle(measure, figures)}, by practice; the line is all together, {centre}. "
    subtitle += f"Left out, for too few people or not yet old enough to judge: {len(drawn.left_out)}"
    return Card(
        key="practices",
        headline=headline,
        subtitle=subtitle,
        chart=chart(drawn),
        alt=f"Funnel plot. {headline}. {subtitle}. The table beside it has every value.",
        table=table(drawn),
        about=f"{ABOUT}- **Small numbers:** {policy_in_force().words}\n",
        stamp=words.stamp(measure, figures, release),
    )


def chart(drawn: MeasureFunnel) -> go.Figure:
    """A dot for each practice over the number of its people; outside the limits a diamond with an edge."""
    found, scale = drawn.funnel, drawn.measure.scale
    plot = go.Figure(layout={"template": TEMPLATE, "height": 480})
    for name, lower, upper, dash in LIMITS:
        for side in (lower, upper):
            plot.add_scatter(
                x=found.populations,
                y=[getattr(line, side) * scale for line in found.lines],
                mode="lines",
                line={"color": QUIET, "dash": dash, "width": 1.5},
                name=name,
                showlegend=side == lower,
                hoverinfo="skip",
            )
    plot.add_hline(y=found.baseline * scale, line={"color": INK, "width": 1.5})
    _dots(plot, drawn, outside=False)
    _dots(plot, drawn, outside=True)
    plot.update_xaxes(title_text="People", rangemode="tozero")
    plot.update_yaxes(title_text=words.axis_title(drawn.measure))
    plot.update_layout(hovermode="closest", showlegend=True)
    return plot


def _dots(plot: go.Figure, drawn: MeasureFunnel, outside: bool) -> None:
    points = [point for point in drawn.funnel.points if (point.place in ("high", "low")) == outside]
    plot.add_scatter(
        x=[point.population for point in points],
        y=[point.value * drawn.measure.scale for point in points],
        mode="markers",
        name="Outside the 99.8% limits" if outside else "Within",
        marker={
            "symbol": "diamond" if outside else "circle",
            "size": 11 if outside else 7,
            "color": TONES["neutral"] if outside else BLUE,
            "line": {"color": INK, "width": 1 if outside else 0},
        },
        text=[point.area for point in points],
        hovertemplate="%{text}: %{y:.0f}, of %{x:,.0f} people<extra></extra>",
    )


def table(drawn: MeasureFunnel) -> pd.DataFrame:
    """A row for each practice with a value, in the order of the figures."""
    points = drawn.funnel.points
    return pd.DataFrame(
        {
            "Practice": [point.area for point in points],
            "Value": [drawn.measure.in_words(point.value * drawn.measure.scale) for point in points],
            "Out of": [f"{point.population:,.0f}" for point in points],
            "Limits": [PLACES[point.place] for point in points],
        }
    )
