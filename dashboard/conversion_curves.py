"""Conversion by week since the start: charts and words of the curves."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts, words
from dashboard.conversion import count_words, share_words
from dashboard.identity import MANY, TEMPLATE, ArmStyle, told_apart
from metrics.conversion import Curve
from metrics.disclosure import Shown
from metrics.explanation import REQUEST_WORDS, STEP_WORDS
from metrics.measure import Conversion, Measure

DAYS_A_WEEK = 7


def curve_chart(measure: Measure, curves: Sequence[Curve]) -> go.Figure:
    """A line with its 95% band for each area, by weeks since the start."""
    chart = go.Figure(layout={"template": TEMPLATE, "height": 440})
    for curve, style in zip(curves, _styles(curves), strict=True):
        if len(curves) <= words.FEW:
            _band(chart, curve, style)
        chart.add_scatter(
            x=_weeks(curve),
            y=[point.share.value for point in curve.points],
            mode="lines+markers" if len(curves) <= words.FEW else "lines",
            name=words.folded(curve.area.name, charts.IN_LEGEND),
            line={"color": style.colour, "dash": style.dash, "width": style.width},
            marker={"symbol": style.marker, "size": 7, "color": style.colour},
            customdata=[interval_words(point.share) for point in curve.points],
            hovertemplate="%{customdata}",
            connectgaps=False,
            showlegend=style is not MANY,
        )
    if len(curves) > words.FEW:
        charts.the_others(chart)
    chart.update_xaxes(title_text="Weeks since the start", hoverformat=".0f")
    chart.update_yaxes(title_text=words.axis_title(measure))
    chart.update_layout(showlegend=True)
    return chart


def _styles(curves: Sequence[Curve]) -> list[ArmStyle]:
    """Few lines are told apart; of many the early implementers stand out, and none of the others."""
    arms = [curve.area.arm for curve in curves]
    apart = [told_apart(arm, arms[:at].count(arm)) for at, arm in enumerate(arms)]
    if len(curves) <= words.FEW:
        return apart
    return [style if arm == "early" else MANY for style, arm in zip(apart, arms, strict=True)]


def _weeks(curve: Curve) -> list[int]:
    return [point.days // DAYS_A_WEEK for point in curve.points]


def _band(chart: go.Figure, curve: Curve, style: ArmStyle) -> None:
    bounded = [point for point in curve.points if point.share.lower is not None]
    weeks = [point.days // DAYS_A_WEEK for point in bounded]
    lower, upper = [point.share.lower for point in bounded], [point.share.upper for point in bounded]
    charts.strip(chart, weeks, lower, upper, style.colour)


def interval_words(share: Shown) -> str:
    """'38% (36 to 40%)', or why there is no value."""
    if share.value is None or share.lower is None or share.upper is None:
        return share_words(share)
    return f"{share.value:.0f}% ({share.lower:.0f} to {share.upper:.0f}%)"


def curve_headline(measure: Measure, curves: Sequence[Curve]) -> str:
    """The share of each area at the horizon, in a sentence."""
    told = [
        (words.inside(curve.area.name), curve.at_horizon.value, share_words(curve.at_horizon))
        for curve in curves
        if curve.at_horizon.value is not None
    ]
    if not told:
        return f"{measure.name} within {measure.horizon} days: nothing can be shown for this selection"
    return f"{measure.name} within {measure.horizon} days stood {words.standing(told)}"


def curve_subtitle(measure: Measure, curves: Sequence[Curve]) -> str:
    """What the weeks are counted from, and of whom the curve is made."""
    followed = f"{measure.name} by weeks since the {_origin(measure)}, per cent, from everybody however long followed"
    if len(curves) > words.FEW:
        return f"{followed}; the table has the 95% intervals"
    people = "; ".join(
        f"{curve.area.name} {interval_words(curve.at_horizon)} of {count_words(curve.people)} people"
        for curve in curves
    )
    return f"{followed}. At {measure.horizon} days with 95% interval: {people}"


def _origin(measure: Measure) -> str:
    assert isinstance(measure.how, Conversion)
    return REQUEST_WORDS["cppp"] if measure.how.origin == "cppp" else STEP_WORDS[measure.how.origin]


def curve_table(curves: Sequence[Curve]) -> pd.DataFrame:
    """A row for each area and week."""
    points = [(curve, point) for curve in curves for point in curve.points]
    return pd.DataFrame(
        {
            "Area": [curve.area.name for curve, _ in points],
            "Weeks": [point.days // DAYS_A_WEEK for _, point in points],
            "Converted by then": [share_words(point.share) for _, point in points],
            "95% from": [_limit(point.share.lower) for _, point in points],
            "95% to": [_limit(point.share.upper) for _, point in points],
        }
    )


def _limit(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}%"
