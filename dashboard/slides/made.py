"""Slides that no page has: the region or a CCG in a page, completeness, risks, definitions; and all such by name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard import cached, receipts, words
from dashboard.milestones import NAMES, day_cell, slip_cell
from dashboard.rollout import AS_SENT, SOURCE
from dashboard.rollout import stamp as ledger_stamp
from dashboard.slides.directions import GRID, icons
from dashboard.slides.since import changed
from dashboard.slides.slide import Slide
from dashboard.slides.summary import months_words, standing, summary
from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.disclosure import policy_in_force
from metrics.receipt import MONTHLY, Gap
from metrics.selection import months_between

Make = Callable[[int, str | None], Slide]
"""Release and, for the pack of one CCG, its code, to slide."""


def region(release: int, _ccg: str | None) -> Slide:
    """The region in three findings."""
    found = cached.findings_of(release)
    said = [text for one in found for text in (one.headline, one.detail)]
    source = standing(release, any(one.synthetic for one in found), "Rollout workbook and pathway submissions")
    notes = "Which finding is written is settled by rules and never by the result."
    return summary(found[0].headline, "The region in three findings", said, source, notes)


# ---- Completeness


def profile(release: int, ccg: str | None) -> Slide:
    """One CCG in three messages; raises ValueError without a CCG."""
    if ccg is None:
        raise ValueError("The summary 'profile' is of one CCG: name it under its choices.")
    found = cached.profile_of(release, ccg)
    said = [text for message in found.messages for text in (message.lead, message.rest) if text]
    synthetic = any(track.last.figure.synthetic for track in found.tracks)
    source = standing(
        release, synthetic, "Every measure with a value, the rollout workbook, the register of submissions"
    )
    body = [text for message in found.messages for text in (message.lead, message.rest)]
    name = ccgs()[ccg].short_name
    return summary(f"{name} in a page", "Better or worse, the worst step, place and gaps", body, source, " ".join(said))


def completeness(release: int, ccg: str | None) -> Slide:
    """How many months of each table arrived for each CCG."""
    facts = {fact: held for fact, held in cached.facts_received(release).items() if fact in MONTHLY}
    gaps = [gap for gap in cached.told_by(release).gaps if ccg in (None, gap.ccg)]
    table = pd.DataFrame({"CCG": [held.short_name for held in ccgs().values()]})
    for fact, held in facts.items():
        table[receipts.FACT_NAMES[fact]] = [_received(held, code) for code in ccgs()]
    if ccg:
        table = table[table["CCG"] == ccgs()[ccg].short_name].drop(columns="CCG").T.reset_index()
        table.columns = ["What", "Months received"]
    months = sum(len(gap.months) for gap in gaps)
    headline = f"{months_words(months)} of expected data did not arrive" if months else "All expected data arrived"
    subtitle = "Months received of those from the first to the last that any CCG sent"
    synthetic = bool(cached.told_by(release).synthetic)
    source = standing(release, synthetic, "Register of submissions")
    return summary(headline, subtitle, table, source, "Expected and not received:\n" + "\n".join(map(_gap, gaps)))


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
        source = standing(release, False, SOURCE)
        return summary(
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
    headline = f"{len(late)} {'milestone' if len(late) == 1 else 'milestones'}{where} not yet reached, late or given up"
    headline = headline if late else f"No milestone{where} is late or given up"
    body: pd.DataFrame | Sequence[str] = table if late else ["Every milestone is reached, or on its planned date."]
    release_of = cached.engine(release).release
    return summary(headline, f"Ledger as at {held.as_at:%d %b %Y}", body, ledger_stamp(held, release_of), AS_SENT)


def _at_risk(row: Milestone) -> bool:
    return row.actual is None and (row.standing in ("overdue", "stopped") or (row.slip or 0) > 0)


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
    source = standing(release, False, "Manual of measures, docs/measures.md")
    subtitle = "The page Definitions has every measure, how it is worked out and what to beware of"
    return summary("What the measures ask", subtitle, table, f"{source} {policy_in_force().words}", notes)


MADE: Mapping[str, Make] = {
    "region": region,
    "profile": profile,
    "icons": icons,
    "completeness": completeness,
    "risks": risks,
    "changed": changed,
    "definitions": definitions,
}
"""By the name that a saved deck gives them."""
