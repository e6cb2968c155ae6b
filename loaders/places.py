"""The 12 CCGs of the programme as they were in 2015, and the codes that stood for them before."""

import csv
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from loaders.rows import Rows

REFERENCE = Path(__file__).parents[1] / "data" / "reference"


@cache
def ccg_names() -> dict[str, str]:
    """Name of each CCG by its 2015 code, the analysis key for ever."""
    return {row["code"]: row["name"] for row in reference_rows("ccgs")}


@cache
def predecessors() -> dict[str, str]:
    """2015 code by the code of each CCG that had merged into one of the 12 by then."""
    own = ccg_names()
    merged = [(row["from_code"], row["to_code"]) for row in reference_rows("mergers")]
    return {old: new for old, new in merged if new in own and old not in own}


def reference_rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV in data/reference; lines that begin with # are notes."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def with_2015_ccgs(rows: Rows) -> Rows:
    """The rows with `ccg` as its 2015 code; a code that is none of the 12 is refused."""
    key = {**{code: code for code in ccg_names()}, **predecessors()}
    at = pc.index_in(rows["ccg"], pa.array(list(key)))
    unknown = pc.and_(pc.is_valid(rows["ccg"]), pc.is_null(at))
    remedy = f"Send the practice's CCG of 2015: {', '.join(f'{code} {name}' for code, name in ccg_names().items())}."
    rows.refuse(unknown, "ccg", "This is none of the 12 CCGs of the programme.", remedy)
    return rows.with_column("ccg", pa.array(list(key.values())).take(at))
