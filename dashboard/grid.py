"""The grid of CCG by measure: the newest value, what it does and whether its target is met, and a link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby

from dashboard import marks, words
from dashboard.filters import PERIODS
from dashboard.identity import ARMS
from dashboard.links import Kept, measure_page, profile_page
from dashboard.selected import places
from metrics.areas import Area, ccgs
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.verdict import Verdict

BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "no better or worse"}
FIRST, COLUMN = 9.5, 5.9
"""Width in rem of the column of CCGs, and of each measure: what is wider than the page has to be scrolled."""


@dataclass(frozen=True)
class Cell:
    """What stands for one CCG and one measure: its newest figure, which way it is going, whether it meets its target.

    `assurance` is None where the measure declares no target, or where there are too few points to tell.
    """

    figure: Figure
    variation: Verdict
    assurance: Verdict | None


@dataclass(frozen=True)
class Grid:
    """A column for each measure, a row for each area, the early implementers first.

    `cells` are by (area code, measure key), absent where nothing was received. `kept` is chosen on every page.
    `everybody` are keys of measures that are of both presentations though one is selected.
    """

    measures: Sequence[Measure]
    areas: Sequence[Area]
    cells: Mapping[tuple[str, str], Cell]
    kept: Kept
    everybody: Collection[str] = ()

    def html(self, name: str, narrowed: str = "") -> str:
        """The table, and above it a hint where it is wider than the page; `narrowed` says of whom and which months."""
        told = f", {' '.join(self._common)} data" if self._common else ""
        caption = f"{name}: newest quarter of each CCG{told}{narrowed}"
        head = "".join(self._head(measure) for measure in self.measures)
        by_arm = groupby(sorted(self.areas, key=lambda area: area.arm), key=lambda area: area.arm)
        groups = "".join(self._group(arm, list(members)) for arm, members in by_arm)
        return (
            f'<div class="grid-room">{self._hint()}'
            f'<div class="grid-wrap" role="region" aria-label="{escape(caption)}" tabindex="0"><table class="grid">'
            f"<caption><span>{escape(caption)}</span></caption>"
            f'<thead><tr><th scope="col">CCG</th>{head}</tr></thead>{groups}</table></div></div>'
        )

    @cached_property
    def _newest(self) -> Mapping[str, tuple[str, str]]:
        """Newest quarter and kind of data, by key of the measure."""
        found: dict[str, list[Figure]] = {}
        for (_, key), cell in self.cells.items():
            found.setdefault(key, []).append(cell.figure)
        return {key: (max(f.period for f in figures), words.provenance(figures)) for key, figures in found.items()}

    @cached_property
    def _common(self) -> tuple[str, str] | None:
        """Newest quarter and kind of data, where all measures have the same: the caption says it for all of them."""
        found = set(self._newest.values())
        return found.pop() if len(found) == 1 else None

    def _hint(self) -> str:
        needed = FIRST + COLUMN * len(self.measures)
        return (
            f"<style>@container grid (min-width: {needed:.1f}rem) {{ .grid-hint.of-{len(self.measures)} "
            f'{{ display: none; }} }}</style><p class="grid-hint of-{len(self.measures)}">'
            f'{len(self.measures)} measures: scroll sideways for more <span aria-hidden="true">→</span></p>'
        )

    def _head(self, measure: Measure) -> str:
        notes = [f"{measure.unit}, {BETTER[measure.better]}"]
        if measure.target:
            standing = "" if measure.target.verified else " (unverified)"
            notes.append(f"target {measure.in_words(measure.target.value)}{standing}")
        if measure.key in self.everybody:
            notes.append("both presentations")
        if not self._common:
            notes.append(", ".join(self._newest[measure.key]))
        told = "".join(f'<span class="note">{escape(note)}</span>' for note in notes)
        link = measure_page(measure, self.kept, by="Each CCG", per=PERIODS["quarter"])
        return f'<th scope="col"><a href="{escape(link)}" target="_self">{escape(measure.name)}</a>{told}</th>'

    def _group(self, arm: str, areas: Sequence[Area]) -> str:
        rows = "".join(self._row(area) for area in areas)
        head = f'<tr><th scope="rowgroup" colspan="{len(self.measures) + 1}">{ARMS[arm].name}</th></tr>'
        return f'<tbody class="{arm}">{head}{rows}</tbody>'

    def _row(self, area: Area) -> str:
        content = "".join(self._cell(area, measure) for measure in self.measures)
        name = escape(area.name)
        if area.code in ccgs():  # one that came after 2015 has no profile
            name = f'<a href="{escape(profile_page(area.name, self.kept))}" target="_self">{name}</a>'
        return f'<tr><th scope="row">{name}</th>{content}</tr>'

    def _cell(self, area: Area, measure: Measure) -> str:
        cell = self.cells.get((area.code, measure.key))
        if cell is None:
            return "<td>nothing sent</td>"
        figure, newest = cell.figure, self._newest[measure.key][0]
        ccg = area.name if area.name in _names() else ""  # a part of a later CCG is what is selected already
        link = measure_page(measure, self.kept, by="Each CCG", ccg=ccg, per=PERIODS["quarter"])
        value = f'<a href="{escape(link)}" target="_self">{escape(words.cell(measure, figure))}</a>'
        older = f'<span class="note">{words.month_name(figure.period)}</span>' if figure.period != newest else ""
        return f"<td>{value} {_marks(cell)}{older}</td>"


def _names() -> Collection[str]:
    return {place.name for place in places().values()}


def _marks(cell: Cell) -> str:
    if cell.figure.value is None:
        return ""
    target = marks.picture(cell.assurance, "target ") if cell.assurance else ""
    return f'<span class="marks">{marks.picture(cell.variation)}{target}</span>'


def legend(cells: Mapping[tuple[str, str], Cell]) -> str:
    """Every mark in the grid with its words."""
    valued = [cell for cell in cells.values() if cell.figure.value is not None]
    going = _line("Which way it is going", {cell.variation for cell in valued})
    return going + _line("Whether the target will be met", {cell.assurance for cell in valued if cell.assurance})


def _line(title: str, verdicts: set[Verdict]) -> str:
    if not verdicts:
        return ""
    told = "&emsp; ".join(marks.with_words(v) for v in sorted(verdicts, key=lambda v: v.words))
    return f'<p class="legend"><strong>{title}:</strong> {told}</p>'
