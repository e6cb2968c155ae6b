"""Charts and words of how waits are spread: by cohort, by week, and on the list at month ends."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import charts, words
from dashboard.card import Card
from dashboard.identity import ARMS, INK, SHADES, TEMPLATE
from loaders.register import Release
from metrics.disclosure import Shown, policy_in_force
from metrics.measure import Measure
from metrics.periods import begins
from metrics.still_waiting import BANDS, StepList, StillWaiting
from metrics.wait_spread import CohortWait, WaitCurve

LINES = (
    ("Median of the cohort", "solid", "circle", 3.0),
    ("92nd percentile of the cohort", "dash", "triangle-up", 2.0),
    ("Median of those seen", "dot", "x", 2.0),
)
"""Name, dash, marker and width of what is drawn of each cohort."""

COHORT_ABOUT = """
- **Cohort:** everybody asked for the step in a quarter. Those still waiting, and those discharged before it, count for
  as long as they waited.
- **92nd percentile:** 92 in 100 had reached the step after so many days. It needs enough people beyond it.
- **Median of those seen** leaves out whoever still waits: it understates a wait that gets longer, most in the newest
  quarters. Read the cohort.
"""


def _days(shown: Shown) -> str:
    return words.STATUS[shown.status] if shown.value is None else f"{shown.value:,.0f} days"


def cohort_card(measure: Measure, cohorts: Sequence[CohortWait], release: Release) -> Card:
    """Median and 92nd percentile of each cohort, and the completed waits beside them."""
    figures = [one.cohort for one in cohorts]
    headline = _far_headline(cohorts)
    subtitle = f"{words.subtitle(measure, figures)}, by the quarter in which people were asked for the step"
    return Card(
        key="spread",
        headline=headline,
        subtitle=subtitle,
        chart=cohort_chart(measure, cohorts),
        alt=f"Line chart. {headline}. {subtitle}. The table beside it has every value.",
        table=cohort_table(measure, cohorts),
        about=f"{COHORT_ABOUT}- **Small numbers:** {policy_in_force().words}\n",
        stamp=words.stamp(measure, figures, release),
    )


def _far_headline(cohorts: Sequence[CohortWait]) -> str:
    """The newest 92nd percentile of each area beside its median."""
    newest = {one.cohort.area_name: one for one in cohorts if one.far.value is not None}
    told = [
        (words.inside(name), one.cohort.value, one.far.value)
        for name, one in newest.items()
        if one.cohort.value is not None and one.far.value is not None
    ]
    if not told:
        return "How long the slowest wait cannot be told: no 92nd percentile can be shown"
    (area, half, far), *others = told
    first = f"half were seen within {half:,.0f} days and 92 in 100 within {far:,.0f} days in {area}"
    rest = [f"within {half:,.0f} and {far:,.0f} days in {area}" for area, half, far in others]
    when = words.joined(sorted({words.month_name(one.cohort.period) for one in newest.values()}))
    return f"Of those asked for the step in {when}, {', and '.join([first, *rest])}"


def cohort_chart(measure: Measure, cohorts: Sequence[CohortWait]) -> go.Figure:
    """A panel for each area, one below the other."""
    panels = [(area, list(rows)) for area, rows in groupby(cohorts, key=lambda one: one.cohort.area_name)]
    chart = make_subplots(
        rows=len(panels), shared_xaxes=True, vertical_spacing=0.1, subplot_titles=[name for name, _ in panels]
    )
    chart.update_layout(template=TEMPLATE, height=90 + 290 * len(panels))
    for row, (_, rows) in enumerate(panels, 1):
        values = ([r.cohort.value for r in rows], [r.far.value for r in rows], [r.completed.value for r in rows])
        for (name, dash, marker, width), line in zip(LINES, values, strict=True):
            colour = ARMS[rows[0].cohort.arm].colour
            chart.add_scatter(
                x=[begins(r.cohort.period) for r in rows],
                y=line,
                name=name,
                mode="lines+markers",
                line={"color": colour, "dash": dash, "width": width},
                marker={"symbol": marker, "size": 8, "color": colour},
                showlegend=row == 1,
                hovertemplate="%{y:.0f} days",
                row=row,
                col=1,
            )
    chart.update_yaxes(title_text=words.axis_title(measure))
    chart.update_layout(legend={"y": 1.06})
    return chart


def cohort_table(measure: Measure, cohorts: Sequence[CohortWait]) -> pd.DataFrame:
    """A row for each area and quarter, the newest first."""
    newest = sorted(cohorts, key=lambda one: (one.cohort.period, one.cohort.area_name), reverse=True)
    return pd.DataFrame(
        {
            "Area": [one.cohort.area_name for one in newest],
            "Asked for in": [words.month_name(one.cohort.period) for one in newest],
            LINES[0][0]: [words.shown(measure, one.cohort) for one in newest],
            LINES[1][0]: [_days(one.far) for one in newest],
            LINES[2][0]: [_days(one.completed) for one in newest],
        }
    )


def curve_card(measure: Measure, curves: Sequence[WaitCurve], months: str, synthetic: bool, release: Release) -> Card:
    """The share seen by week."""
    headline = _week_headline(curves)
    subtitle = f"{measure.name}: share who had reached the step by the end of each week; {months}"
    return Card(
        key="by_week",
        headline=headline,
        subtitle=subtitle,
        chart=curve_chart(curves),
        alt=f"Line chart. {headline}. {subtitle}. The table beside it has every value.",
        table=curve_table(curves),
        about=words.definition(measure),
        stamp=words.source_line(synthetic, release, "referral", measure.source),
    )


def _week_headline(curves: Sequence[WaitCurve]) -> str:
    told = [
        (words.inside(curve.area.name), value, _share(curve.shares[AT]))
        for curve in curves
        if len(curve.shares) > AT and (value := curve.shares[AT].value) is not None
    ]
    return f"The share seen within {AT} weeks stood {words.standing(told)}" if told else "Nothing can be shown by week"


AT = 6
"""The week that the headline tells of: the candidate target for assessment."""


def _share(shown: Shown) -> str:
    return words.STATUS[shown.status] if shown.value is None else f"{shown.value:.0f}%"


def curve_chart(curves: Sequence[WaitCurve]) -> go.Figure:
    """A line for each area."""
    chart = go.Figure(layout={"template": TEMPLATE, "height": 420})
    for curve in curves:
        style = ARMS[curve.area.arm]
        chart.add_scatter(
            x=list(range(len(curve.shares))),
            y=[share.value for share in curve.shares],
            name=words.folded(curve.area.name, charts.IN_LEGEND),
            mode="lines+markers",
            line={"color": style.colour, "dash": style.dash, "width": style.width},
            marker={"symbol": style.marker, "size": 7, "color": style.colour},
            hovertemplate="%{y:.0f}%",
        )
    chart.update_xaxes(title_text="Weeks since people were<br>asked for the step", dtick=4)
    chart.update_yaxes(title_text="Per cent seen", range=[0, 104])
    chart.update_layout(showlegend=True)
    return chart


def curve_table(curves: Sequence[WaitCurve]) -> pd.DataFrame:
    """A row for each area and week."""
    rows = [(curve.area.name, week, _share(share)) for curve in curves for week, share in enumerate(curve.shares)]
    return pd.DataFrame(rows, columns=["Area", "Weeks", "Seen by then"])


def list_card(waiting: StillWaiting, step: StepList, source: str, release: Release) -> Card:
    """Who still waits at each month end, by how long."""
    counts = [band for end in step.months for band in end.bands]
    hidden = sum(band.status == "suppressed" for band in counts)
    left = f"{hidden} of {len(counts)} bands are hidden (small numbers) and not drawn" if hidden else "none hidden"
    subtitle = f"People on the list at each month end by how long they had waited; {left}"
    return Card(
        key="still_waiting",
        headline=step.sentence.rstrip("."),
        subtitle=subtitle,
        chart=list_chart(step),
        alt=f"Stacked bar chart. {step.sentence} {subtitle}. The table beside it has every value.",
        table=list_table(step),
        about=f"- **Still waiting:** asked for the step, not yet seen and not discharged at the month end.\n"
        f"- **Small numbers:** {policy_in_force().words}\n",
        stamp=words.source_line(waiting.synthetic, release, "waiting", source),
    )


def list_chart(step: StepList) -> go.Figure:
    """A bar for each month end, the longest waits on top and darkest."""
    chart = go.Figure(layout={"template": TEMPLATE, "height": 440, "barmode": "stack"})
    for at, band in enumerate(BANDS):
        chart.add_bar(
            x=[end.month for end in step.months],
            y=[end.bands[at].value for end in step.months],
            name=band.words,
            marker={"color": SHADES[at], "line": {"color": INK, "width": 0.5}},
            hovertemplate="%{y:,.0f}",
        )
    chart.update_yaxes(title_text="People waiting")
    chart.update_layout(showlegend=True, bargap=0.15)
    return chart


def list_table(step: StepList) -> pd.DataFrame:
    """A row for each month end, the newest first."""
    newest = list(reversed(step.months))
    return pd.DataFrame(
        {
            "Month end": [words.month_name(f"{end.month:%Y-%m}") for end in newest],
            "Everybody": [_people(end.people) for end in newest],
            **{band.words: [_people(end.bands[at]) for end in newest] for at, band in enumerate(BANDS)},
        }
    )


def _people(shown: Shown) -> str:
    return words.STATUS[shown.status] if shown.value is None else f"{shown.value:,.0f}"
