"""What the records of general practices hold about back pain: the table `practice_coding`."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import Contract, Field
from loaders.extract import DATA_STATUS, EXTRACTED, read_extract, recognises
from loaders.months import first_of_month, months_between
from loaders.pathway import ABOUT_THE_REFERRAL
from loaders.reading import Source
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading
from loaders.tables import PRACTICE_CODING

_SHARED = {field.name: field for field in ABOUT_THE_REFERRAL}


def _count(name: str, about: str, example: str) -> Field:
    return Field(name, "whole", about, True, lowest=0, example=example)


CONTRACT = Contract(
    "coding",
    "Practice coding",
    "One row for each general practice and month, from a search of its records.",
    ("practice", "episodes", "gp_lumbar_mri"),
    (
        Field("sender", "code", "who ran the search: a code of yours, the same every time", True, example="DS1"),
        Field("practice", "code", "general practice searched (ODS code)", True, example="A81001"),
        _SHARED["ccg"],
        Field("month", "month", "month counted", True, example="2016-05"),
        _count("episodes", "new low back pain episodes", "31"),
        _count("start_back_low", "of them with STarT Back low within 6 weeks", "6"),
        _count("start_back_medium", "of them with STarT Back medium within 6 weeks", "5"),
        _count("start_back_high", "of them with STarT Back high within 6 weeks", "3"),
        _count("gp_lumbar_mri", "lumbar MRI scans requested by the practice", "2"),
        EXTRACTED,
        DATA_STATUS,
    ),
)


def read(source: Source, instructions: Instructions) -> Reading:
    """A file of practice coding as a reading; LoadRefused with every problem in it."""
    extract = read_extract(source, CONTRACT, instructions)
    rows = extract.rows
    _check(rows)
    rows.findings.stop_if_refused()
    rows = rows.with_column("slice", pc.binary_join_element_wise("coding", rows["sender"], " "))
    months = rows.values.group_by("slice").aggregate([("month", "min_max")]).to_pylist()
    kept = [column.name for column in PRACTICE_CODING.columns if column.name in rows.values.column_names]
    return Reading(
        kind=CONTRACT.key,
        sender=", ".join(sorted(pc.unique(rows["sender"]).to_pylist())),
        tables={"practice_coding": rows.values.select(kept)},
        covers={row["slice"]: months_between(*row["month_min_max"].values()) for row in months},
        extracted=extract.extracted,
        synthetic=extract.synthetic,
        warnings=rows.findings.warnings,
    )


def _check(rows: Rows) -> None:
    repeated = rows.repeated("practice", "month")
    rows.refuse(repeated, "month", "The practice has this month further up already.", "Send one row for each.")
    recorded = pc.add(pc.add(rows["start_back_low"], rows["start_back_medium"]), rows["start_back_high"])
    why = "STarT Back low, medium and high add up to more than the episodes."
    rows.refuse(pc.greater(recorded, rows["episodes"]), "episodes", why, "Count each episode once.")
    day_after = pc.add(rows["extracted"].cast(pa.int32()), pa.scalar(1, pa.int32())).cast(pa.date32())
    unfinished = pc.equal(rows["month"], first_of_month(day_after))
    rows.warn(unfinished, "month", "The month was not over when the extract was drawn.", "Send it again when it is.")


KIND = Kind(CONTRACT.key, "practice coding", recognises(CONTRACT), read)
