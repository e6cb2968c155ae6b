"""Scores of patient-reported outcome measures (PROMs): the table `outcome_score`."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import Contract, Field
from loaders.extract import DATA_STATUS, EXTRACTED, read_extract, recognises
from loaders.months import first_of_month, months_between
from loaders.pathway import ABOUT_THE_REFERRAL, PROVIDER, REFERRAL_ID
from loaders.reading import Source
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading
from loaders.tables import OUTCOME_SCORE

SCALES = {
    "ODI": (0, 100),
    "EQ-5D-5L": (-0.6, 1),
    "PAIN_NRS": (0, 10),
    "GAD-7": (0, 21),
    "PHQ-9": (0, 27),
    "STARTBACK": (0, 9),
}
"""Lowest and highest score of each instrument. EQ-5D-5L is the index; the lowest UK value is about -0.594."""

_SHARED = {field.name: field for field in ABOUT_THE_REFERRAL}

CONTRACT = Contract(
    "outcomes",
    "PROM scores",
    "One row for each form filled in: a referral, an instrument and a time point.",
    ("referral_id", "instrument", "time_point"),
    (
        REFERRAL_ID,
        PROVIDER,
        Field("practice", "code", _SHARED["practice"].about, example="A81001"),
        _SHARED["ccg"],
        Field("instrument", "text", "the questionnaire", True, tuple(SCALES), example="ODI"),
        Field(
            "time_point",
            "text",
            "when in the pathway it was filled in",
            True,
            ("baseline", "discharge", "6_months", "12_months"),
            example="baseline",
        ),
        Field("completed", "date", "day the form was filled in", True, example="2015-06-22"),
        Field("score", "number", "total score on the instrument's own scale", True, example="42"),
        _SHARED["pain_duration"],
        _SHARED["start_back"],
        EXTRACTED,
        DATA_STATUS,
    ),
)


def read(source: Source, instructions: Instructions) -> Reading:
    """A file of PROM scores as a reading; LoadRefused with every problem in it."""
    extract = read_extract(source, CONTRACT, instructions)
    rows = _with_baselines(extract.rows)
    _check(rows)
    rows.findings.stop_if_refused()
    assert extract.extracted is not None  # a blank one was refused
    scores = _scores(rows)
    return Reading(
        kind=CONTRACT.key,
        sender=", ".join(sorted(pc.unique(scores["provider"]).to_pylist())),
        tables={"outcome_score": scores},
        covers=_covers(scores, extract.extracted),
        extracted=extract.extracted,
        synthetic=extract.synthetic,
        warnings=rows.findings.warnings,
    )


def _with_baselines(rows: Rows) -> Rows:
    """The rows with day and score of the same person's baseline on the same instrument, null without one."""
    key = pc.binary_join_element_wise(rows["provider"], rows["referral_id"], rows["instrument"], "\x1f")
    baseline = pc.fill_null(pc.equal(rows["time_point"], "baseline"), False)
    at = pc.index_in(key, key.filter(baseline), skip_nulls=True)
    rows = rows.with_column("baseline_completed", rows["completed"].filter(baseline).take(at))
    return rows.with_column("baseline_score", rows["score"].filter(baseline).take(at))


def _check(rows: Rows) -> None:
    repeated = rows.repeated("provider", "referral_id", "instrument", "time_point")
    rows.refuse(repeated, "time_point", "This form stands further up already.", "Send one row for each.")
    for instrument, (lowest, highest) in SCALES.items():
        outside = pc.or_(pc.less(rows["score"], lowest), pc.greater(rows["score"], highest))
        wrong = pc.and_(pc.equal(rows["instrument"], instrument), outside)
        rows.refuse(
            wrong, "score", f"{instrument} runs from {lowest} to {highest}.", "Correct the score or instrument."
        )
    early = pc.less(rows["completed"], rows["baseline_completed"])
    rows.refuse(early, "completed", "The form is older than the baseline.", "Correct the date or the time point.")
    alone = pc.and_(pc.is_valid(rows["time_point"]), pc.is_null(rows["baseline_score"]))
    rows.warn(alone, "time_point", "There is no baseline: no change can be worked out.", "Send the baseline form.")


def _scores(rows: Rows) -> pa.Table:
    followed_up = pc.not_equal(rows["time_point"], "baseline")
    change = pc.subtract(rows["score"], rows["baseline_score"])
    rows = rows.with_column("change", pc.if_else(followed_up, change, pa.scalar(None, pa.float64())))
    followed = pc.subtract(rows["extracted"].cast(pa.int32()), rows["baseline_completed"].cast(pa.int32()))
    rows = rows.with_column("followed", followed)
    rows = rows.with_column("month", first_of_month(pc.coalesce(rows["baseline_completed"], rows["completed"])))
    rows = rows.with_column("slice", pc.binary_join_element_wise("outcomes", rows["provider"], " "))
    return rows.values.select(
        [column.name for column in OUTCOME_SCORE.columns if column.name in rows.values.column_names]
    )


def _covers(scores: pa.Table, extracted: date) -> dict[str, list[date]]:
    """All months of each provider from its first: an extract holds every form since then."""
    firsts = scores.group_by("slice").aggregate([("month", "min")]).to_pylist()
    return {row["slice"]: months_between(row["month_min"], extracted) for row in firsts}


KIND = Kind(CONTRACT.key, "PROM scores", recognises(CONTRACT), read)
