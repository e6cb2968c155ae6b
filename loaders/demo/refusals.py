"""Small submissions that a loader must refuse, one fault a file: for trying out, never among the files to load."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from loaders.demo.files import write_csv
from loaders.demo.places import PROVIDERS

ROWS = 20


def write_refusals(folder: Path, rows: pa.Table) -> dict[str, str]:
    """One file for each fault, made from the last ended referrals of a good submission; what is wrong, by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    good = rows.filter(pc.and_(pc.equal(rows["provider"], PROVIDERS[0]), pc.is_valid(rows["discharged"])))
    good = good.slice(good.num_rows - ROWS)
    text = pa.table({name: pc.fill_null(good[name].cast(pa.string()), "") for name in good.column_names})
    faulty = {
        "pathway_duplicates.csv": (pa.concat_tables([text, text.slice(3, 2)]), "rows 5 and 6 stand again at the end"),
        "pathway_impossible_dates.csv": (
            _impossible_dates(text),
            "31/02/2016 in row 3; discharged before received in row 5",
        ),
        "pathway_unknown_ccg.csv": (_with(text, "ccg", {4: "15N"}), "row 6 has a CCG outside the programme"),
        "pathway_mixed_extracts.csv": (
            _with(text, "extracted", {7: "2018-02-28"}),
            "row 9 has another date of extract",
        ),
        "pathway_mixed_status.csv": (_with(text, "data_status", {2: "real"}), "row 4 says real, the others synthetic"),
    }
    for name, (table, _) in faulty.items():
        write_csv(folder / name, table)
    return {name: words for name, (_, words) in faulty.items()}


def _impossible_dates(rows: pa.Table) -> pa.Table:
    return _with(_with(rows, "received", {1: "31/02/2016"}), "discharged", {3: "2014-01-06"})


def _with(rows: pa.Table, column: str, values: dict[int, str]) -> pa.Table:
    """The rows with some values of one column replaced; the first row is 0, which is row 2 of the file."""
    changed = rows[column].to_pylist()
    for at, value in values.items():
        changed[at] = value
    return rows.set_column(rows.column_names.index(column), column, pa.array(changed))
