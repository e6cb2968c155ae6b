"""What searches of GP records find in each practice and month, sent by two teams."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.demo.arrivals import patients_by_month
from loaders.demo.files import labels, write_csv
from loaders.demo.places import adopted_share
from loaders.demo.programme import EXTRACTED, MONTHS
from loaders.demo.world import World

SENDERS = ("DS1", "DS2")
NORTH = ("00J", "00L", "00N", "00P", "13T", "99C")
"""The CCGs whose practices are searched by the second team."""


def write_coding(folder: Path, world: World) -> list[Path]:
    """One file a team."""
    rows = coding_rows(world)
    parts = {sender: rows.filter(pc.equal(rows["sender"], sender)) for sender in SENDERS}
    return [write_csv(folder / f"practice_coding_{sender}.csv", part) for sender, part in parts.items()]


def coding_rows(world: World) -> pa.Table:
    """One row per practice and month, while the practice is open."""
    programme, practices, codes, rng = world.programme, world.practices, world.ccg_codes, world.stream(8)
    patients, adopted = patients_by_month(practices) / 1000, adopted_share(practices)
    episodes = rng.poisson(patients * programme.episodes_per_1000)
    before, after = programme.coded
    coded = rng.binomial(episodes, before + (after - before) * adopted)
    low, medium, high = np.moveaxis(rng.multinomial(coded, programme.coded_risks), -1, 0)
    scans = rng.poisson(patients * programme.gp_mri_per_1000 * np.exp(programme.gp_mri_effect * adopted))
    practice, month = np.nonzero(patients)
    return pa.table(
        {
            "sender": labels(SENDERS, np.isin(codes, NORTH)[practices.ccg][practice]),
            "practice": labels(practices.code, practice),
            "ccg": labels(codes, practices.ccg[practice]),
            "month": labels(MONTHS.astype(str), month),
            "episodes": pa.array(episodes[practice, month]),
            "start_back_low": pa.array(low[practice, month]),
            "start_back_medium": pa.array(medium[practice, month]),
            "start_back_high": pa.array(high[practice, month]),
            "gp_lumbar_mri": pa.array(scans[practice, month]),
            "extracted": pa.repeat(pa.scalar(EXTRACTED.item()), len(practice)),
            "data_status": pa.repeat("synthetic", len(practice)),
        }
    )
