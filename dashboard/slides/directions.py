"""The slide of directions: the newest quarter of each CCG and measure, with the sign of where it goes."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import cached, words
from dashboard.slides.slide import Slide
from dashboard.slides.summary import standing, summary
from metrics.areas import ccgs
from metrics.disclosure import policy_in_force
from metrics.figure import Figure, latest
from metrics.measure import Measure
from metrics.spc.rules import MAKING_DATA_COUNT_R
from metrics.spc.series import charts_of
from metrics.verdict import Shape, Verdict, variation

GRID = (
    "practices_referring",
    "list_covered",
    "wait_assessment",
    "referral_to_assessment",
    "assessed_to_imaging",
    "gp_mri_rate",
    "opioids",
)
"""Measures of the grid: one or two of each family that has quarters for each CCG."""

GRID_OF_CCG = (
    *GRID,
    "referral_rate",
    "wait_imaging",
    "assessed_to_core_therapy",
    "assessed_to_surgical_opinion",
    "gabapentinoids",
)

SIGNS: Mapping[Shape, str] = {"circle": "●", "triangle-up": "▲", "triangle-down": "▼", "square": "■"}


def icons(release: int, ccg: str | None) -> Slide:
    """The newest quarter with the sign of its direction: a row for each CCG, or for each measure of one CCG."""
    told, codes = cached.told_by(release).figures, [ccg] if ccg else list(ccgs())
    measures = [cached.measures()[key] for key in (GRID_OF_CCG if ccg else GRID) if told.get(key)]
    verdicts = {measure.key: _verdicts(measure, told[measure.key]) for measure in measures}
    newest = {measure.key: latest(told[measure.key]) for measure in measures}
    table = pd.DataFrame({"CCG": [ccgs()[code].short_name for code in codes]})
    for measure in measures:
        cells = [_cell(measure, newest[measure.key].get(code), verdicts[measure.key].get(code)) for code in codes]
        table[f"{_named(measure, told)}, {measure.unit}"] = cells
    if ccg:
        names = {measure.key: _named(measure, told) for measure in measures}
        table = _by_measure(
            measures, names, {m.key: (newest[m.key].get(ccg), verdicts[m.key].get(ccg)) for m in measures}
        )
    signals = [verdicts[m.key][c] for m in measures for c in codes if c in verdicts[m.key]]
    newest_quarters = f"{len(codes) * len(measures)} newest quarters"
    worsening = _count(signals, "worsening") or "none"
    headline = f"{_count(signals, 'improving')} of {newest_quarters} improving and {worsening} worsening"
    synthetic = any(told[measure.key][0].synthetic for measure in measures)
    subtitle = "▲ ▼ improving, or neither way is better; ■ worsening; ● no special change. H higher, L lower than usual"
    sources = dict.fromkeys(part for measure in measures for part in measure.source.split("; "))
    source = standing(release, synthetic, "; ".join(sources))
    small = policy_in_force().words
    return summary(headline, subtitle, table, f"{source} {small}", f"{MAKING_DATA_COUNT_R.words} No evidence of cause.")


def _named(measure: Measure, told: Mapping[str, Sequence[Figure]]) -> str:
    """Its name, with what its data are where synthetic and real ones stand beside each other."""
    mixed = len({figures[0].synthetic for figures in told.values() if figures}) > 1
    return f"{measure.name} ({words.provenance(told[measure.key])})" if mixed else measure.name


def _by_measure(
    measures: Sequence[Measure], names: Mapping[str, str], newest: Mapping[str, tuple[Figure | None, Verdict | None]]
) -> pd.DataFrame:
    rows = []
    for measure in measures:
        figure, verdict = newest[measure.key]
        period = figure.period if figure and figure.value is not None else ""
        said = verdict.words if period and verdict else ""
        rows.append([names[measure.key], measure.unit, _cell(measure, figure, verdict), period, said, measure.better])
    return pd.DataFrame(rows, columns=["Measure", "Unit", "Newest", "Quarter", "Direction", "Better"])


def _count(signals: Sequence[Verdict], key: str) -> int:
    return sum(verdict.key == key for verdict in signals)


def _verdicts(measure: Measure, figures: Sequence[Figure]) -> dict[str, Verdict]:
    return {area: variation(chart, measure) for area, chart in charts_of(figures).items()}


def _cell(measure: Measure, figure: Figure | None, verdict: Verdict | None) -> str:
    if figure is None or verdict is None:
        return "nothing sent"
    if figure.value is None:
        return words.cell(measure, figure)
    return f"{words.cell(measure, figure)} {SIGNS[verdict.shape]}{verdict.letter}"
