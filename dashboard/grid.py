"""The grid of CCG by measure: the newest value, its direction as a mark with words, and a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import urlencode

from dashboard import marks, words
from dashboard.filters import PERIODS
from metrics.areas import Area
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.verdict import Verdict


@dataclass(frozen=True)
class Cell:
    """What stands for one CCG and one measure: its newest figure and which way it is going."""

    figure: Figure
    direction: Verdict


Cells = Mapping[tuple[str, str], Cell]
"""(area code, measure key) -> cell; absent where nothing was ever received."""


def grid(measures: Sequence[Measure], areas: Sequence[Area], cells: Cells, caption: str) -> str:
    """The grid as an HTML table: a column for each measure, a row for each area, the early implementers first."""
    newest = {measure.key: _newest_month(measure, cells) for measure in measures}
    head = "".join(_head(measure, newest[measure.key], cells) for measure in measures)
    by_arm = groupby(sorted(areas, key=lambda area: area.arm), key=lambda area: area.arm)
    groups = "".join(_group(arm, list(members), measures, cells, newest) for arm, members in by_arm)
    return (
        f'<div class="grid-wrap" role="region" aria-label="{escape(caption)}" tabindex="0"><table class="grid">'
        f"<caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col">CCG</th>{head}</tr></thead>{groups}</table></div>'
    )


def legend(cells: Cells) -> str:
    """Every mark in the grid with its words."""
    verdicts = sorted({cell.direction for cell in cells.values() if cell.figure.value is not None}, key=str)
    return '<p class="legend">' + " ".join(f"{marks.picture(v)} {escape(v.words)}&ensp;" for v in verdicts) + "</p>"


def _newest_month(measure: Measure, cells: Cells) -> str:
    return max((cell.figure.period for (_, key), cell in cells.items() if key == measure.key), default="")


def _head(measure: Measure, newest: str, cells: Cells) -> str:
    better = {"higher": "higher is better", "lower": "lower is better", "neither": "no better or worse"}[measure.better]
    address = _address(measure, "Each CCG")
    month = words.month_name(newest) if newest else ""
    provenance = words.provenance([cell.figure for (_, key), cell in cells.items() if key == measure.key])
    return (
        f'<th scope="col"><a href="{address}" target="_self">{escape(measure.name)}</a>'
        f'<span class="note">{escape(measure.unit)}, {better}</span>'
        f'<span class="note">{month}, {provenance}</span></th>'
    )


def _group(
    arm: str, areas: Sequence[Area], measures: Sequence[Measure], cells: Cells, newest: Mapping[str, str]
) -> str:
    name = {"early": "Early implementers", "following": "Following CCGs"}[arm]
    rows = "".join(_row(area, measures, cells, newest) for area in areas)
    head = f'<tr><th scope="rowgroup" colspan="{len(measures) + 1}">{name}</th></tr>'
    return f'<tbody class="{arm}">{head}{rows}</tbody>'


def _row(area: Area, measures: Sequence[Measure], cells: Cells, newest: Mapping[str, str]) -> str:
    content = "".join(
        _cell(area, measure, cells.get((area.code, measure.key)), newest[measure.key]) for measure in measures
    )
    return f'<tr><th scope="row">{escape(area.name)}</th>{content}</tr>'


def _cell(area: Area, measure: Measure, cell: Cell | None, newest: str) -> str:
    if cell is None:
        return "<td>nothing sent</td>"
    figure = cell.figure
    shown = escape(words.cell(measure, figure))
    link = f'<a href="{_address(measure, "Each CCG", area.name)}" target="_self">{shown}</a>'
    mark = marks.picture(cell.direction) if figure.value is not None else ""
    older = f'<span class="note">{words.month_name(figure.period)}</span>' if figure.period != newest else ""
    return f"<td>{link} {mark}{older}</td>"


def _address(measure: Measure, by: str, ccg: str | None = None) -> str:
    """The address of the Measure page with these choices, as its own controls would write it.

    By quarters like the grid, so that the value that was clicked is the value that is shown.
    """
    choices = {"measure": words.label(measure), "by": by, "per": PERIODS["quarter"], **({"ccgs": ccg} if ccg else {})}
    return f"measure?{urlencode(choices)}"
