"""Slides that no page has: the region in a page, the grid of directions, completeness, risks, changes, definitions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard import cached, receipts, words
from dashboard.milestones import NAMES, day_cell, slip_cell
from dashboard.rollout import AS_SENT, SOURCE
from dashboard.rollout import stamp as ledger_stamp
from dashboard.slides.slide import Slide
from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.changes import Changes
from metrics.disclosure import policy_in_force
from metrics.figure import Figure, latest
from metrics.measure import Measure
from metrics.receipt import MONTHLY, Gap
from metrics.selection import months_between
from metrics.spc.rules import MAKING_DATA_COUNT_R
from metrics.spc.series import charts_of
from metrics.verdict import Shape, Verdict, variation

Make = Callable[[int, str | None], Slide]
"""Release and, for the pack of one CCG, its code, to slide."""

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

SIGNS: Mapping[Shape, str] = {"circle": "●", "triangle-up": "▲", "triangle-down": "▼", "square": "■"}


def _standing(release: int, synthetic: bool, source: str) -> str:
    """Source and standing of a slide that rests on the release as a whole."""
    said = cached.engine(release).release
    kind = "Synthetic data. " if synthetic else ""
    return f"{kind}Release {said.number} of {said.published:%d %b %Y} · {source}. {words.NOT_OFFICIAL}"


def _slide(headline: str, subtitle: str, body: pd.DataFrame | Sequence[str], source: str, notes: str) -> Slide:
    alt = "" if not isinstance(body, pd.DataFrame) else f"Table of {len(body)} rows. {headline}. {subtitle}."
    return Slide(headline, subtitle, body, alt, source, "\n\n".join([headline, subtitle, notes, source]))


def region(release: int, _ccg: str | None) -> Slide:
    """The region in three findings."""
    found = cached.findings_of(release)
    said = [text for one in found for text in (one.headline, one.detail)]
    source = _standing(release, any(one.synthetic for one in found), "Rollout workbook and pathway submissions")
    notes = "Which finding is written is settled by rules and never by the result."
    return _slide(found[0].headline, "The region in three findings", said, source, notes)


# ---- The grid of directions


def icons(release: int, ccg: str | None) -> Slide:
    """The newest quarter of each CCG and measure, with the sign of its direction."""
    told, codes = cached.told_by(release).figures, [ccg] if ccg else list(ccgs())
    measures = [cached.measures()[key] for key in GRID if told.get(key)]
    verdicts = {measure.key: _verdicts(measure, told[measure.key]) for measure in measures}
    newest = {measure.key: latest(told[measure.key]) for measure in measures}
    table = pd.DataFrame({"CCG": [ccgs()[code].short_name for code in codes]})
    for measure in measures:
        cells = [_cell(measure, newest[measure.key].get(code), verdicts[measure.key].get(code)) for code in codes]
        table[f"{measure.name}, {measure.unit}"] = cells
    signals = [verdicts[m.key][c] for m in measures for c in codes if c in verdicts[m.key]]
    headline = f"{_count(signals, 'improving')} improving and {_count(signals, 'worsening')} worsening"
    headline = f"{headline} among {len(codes) * len(measures)} newest quarters"
    synthetic = any(figures[0].synthetic for figures in (told[measure.key] for measure in measures))
    subtitle = "▲ ▼ improving, or neither way is better; ■ worsening; ● no special change. H higher, L lower than usual"
    source = _standing(release, synthetic, "; ".join(dict.fromkeys(measure.source for measure in measures)))
    small = policy_in_force().words
    return _slide(headline, subtitle, table, f"{source} {small}", f"{MAKING_DATA_COUNT_R.words} No evidence of cause.")


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


# ---- Completeness


def completeness(release: int, ccg: str | None) -> Slide:
    """How many months of each table arrived for each CCG."""
    facts = {fact: held for fact, held in cached.facts_received(release).items() if fact in MONTHLY}
    gaps = [gap for gap in cached.told_by(release).gaps if ccg in (None, gap.ccg)]
    codes = [ccg] if ccg else list(ccgs())
    table = pd.DataFrame({"CCG": [ccgs()[code].short_name for code in codes]})
    for fact, held in facts.items():
        table[receipts.FACT_NAMES[fact]] = [_received(held, code) for code in codes]
    months = sum(len(gap.months) for gap in gaps)
    headline = f"{months} months of data were expected and have not arrived" if months else "All expected data arrived"
    subtitle = "Months received of those from the first to the last that any CCG sent"
    synthetic = bool(cached.told_by(release).synthetic)
    source = _standing(release, synthetic, "Register of submissions")
    return _slide(headline, subtitle, table, source, "Expected and not received:\n" + "\n".join(map(_gap, gaps)))


def _received(held: Mapping[str, set[date]], code: str) -> str:
    every = sorted(month for months in held.values() for month in months)
    months = months_between(every[0], every[-1]) if every else []
    return f"{len(held.get(code, set()))} of {len(months)}"


def _gap(gap: Gap) -> str:
    months = ", ".join(f"{month:%b %Y}" for month in gap.months)
    return f"- {receipts.FACT_NAMES[gap.fact]}, {ccgs()[gap.ccg].short_name}, sender {gap.sender}: {months}"


# ---- Risks


def risks(release: int, ccg: str | None) -> Slide:
    """Milestones that are not reached and late, overdue or given up, the latest first."""
    held = cached.ledger_of(release)
    if held is None:
        source = _standing(release, False, SOURCE)
        return _slide(
            "No ledger of the rollout was received", "Risks from the ledger", ["Nothing to show."], source, ""
        )
    late = [row for row in held.milestones if _at_risk(row) and ccg in (None, row.ccg)]
    late.sort(key=lambda row: (-(row.slip or 0), row.ccg_name, row.component))
    table = pd.DataFrame(
        {
            "CCG": [row.ccg_name for row in late],
            "Milestone": [NAMES[row.component] for row in late],
            "Planned": [day_cell(row.planned) for row in late],
            "Forecast, as sent": [day_cell(row.forecast) for row in late],
            "Slip": ["given up" if row.standing == "stopped" else slip_cell(row) for row in late],
            "Owner": [row.owner or "none named" for row in late],
        }
    )
    where = f" in {ccgs()[ccg].short_name}" if ccg else ""
    headline = f"{len(late)} milestones{where} not yet reached are late or given up"
    body: pd.DataFrame | Sequence[str] = table if late else ["Every milestone is reached, or on its planned date."]
    release_of = cached.engine(release).release
    return _slide(headline, f"Ledger as at {held.as_at:%d %b %Y}", body, ledger_stamp(held, release_of), AS_SENT)


def _at_risk(row: Milestone) -> bool:
    return row.actual is None and (row.standing in ("overdue", "stopped") or (row.slip or 0) > 0)


# ---- What changed, and definitions


def changed(release: int, ccg: str | None) -> Slide:
    """New signals, milestones, revisions and arrivals since the release before."""
    found = cached.changes_of(release)
    rows = list(_changes(found, ccg))
    body: pd.DataFrame | Sequence[str] = pd.DataFrame(rows, columns=["What", "Where and how"])
    if not rows:
        body = ["Nothing that readers see has changed."]
    headline = found.sentence.removesuffix(".")
    source = _standing(
        release, bool(cached.told_by(release).synthetic), "Both releases, as their readers were shown them"
    )
    if ccg:
        headline = f"{ccgs()[ccg].short_name}: {len(rows)} changes since the last release"
    return _slide(headline, "What changed since the last deck", body, source, "Invented is never compared with real.")


def _changes(found: Changes, ccg: str | None) -> Iterator[tuple[str, str]]:
    for signal in found.signals:
        if ccg in (None, signal.figure.area):
            yield "New signal", signal.sentence
    for step in found.milestones:
        if ccg in (None, step.now.ccg):
            yield f"Milestone {step.step}", f"{step.now.ccg_name}: {NAMES[step.now.component]}, {slip_cell(step.now)}"
    for revision in found.revisions:
        if ccg in (None, revision.area):
            yield "Revised", revision.sentence
    for fact in dict.fromkeys(one.fact for one in found.arrived):
        members = [one for one in found.arrived if one.fact == fact and ccg in (None, one.ccg)]
        if members:
            kind = "synthetic" if members[0].synthetic else "real"
            yield "Arrived", f"{receipts.FACT_NAMES[fact]} ({kind}), {len(members)} CCGs"
    for fact in dict.fromkeys(gap.fact for gap in found.newly_missing):
        missing = [gap for gap in found.newly_missing if gap.fact == fact and ccg in (None, gap.ccg)]
        if missing:
            yield "Did not arrive", f"{receipts.FACT_NAMES[fact]}, {sum(len(gap.months) for gap in missing)} months"
    if found.first_told and ccg is None:
        yield "First told", ", ".join(measure.name for measure in found.first_told)


def definitions(release: int, _ccg: str | None) -> Slide:
    """The measures of the grid: what each asks and what is better."""
    measures = [cached.measures()[key] for key in GRID]
    table = pd.DataFrame(
        {
            "Measure": [measure.name for measure in measures],
            "Asks": [measure.question for measure in measures],
            "In": [measure.unit for measure in measures],
            "Better": [measure.better for measure in measures],
        }
    )
    notes = "\n\n".join(f"{measure.name}\n{words.definition(measure).replace('**', '')}" for measure in measures)
    source = _standing(release, False, "Manual of measures, docs/measures.md")
    subtitle = "The page Definitions has every measure, how it is worked out and what to beware of"
    return _slide("What the measures ask", subtitle, table, f"{source} {policy_in_force().words}", notes)


MADE: Mapping[str, Make] = {
    "region": region,
    "icons": icons,
    "completeness": completeness,
    "risks": risks,
    "changed": changed,
    "definitions": definitions,
}
"""By the name that a saved deck gives them."""
