"""Words, tables and charts of the rollout: where each CCG stands, practitioners in post, and dated notes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from dashboard import dated_notes, words
from dashboard.card import Card
from dashboard.identity import BLUE, INK, TEMPLATE
from dashboard.maps import ATTRIBUTION, STANDINGS, standing_map
from dashboard.milestones import (
    day_cell,
    milestone_table,
    milestones_html,
    slip_cell,
    timeline,
    timeline_headline,
    weeks,
)
from dashboard.selected import Selected
from dashboard.tables import figure_data, figure_table
from loaders.register import Release
from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.ledger import GO_LIVE, CcgStanding, Ledger
from metrics.measure import Measure

SOURCE = "Rollout workbook of the programme"
AS_SENT = (
    "Forecasts are those of the ledger, as sent, and slip is arithmetic on its dates. "
    "The usual slip is the median of the component where it is in place: arithmetic, no forecast."
)


NOT_RECEIVED = """
This page shows who is live, which milestones slip and how many practitioners are in post, from the rollout workbook of
the programme. docs/submissions.md says how it should look, and `make load FILES=rollout.xlsx` loads it. Below is what
published sources say.
"""


def headline(ledger: Ledger) -> str:
    """How many CCGs are live, and how many milestones slip and by how much."""
    live = sum(standing != "not_live" for standing in ledger.standings().values())
    return f"{live} of {len(ccgs())} CCGs are live; {slip_words(ledger)}"


def slip_words(ledger: Ledger) -> str:
    """'78 of 96 milestones slip, by 7 weeks at the median; 1 was given up'."""
    middle, stopped = ledger.median_slip(), len(ledger.stopped())
    said = f"{len(ledger.slipped())} of {len(ledger.milestones)} milestones slip"
    if middle is not None:
        said += f", by {weeks(middle)} at the median"
    return f"{said}; {stopped} {'was' if stopped == 1 else 'were'} given up" if stopped else said


def standing_table(standings: Mapping[str, CcgStanding], ledger: Ledger) -> pd.DataFrame:
    """A row for each CCG: where it stands, and the day it went live or is to."""
    starts = {row.ccg: row for row in ledger.milestones if row.component == GO_LIVE}
    rows = [
        [ccgs()[code].name, STANDINGS[standing][0][2:], *_start(starts.get(code))]
        for code, standing in sorted(standings.items(), key=lambda pair: ccgs()[pair[0]].name)
    ]
    return pd.DataFrame(rows, columns=["CCG", "Stands", "Go-live planned", "Went live", "Forecast, as sent", "Slip"])


def _start(row: Milestone | None) -> list[str]:
    if row is None:
        return [*[day_cell(None)] * 3, "none known"]
    return [day_cell(row.planned), day_cell(row.actual), day_cell(None if row.actual else row.forecast), slip_cell(row)]


def staffing(figures: Sequence[Figure]) -> go.Figure:
    """Practitioners in post and planned, in whole-time equivalents by month."""
    months = [date.fromisoformat(f"{figure.period}-01") for figure in figures]
    chart = go.Figure(layout={"template": TEMPLATE, "height": 380})
    looks = (("In post", "numerator", BLUE, "solid", "circle"), ("Planned", "denominator", INK, "dash", "square-open"))
    for label, part, colour, dash, marker in looks:
        chart.add_scatter(
            x=months,
            y=[getattr(figure, part) for figure in figures],
            name=label,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2.5},
            marker={"symbol": marker, "size": 7, "color": colour},
            hovertemplate="%{y:.1f}",
        )
    chart.update_yaxes(title_text="Whole-time equivalents")
    return chart


def staffing_table(figures: Sequence[Figure]) -> pd.DataFrame:
    """A row for each month, the newest first."""
    newest = list(figures)[::-1]
    return pd.DataFrame(
        {
            "Area": [figure.area_name for figure in newest],
            "Month": [words.month_name(figure.period) for figure in newest],
            "In post (WTE)": [_wte(figure.numerator) for figure in newest],
            "Planned (WTE)": [_wte(figure.denominator) for figure in newest],
            "In post of planned": [_share(figure) for figure in newest],
            "Note": [figure.reason for figure in newest],
        }
    )


def _wte(number: float | None) -> str:
    return "none" if number is None else f"{number:.1f}"


def _share(figure: Figure) -> str:
    return words.STATUS[figure.status] if figure.value is None else f"{figure.value:.0f}%"


def staffing_headline(figures: Sequence[Figure]) -> str:
    """'36.6 of 45.6 planned practitioners (WTE) were in post in Mar 2018'."""
    counted = [figure for figure in figures if figure.numerator is not None and figure.denominator is not None]
    if not counted:
        return "Practitioners in post: nothing was received"
    now = counted[-1]
    when = words.month_name(now.period)
    return f"{_wte(now.numerator)} of {_wte(now.denominator)} planned practitioners (WTE) were in post in {when}"


def notes_within(notes: Sequence[Note], selected: Selected) -> Sequence[Note]:
    """The notes of the region and of the CCGs selected, in the months selected."""
    first, last = selected.first or date.min, selected.last or date.max
    ours = [note for note in notes if not selected.ccgs or note.ccg in (None, *selected.ccgs)]
    return [note for note in ours if first <= note.date.replace(day=1) <= last]


def note_table(notes: Sequence[Note]) -> pd.DataFrame:
    """Dated notes, the newest first."""
    return pd.DataFrame(
        {
            "Date": [day_cell(note.date) for note in notes],
            "About": [ccgs()[note.ccg].name if note.ccg else "the region" for note in notes],
            "What happened": [note.text for note in notes],
            "Who says so": [note.source or "not said" for note in notes],
        }
    )


def stamp(ledger: Ledger, release: Release) -> str:
    """Source and standing of what comes from the ledger."""
    to = f"Ledger as at {ledger.as_at:%d %b %Y}"
    return words.source_line(ledger.synthetic, release, "milestone", SOURCE, to)


def standing_card(ledger: Ledger, release: Release) -> Card:
    """The map of which CCGs are live."""
    standings = ledger.standings()
    finding = live_words(standings)
    note = f"{stamp(ledger, release)} {ATTRIBUTION}."
    table = standing_table(standings, ledger)
    subtitle = f"The 12 CCGs as at {ledger.as_at:%d %b %Y}: every sign of the legend stands beside its names"
    return _card("map", finding, subtitle, (standing_map(standings), "Map", table), (note, AS_SENT))


def live_words(standings: Mapping[str, CcgStanding]) -> str:
    """'Cumbria, North Durham and Northumberland are not yet live'."""
    without = [ccgs()[code].name for code, standing in standings.items() if standing == "not_live"]
    if not without:
        return "Every CCG is live"
    return f"{words.joined(without)} {'is' if len(without) == 1 else 'are'} not yet live"


def timeline_card(rows: Sequence[Milestone], what: str, ledger: Ledger, release: Release) -> Card:
    """Planned, forecast and reached: go-live of every CCG, or every component of one."""
    one = len({row.ccg for row in rows}) == 1
    look = timeline(rows, ledger.as_at, by_ccg=not one), "Timeline", milestone_table(rows)
    subtitle = "From the plan to the day reached, or to the forecast as sent; slip in weeks"
    card = _card("timeline", timeline_headline(rows, what), subtitle, look, (stamp(ledger, release), AS_SENT))
    return replace(card, narrow=milestones_html(rows, by_ccg=not one))


def staffing_card(measure: Measure, figures: Sequence[Figure], notes: Sequence[Note], release: Release) -> Card:
    """Practitioners in post against the plan."""
    chart = staffing(figures)
    dated_notes.mark(chart, notes)
    subtitle = f"{figures[0].area_name}: whole-time equivalents at month end, in post and planned"
    told = words.stamp(measure, figures, release), words.definition(measure)
    look = chart, "Line chart", staffing_table(figures)
    return replace(_card("practitioners", staffing_headline(figures), subtitle, look, told), notes=notes)


def _card(
    key: str, finding: str, subtitle: str, look: tuple[go.Figure, str, pd.DataFrame], notes: tuple[str, str]
) -> Card:
    """`look` is chart, what kind of chart, and its table; `notes` are stamp and definition."""
    (chart, kind, table), (said, about) = look, notes
    alt = f"{kind}. {finding}. {subtitle}. The table beside it has every value."
    return Card(key, finding, subtitle, chart, alt, table, about, said)


def figures_card(
    key: str, measure: Measure, figures: Sequence[Figure], look: tuple[go.Figure, str, str], release: Release
) -> Card:
    """A chart of figures; `look` is the chart, what kind it is and its subtitle."""
    chart, kind, subtitle = look
    said = words.stamp(measure, figures, release)
    finding = words.headline(measure, figures)
    note = f"{said} {ATTRIBUTION}." if kind == "Map" else said
    alt = f"{kind}. {finding}. {subtitle}. The table beside it has every value."
    table, data = figure_table(measure, figures), partial(figure_data, figures)
    return Card(key, finding, subtitle, chart, alt, table, words.definition(measure), note, data)
