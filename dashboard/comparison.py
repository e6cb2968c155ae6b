"""Charts and words of a comparison: what it rests on, the change month by month, and second opinions."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts, words
from dashboard.card import Card
from dashboard.identity import ARMS, GRID, INK, QUIET, TEMPLATE
from loaders.register import Release
from metrics.areas import ccgs
from metrics.comparison.comparability import Comparability
from metrics.comparison.judgement import CHOSE_THEMSELVES
from metrics.comparison.result import Basis, Change, Comparison, SecondOpinion, Since
from metrics.measure import Measure

TESTS = {"plain": "values as they are", "studentised": "values in units of each CCG's own noise"}
"""How the permutation test takes values."""


def event_study(comparison: Comparison) -> go.Figure:
    """The change by months since go-live, over the band in which quiet series lie."""
    rows = comparison.since_go_live
    months = [row.months for row in rows]
    chart = go.Figure(layout={"template": TEMPLATE, "height": 440})
    lower, upper = [row.quiet_lower for row in rows], [row.quiet_upper for row in rows]
    charts.strip(chart, months, lower, upper, GRID, "95% of what chance gives", opacity=1)
    early = ARMS["early"]
    chart.add_scatter(
        x=months,
        y=[row.estimate for row in rows],
        mode="lines+markers",
        line={"color": early.colour, "width": early.width},
        marker={"symbol": early.marker, "size": 8},
        customdata=[row.ccgs for row in rows],
        hovertemplate="%{y:.1f}, %{customdata} CCGs",
        name=words.folded("Difference from what was to be expected", charts.IN_LEGEND),
    )
    chart.add_hline(y=0, line={"color": INK, "width": 1})
    chart.add_vline(x=-0.5, line={"color": QUIET, "dash": "dot"})
    chart.add_annotation(x=-0.5, y=1, yref="paper", text="go-live", showarrow=False, xanchor="left", yanchor="top")
    chart.update_xaxes(title_text="Months since go-live")
    chart.update_yaxes(title_text=_unit(comparison), rangemode="normal")
    return chart


def _unit(comparison: Comparison) -> str:
    unit = comparison.change.unit if comparison.change else ""
    return "Per cent different" if unit == "%" else f"Difference, {unit}"


def event_table(rows: Sequence[Since]) -> pd.DataFrame:
    """A row for each month since go-live."""
    return pd.DataFrame(
        {
            "Months since go-live": [row.months for row in rows],
            "Difference": [round(row.estimate, 1) for row in rows],
            "Chance from": [round(row.quiet_lower, 1) for row in rows],
            "Chance to": [round(row.quiet_upper, 1) for row in rows],
            "CCGs": [row.ccgs for row in rows],
        }
    )


def event_data(comparison: Comparison) -> pd.DataFrame:
    """The event study for a machine, unrounded and with its unit."""
    rows = comparison.since_go_live
    return pd.DataFrame(
        {
            "months_since_go_live": [row.months for row in rows],
            "difference": [row.estimate for row in rows],
            "unit": comparison.change.unit if comparison.change else "",
            "chance_lower": [row.quiet_lower for row in rows],
            "chance_upper": [row.quiet_upper for row in rows],
            "ccgs": [row.ccgs for row in rows],
        }
    )


def alt_text(comparison: Comparison) -> str:
    """The finding of the event study for those who hear the page."""
    return f"Line chart over months since go-live. {comparison.judgement.words} The table beside it has every value."


def standing_words(standing: Comparability, found: Comparison) -> str:
    """What can be compared, as Markdown lines: who is live since when, the months, how much is known, no cause."""
    live = "; ".join(f"{start:%b %Y} {_names(codes)}" for start, codes in standing.live.items())
    waiting = f" **Not live by {standing.known_to:%B %Y}:** {_names(standing.not_live)}." if standing.not_live else ""
    return "\n".join(
        [
            f"- **Live since:** {live or 'nobody is known to be'}.{waiting} {standing.source}",
            f"- **Months:** {_months_words(found.basis)}",
            f"- **Known:** {_known_words(standing)}",
            f"- **Data:** {_whose(standing, found)}",
            f"- **Not a cause:** {CHOSE_THEMSELVES}",
        ]
    )


def _whose(standing: Comparability, found: Comparison) -> str:
    if not standing.of:
        return "none was received."
    return words.SYNTHETIC if found.synthetic else "real returns."


def _months_words(basis: Basis | None) -> str:
    if basis is None:
        return "none in which live CCGs can be compared with others not yet live."
    span = f"{words.month_name(basis.first)} to {words.month_name(basis.last)}"
    left = f"; {basis.months_left_out} left out, in which some CCG has no value" if basis.months_left_out else ""
    return f"{span}, {basis.months_before} before the first go-live and {basis.months_after} after it{left}."


def _known_words(standing: Comparability) -> str:
    lacking = [
        f"{number:,} {words.STATUS[status]}"
        for status, number in standing.statuses.items()
        if status != "ok" and number
    ]
    rest = f"; {', '.join(lacking)}" if lacking else ""
    return f"{standing.statuses.get('ok', 0):,} of {standing.of:,} values by CCG and month{rest}."


def change_table(change: Change, uptake: float | None) -> pd.DataFrame:
    """The change and how sure it is, a row for each number."""
    unit = "%" if change.unit == "%" else f" {change.unit}"
    limits = "no limit" if None in (change.lower, change.upper) else f"{change.lower:+.1f} to {change.upper:+.1f}{unit}"
    smallest = "not known" if change.smallest_detectable is None else f"{change.smallest_detectable:+.1f}{unit}"
    rows = [
        ("Change against what the others lead one to expect", f"{change.estimate:+.1f}{unit}"),
        ("95% interval", limits),
        ("p by permutation", f"{change.p:.2g} ({TESTS[change.test]})"),
        ("Place by size among all ways to choose who went first", f"{change.rank} of {change.arrangements}"),
        ("Smallest change that would show four times in five", smallest),
        ("Practices referring in the live months, on average", "not known" if uptake is None else f"{uptake:.0f}%"),
    ]
    return pd.DataFrame(rows, columns=["What", "How much"])


def card(measure: Measure, found: Comparison, release: Release) -> Card:
    """The judgement over the change month by month."""
    first, _, rest = found.judgement.words.partition(". ")
    return Card(
        key="change",
        headline=first,
        subtitle=f"{rest} Before go-live the line should lie within the band; a change shows as leaving it.",
        chart=event_study(found),
        alt=alt_text(found),
        table=event_table(found.since_go_live),
        data=partial(event_data, found),
        about=words.definition(measure),
        stamp=stamp(found, measure, release),
    )


def basis_words(basis: Basis) -> str:
    """What the comparison rests on, as Markdown lines."""
    lines = [
        f"- **Live:** {_names(basis.live)}. {basis.go_live}",
        f"- **Compared with** the {len(basis.controls)} CCGs not yet live: {_names(basis.controls)}.",
        f"- **Months:** {words.month_name(basis.first)} to {words.month_name(basis.last)}: "
        f"{basis.months_before} before the first go-live and {basis.months_after} after it.",
    ]
    if basis.months_left_out or basis.ccgs_left_out:
        left = f"{basis.months_left_out} months without a value of some CCG"
        lines.append(f"- **Left out:** {left}{'; ' + _names(basis.ccgs_left_out) if basis.ccgs_left_out else ''}.")
    return "\n".join([*lines, *(f"- **Also happened:** {note}" for note in basis.notes)])


def _names(codes: Sequence[str]) -> str:
    return ", ".join(ccgs()[code].name for code in codes)


def opinions_table(opinions: Sequence[SecondOpinion]) -> pd.DataFrame:
    """A row for each other method, so that a reader sees what hangs on the method."""
    return pd.DataFrame(
        {
            "Method": [opinion.method for opinion in opinions],
            "CCG": [ccgs()[opinion.ccg].name if opinion.ccg else "all live" for opinion in opinions],
            "Change": [f"{opinion.estimate:+.1f}" for opinion in opinions],
            "Place by size": [f"{opinion.rank} of {opinion.out_of}" for opinion in opinions],
        }
    )


def stamp(comparison: Comparison, measure: Measure, release: Release) -> str:
    """Source and standing of a comparison."""
    to = f"Data to {words.month_name(comparison.basis.last)}" if comparison.basis else ""
    return words.source_line(comparison.synthetic, release, measure.how.table, measure.source, to)
