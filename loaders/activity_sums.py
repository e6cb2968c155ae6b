"""Whether a Monthly Activity Return adds up, and whose figure is likeliest wrong where it does not."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings
from loaders.rows import Rows

ITEMS = {
    "elective_ordinary_ga": "Elective G&A Ordinary Admissions (FFCEs)",
    "elective_daycase_ga": "Elective G&A Daycase Admissions (FFCEs)",
    "elective_total_ga": "Elective G&A Total Admissions (FFCEs)",
    "elective_planned_ordinary_ga": "Elective G&A Planned Ordinary Admissions (FFCEs)",
    "elective_planned_daycase_ga": "Elective G&A Planned Daycase Admissions (FFCEs)",
    "elective_planned_total_ga": "Elective G&A Planned Total Admissions (FFCEs)",
    "elective_treatment_centres_ga": "Elective G&A Admissions (FFCEs) -NHS Treatment Centres (TCs)",
    "non_elective_ga": "Total Non-elective G&A Admissions (FFCEs)",
    "gp_referrals_made_all": "GP Referrals Made (All specialties)",
    "gp_referrals_seen_all": "GP Referrals Seen (All specialties)",
    "gp_referrals_made_ga": "GP Referrals Made (G&A)",
    "gp_referrals_seen_ga": "GP Referrals Seen (G&A)",
    "other_referrals_made_ga": "Other Referrals Made (G&A)",
    "first_outpatient_attendances_ga": "All 1st Outpatient Attendances (G&A)",
}
"""The column of each item, as published since 2012."""

ENGLAND = "England"
"""Stored as the commissioner of the national row, which has no code."""

TOTALS = (
    ("elective_ordinary_ga", "elective_daycase_ga", "elective_total_ga"),
    ("elective_planned_ordinary_ga", "elective_planned_daycase_ga", "elective_planned_total_ga"),
)
"""Two items, and the third that is their sum."""

FEWEST = 100
"""Organisations below which a sheet cannot be all of England, which had 151 primary care trusts and then CCGs."""


def check_sums(table: pa.Table, rows: Rows) -> pa.Table:
    """The table (`ccg` and a column for each item), without the national row where that is not of all England.

    Each item must add up to England's: one more or less is a warning, more is an error that says
    whose figure is likeliest wrong. When organisations were left out it is one warning.
    """
    findings = rows.findings
    national = pc.equal(table["ccg"], ENGLAND)
    england, listed = table.filter(national), table.filter(pc.invert(national))
    _warn_of_contradictions(listed, findings)
    short = {item: england[item][0].as_py() - (pc.sum(listed[item]).as_py() or 0) for item in ITEMS}
    if min(short.values()) >= 0 and sum(by > 0 for by in short.values()) > len(ITEMS) / 2:
        findings.warn(
            f"The sheet lists {listed.num_rows} organisations, which do not add up to England: others were left out.",
            "Load the whole sheet to have the rest.",
        )
        return table
    for item, by in short.items():
        if by:
            _note_short(listed, item, by, rows)
    if listed.num_rows < FEWEST:
        findings.warn(
            f"The sheet lists {listed.num_rows} organisations and its row for England adds up these alone.",
            "The row for England was left out. Load the whole sheet to have it.",
        )
        return listed
    return table


def _warn_of_contradictions(listed: pa.Table, findings: Findings) -> None:
    for first, second, total in TOTALS:
        over = _contradiction(listed, first, second, total)
        for at in np.flatnonzero(over):
            findings.warn(
                f"{listed['ccg'][at]}: ordinary and daycase admissions together are {abs(over[at]):,} "
                f"{'more' if over[at] > 0 else 'fewer'} than their total.",
                "The three are kept as published.",
                column=ITEMS[total],
            )


def _contradiction(listed: pa.Table, first: str, second: str, total: str) -> np.ndarray:
    """How much the two items of each organisation exceed the total that should be their sum."""
    return pc.subtract(pc.add(listed[first], listed[second]), listed[total]).to_numpy()


def _note_short(listed: pa.Table, item: str, by: int, rows: Rows) -> None:
    """Note that an item is `by` short of England's figure (negative: over it), and who is likeliest the reason."""
    way = f"{abs(by):,} {'short of' if by > 0 else 'over'} England's figure"
    if abs(by) == 1:
        rows.findings.warn(f"The organisations add up to {way}.", "Kept as published.", column=ITEMS[item])
        return
    fits = ", then ".join(movers(listed, item, by)) or "none of the organisations"
    rows.findings.refuse(
        f"The organisations add up to {way}. Whose figure would fit its others best if put right by that: {fits}.",
        "Check these rows and England's against the published sheet.",
        column=ITEMS[item],
    )


def movers(listed: pa.Table, item: str, by: int, history: pa.Table | None = None) -> Sequence[str]:
    """The organisations (at most three, likeliest first) whose figure is likely `by` too low.

    `listed` holds `ccg` and a column for each item, without England. One whose own row says so (an
    ordinary and a daycase figure that miss their total by as much) is given alone. Otherwise each
    figure is held against those that it goes along with most closely: other items of the same
    sheet and, in `history` (month, ccg, item, count), the same item in the three latest months.
    A figure fits better the nearer its ratio to them comes to that of most organisations.

    Tried by spoiling real returns: the organisation is always named for a figure made ten times as
    large, in nine cases of ten for one half as large again, in one of three (in more than half of them
    with history) for one a tenth larger.
    """
    own = _contradicting(listed, item, by)
    if own:
        return own
    figures = listed[item].to_numpy()
    others = [listed[other].to_numpy() for other in ITEMS if other != item]
    companions = np.column_stack([*others, *_past(listed, item, history)])
    gain = _distance(figures, companions, figures) - _distance(figures + by, companions, figures)
    gain[figures + by < 0] = 0
    order = np.argsort(-gain)[:3]
    return [listed["ccg"][int(at)].as_py() for at in order if gain[at] > 0]


def _contradicting(listed: pa.Table, item: str, by: int) -> Sequence[str]:
    for first, second, total in TOTALS:
        if item in (first, second, total):
            over = _contradiction(listed, first, second, total)
            wrong = np.flatnonzero(over == (by if item == total else -by))
            return [listed["ccg"][int(at)].as_py() for at in wrong] if len(wrong) == 1 else []
    return []


def _past(listed: pa.Table, item: str, history: pa.Table | None) -> list[np.ndarray]:
    """The item of each organisation in the three latest months of the history; NaN where it has none."""
    if history is None or not history.num_rows:
        return []
    past = history.filter(pc.equal(history["item"], item))
    found = []
    for month in sorted(pc.unique(past["month"]).to_pylist())[-3:]:
        then = past.filter(pc.equal(past["month"], month))
        counts = then["count"].take(pc.index_in(listed["ccg"], value_set=then["ccg"].combine_chunks()))
        found.append(counts.to_numpy().astype(float))
    return found


def _distance(figures: np.ndarray, companions: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """How far each figure's ratios to its three closest companions are from those usual in `sample`.

    Squared, in units of the usual spread; a ratio further than eight spreads counts as eight.
    """
    usual = np.log(sample + 0.5)[:, np.newaxis] - np.log(companions + 0.5)
    centre = np.nanmedian(usual, axis=0)
    spread = np.maximum(1.4826 * np.nanmedian(np.abs(usual - centre), axis=0), 0.01)
    ratios = np.log(np.maximum(figures, 0) + 0.5)[:, np.newaxis] - np.log(companions + 0.5)
    closest = np.argsort(spread)[:3]
    away = np.minimum(np.abs(ratios - centre) / spread, 8)[:, closest]
    return np.nansum(away**2, axis=1)
