"""Milestones as a table and as a timeline: planned, forecast as sent, and reached."""

from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.identity import ARMS, BLUE, INK, PAPER, QUIET, TEMPLATE
from metrics.adoption.milestones import Milestone
from metrics.ledger import GO_LIVE

NAME_WIDTH = 24
"""Letters in a line of a name: the chart keeps its room on a phone."""

NAMES = {
    GO_LIVE: "Go-live",
    "contract_signed": "Contract signed",
    "ttps_appointed": "Practitioners appointed",
    "gp_template_live": "GP template live",
    "imaging_route": "Imaging route",
    "core_therapy_slots": "Core therapy slots",
    "nerve_root_block_slots": "Nerve root block slots",
    "cppp_running": "Combined programme running",
    "not_started": "not started",
    "in_progress": "in progress",
    "done": "done",
    "stopped": "stopped",
}
"""Components and statuses as people say them."""


def weeks(number: float) -> str:
    """'7 weeks', '1.5 weeks' or '1 week'."""
    return f"{round(number, 1):g} {'week' if round(number, 1) == 1 else 'weeks'}"


def slip_cell(row: Milestone) -> str:
    """Slip as a table says it; a blank would look like none."""
    if row.slip is None:
        return "none known"
    if row.slip == 0:
        return "as planned"
    least = "at least " if row.standing == "overdue" else ""
    return f"{least}{weeks(abs(row.slip))} {'late' if row.slip > 0 else 'early'}"


def day_cell(day: date | None) -> str:
    """'04 Jun 2018', or that there is none."""
    return f"{day:%d %b %Y}" if day else "none"


def milestone_table(rows: Sequence[Milestone]) -> pd.DataFrame:
    """The ledger itself: a row for each milestone, with who answers for it and what shows it."""
    return pd.DataFrame(
        {
            "CCG": [row.ccg_name for row in rows],
            "Component": [NAMES[row.component] for row in rows],
            "Planned": [day_cell(row.planned) for row in rows],
            "Forecast, as sent": [day_cell(row.forecast) for row in rows],
            "Reached": [day_cell(row.actual) for row in rows],
            "Slip": [slip_cell(row) for row in rows],
            "Arithmetic, at the usual slip": [day_cell(row.arithmetic) for row in rows],
            "Status": [NAMES[row.status] for row in rows],
            "Owner": [row.owner or "none named" for row in rows],
            "Evidence": [row.evidence or "none yet" for row in rows],
        }
    )


def timeline(rows: Sequence[Milestone], as_at: date, by_ccg: bool) -> go.Figure:
    """A line from plan to day reached or forecast for each row: CCGs (`by_ccg`), or components of one."""
    rows = sorted(rows, key=lambda row: row.planned or date.max, reverse=True)
    names = [row.ccg_name if by_ccg else NAMES[row.component] for row in rows]
    names = [words.folded(name, NAME_WIDTH) for name in names]
    chart = go.Figure(layout={"template": TEMPLATE, "height": 140 + 46 * len(rows), "hovermode": "closest"})
    for name, row in zip(names, rows, strict=True):
        chart.add_scatter(
            x=[row.planned, _end(row)],
            y=[name, name],
            mode="lines",
            line={"color": QUIET, "width": 2, "dash": "solid" if row.actual else "dot"},
            hoverinfo="skip",
            showlegend=False,
        )
    _days(chart, names, [row.planned for row in rows], rows, ("Planned", "line-ns-open", INK))
    _days(chart, names, [row.actual for row in rows], rows, ("Reached", "circle", ARMS["early"].colour))
    forecasts = [None if row.actual else row.forecast for row in rows]
    _days(chart, names, forecasts, rows, ("Forecast, as sent", "diamond-open", ARMS["following"].colour))
    worked_out = [row.arithmetic for row in rows]
    _days(chart, names, worked_out, rows, ("Arithmetic, at the usual slip", "x-thin-open", QUIET))
    _say_slips(chart, names, rows)
    chart.add_vline(x=as_at, line={"color": BLUE, "dash": "dash"}, layer="below")
    chart.add_annotation(
        x=as_at, y=0, yref="paper", text="ledger", showarrow=False, xanchor="right", yanchor="bottom", bgcolor=PAPER
    )
    span = _last(max(rows, key=_last)) - min(row.planned or row.as_at for row in rows)
    ends = [min(row.planned or row.as_at for row in rows) - span / 20, _last(max(rows, key=_last)) + span / 6]
    chart.update_xaxes(title_text="Date", showgrid=True, range=ends)
    chart.update_yaxes(title_text="", type="category", rangemode="normal")
    return chart


def milestones_html(rows: Sequence[Milestone], by_ccg: bool) -> str:
    """The same as a list, in the same order: what a phone shows in the place of the timeline."""
    ordered = sorted(rows, key=lambda row: row.planned or date.max)
    items = "".join(f"<li>{escape(_said(row, by_ccg))}</li>" for row in ordered)
    return f'<ul class="bars">{items}</ul>'


def _said(row: Milestone, by_ccg: bool) -> str:
    """'Cumbria: planned 01 Oct 2018, forecast 14 Jan 2019, 15 weeks late'."""
    days = (("planned", row.planned), ("reached", row.actual), ("forecast", None if row.actual else row.forecast))
    told = [f"{what} {day_cell(day)}" for what, day in days if day]
    return f"{row.ccg_name if by_ccg else NAMES[row.component]}: {', '.join([*told, slip_cell(row)])}"


def _days(
    chart: go.Figure,
    names: Sequence[str],
    days: Sequence[date | None],
    rows: Sequence[Milestone],
    look: tuple[str, str, str],
) -> None:
    label, symbol, colour = look
    chart.add_scatter(
        x=days,
        y=names,
        mode="markers",
        name=label,
        marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2.5, "color": colour}},
        customdata=[[slip_cell(row), NAMES[row.status]] for row in rows],
        hovertemplate=f"{label} %{{x|%d %b %Y}}<br>%{{customdata[0]}}, %{{customdata[1]}}<extra>%{{y}}</extra>",
    )


def _end(row: Milestone) -> date | None:
    """The day reached or forecast; the ledger's own while it is overdue without a new date."""
    return row.actual or row.forecast or (row.as_at if row.standing == "overdue" else None)


def _last(row: Milestone) -> date:
    """The last day drawn in its row."""
    return max(day for day in (row.planned, _end(row), row.arithmetic, row.as_at.min) if day)


def _say_slips(chart: go.Figure, names: Sequence[str], rows: Sequence[Milestone]) -> None:
    known = [(name, row) for name, row in zip(names, rows, strict=True) if row.slip]
    chart.add_scatter(
        x=[_last(row) for _, row in known],
        y=[name for name, _ in known],
        mode="text",
        text=[f"  {row.slip:+.0f} wk" for _, row in known],
        textposition="middle right",
        textfont={"shadow": f"0 0 3px {PAPER}, 0 0 3px {PAPER}"},  # the line of the ledger's day may pass behind it
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def timeline_headline(rows: Sequence[Milestone], what: str) -> str:
    """'Go-live: 9 of 12 reached, 10 late or going to be; the longest slip is 17 weeks'."""
    reached, late = sum(row.actual is not None for row in rows), [row.slip for row in rows if row.slip and row.slip > 0]
    said = f"{what}: {reached} of {len(rows)} reached, {len(late)} late or going to be"
    if not late:
        return said
    return f"{said}; the longest slip is {weeks(max(late))}"
