"""The files that are loaded, synthetic and of any size.

python -m tests.benchmarks.submissions FOLDER REFERRALS EXTRACT_ROWS writes `pathway.csv`, `rtt.csv` and,
in the folder `all`, what the measures are asked about.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from loaders.activity_sums import ENGLAND, ITEMS
from loaders.demo.coding import write_coding
from loaders.demo.files import write_csv, write_parquet, write_workbook
from loaders.demo.lists import write_lists, write_practices
from loaders.demo.procedures import procedure_rows
from loaders.demo.programme import EXTRACTED, MONTHS, Programme
from loaders.demo.rollout import rollout_sheets
from loaders.demo.scores import score_rows
from loaders.demo.submissions import pathway_rows
from loaders.demo.world import World, make_world
from loaders.periods import MONTHS as NAMES
from loaders.periods import financial_year_of
from loaders.places import reference_rows
from tests.loaders.extracts import FUNCTIONS, write_extract
from tests.loaders.published import pasted

OF_THE_DEMO = 58_500
"""Referrals that the demo's programme makes."""

EXTRACT_MONTHS = [f"{name.title()}-2021" for name in NAMES[3:]]
"""Months of the RTT extracts that measures are asked about: those of 2021 with 104 bands."""

COMMISSIONERS = [
    *(row["code"] for row in reference_rows("ccgs")),
    *(f"{at // 10:02d}{'ABESUVWXYZ'[at % 10]}" for at in range(200)),
]
"""Codes of all England: the programme's CCGs, and as many invented ones as there were others."""


def write(folder: Path, referrals: int, extract_rows: int) -> dict[str, int]:
    """Write the files and say how many rows the two that are timed have."""
    together = folder / "all"
    together.mkdir()
    world = world_of(referrals)
    rows = referral_rows(world)
    write_csv(folder / "pathway.csv", rows)
    write_parquet(together / "pathway.parquet", rows)
    write_extract(folder / "rtt.csv", extract_rows)
    write_others(together, world, extract_rows // 4)
    return {"referrals": rows.num_rows, "extract": extract_rows // len(FUNCTIONS) * len(FUNCTIONS)}


def world_of(referrals: int) -> World:
    """The demo's programme with about so many referrals in its four years."""
    programme = Programme()
    rate = programme.referrals_per_1000 * referrals / OF_THE_DEMO
    return make_world(replace(programme, referrals_per_1000=rate), seed=1)


def referral_rows(world: World) -> pa.Table:
    """Every referral as a row of one submission, drawn on one day."""
    rows = pathway_rows(world)
    drawn = pa.repeat(pa.scalar(EXTRACTED.item()), rows.num_rows)
    return rows.set_column(rows.column_names.index("extracted"), "extracted", drawn)


def write_others(folder: Path, world: World, extract_rows: int) -> None:
    """Everything else that measures are worked out from, in the layouts in which it is received."""
    write_lists(folder, world)
    write_practices(folder, world)
    write_coding(folder, world)
    write_csv(folder / "prom_scores.csv", score_rows(world))
    write_csv(folder / "procedures.csv", procedure_rows(world))
    write_workbook(folder / "rollout.xlsx", rollout_sheets(world))
    _write_extracts(folder, extract_rows)
    _write_activity(folder)
    _write_prescribing(folder)


def _write_extracts(folder: Path, rows: int) -> None:
    """A full RTT extract for each month: the same figures under another month."""
    april = write_extract(folder / "rtt.csv", rows)
    content = april.read_bytes()
    april.unlink()
    for month in EXTRACT_MONTHS:
        (folder / f"rtt_{month}.csv").write_bytes(content.replace(b"RTT-April-2021", f"RTT-{month}".encode()))


def _write_activity(folder: Path) -> None:
    """A Monthly Activity Return for each month of the programme."""
    counts = np.random.default_rng(2).integers(0, 9_000, (len(MONTHS), len(COMMISSIONERS), len(ITEMS)))
    for month, figures in zip(MONTHS.astype(object), counts.tolist(), strict=True):
        stands = [financial_year_of(month), NAMES[month.month - 1].upper()]
        rows = [[*stands, "SYNTHETIC", code, code, *row] for code, row in zip(COMMISSIONERS, figures, strict=True)]
        england = [*stands, "", "", ENGLAND, *([0] * len(ITEMS))]
        header = ["Year", "Period", "Region Name", "Org Code", "Org Name", *ITEMS.values()]
        content = pasted({"Period:": f"{month:%B %Y}"}, header, [england, *rows])
        (folder / f"activity_{month:%Y_%m}.csv").write_bytes(content)


def _write_prescribing(folder: Path) -> None:
    """Opioids and gabapentinoids, for every CCG and month."""
    month, ccg = (axis.ravel() for axis in np.meshgrid(MONTHS.astype(str), COMMISSIONERS))
    rng = np.random.default_rng(3)
    opioids = {
        "month": np.char.add(month, "-01"),
        "code": ccg,
        "numerator": rng.uniform(1e6, 9e6, len(ccg)).round(2),
        "denominator": rng.uniform(100, 600, len(ccg)).round(3),
        "data_status": np.repeat("synthetic", len(ccg)),
    }
    drugs = [
        pa.table(
            {
                "pct": ccg,
                "month": opioids["month"],
                "drug": np.repeat(drug, len(ccg)),
                "gaba_ddd": rng.uniform(1e3, 9e4, len(ccg)).round(1),
                "data_status": opioids["data_status"],
            }
        )
        for drug in ("gabapentin", "pregabalin")
    ]
    pa_csv.write_csv(pa.table(opioids), folder / "opioids.csv")
    pa_csv.write_csv(pa.concat_tables(drugs), folder / "gabapentinoids.csv")


if __name__ == "__main__":
    print(json.dumps(write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
