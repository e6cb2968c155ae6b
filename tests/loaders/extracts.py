"""A full RTT extract of any size in the layout since April 2021, its figures invented but adding up."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

PARTS = ("Part_1A", "Part_1B", "Part_2", "Part_2A")
_NUMBERS = (100, 101, 110, 120, 130, 140, 150, 160, 170, 300, 301, 320, 330, 340, 400, 410, 430, 502)
FUNCTIONS = [*(f"C_{number}" for number in _NUMBERS), "X02", "X03", "X04", "X05", "X06", "C_999"]
BANDS = [*(f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)), "Gt 104 Weeks SUM 1"]


def write_extract(path: Path, rows: int, seed: int = 1) -> Path:
    """Write an extract of about `rows` rows (a multiple of 24: the functions and their total)."""
    groups = rows // len(FUNCTIONS)
    rng = np.random.default_rng(seed)
    # Most patients wait a few weeks, few wait long: most cells of a real extract are blank
    mean = 6 * np.exp(-np.arange(len(BANDS)) / 12) * rng.gamma(0.5, 2, (groups, len(FUNCTIONS) - 1, 1))
    each = rng.poisson(mean)
    weeks = np.concatenate([each, each.sum(axis=1, keepdims=True)], axis=1).reshape(-1, len(BANDS))
    group = np.repeat(np.arange(groups), len(FUNCTIONS))
    pa_csv.write_csv(pa.table(_columns(group, weeks)), path)
    return path


def _columns(group: np.ndarray, weeks: np.ndarray) -> dict[str, pa.Array]:
    """The 121 columns: a group is one provider, commissioner and part."""
    part = group % len(PARTS)
    completed = part < 2
    total, unknown = weeks.sum(axis=1), weeks[:, 20]  # any count that adds up over functions will do
    provider, ccg = group // len(PARTS) // 110, group // len(PARTS) % 110
    return {
        "Period": pa.array(["RTT-April-2021"] * len(group)),
        "Provider Parent Org Code": pa.array(["QF7"] * len(group)),
        "Provider Parent Name": pa.array(["SYNTHETIC"] * len(group)),
        "Provider Org Code": pa.array([f"R{at:02d}" for at in provider]),
        "Provider Org Name": pa.array([f"SYNTHETIC PROVIDER {at}, HOSPITAL" for at in provider]),
        "Commissioner Parent Org Code": pa.array(["QF7"] * len(group)),
        "Commissioner Parent Name": pa.array(["SYNTHETIC"] * len(group)),
        "Commissioner Org Code": pa.array([f"{at // 10:02d}{'CDJKLMNPQR'[at % 10]}" for at in ccg]),
        "Commissioner Org Name": pa.array([f"SYNTHETIC COMMISSIONER {at}" for at in ccg]),
        "RTT Part Type": pa.array(PARTS).take(pa.array(part)),
        "RTT Part Description": pa.array(["Synthetic"] * len(group)),
        "Treatment Function Code": pa.array(FUNCTIONS * (len(group) // len(FUNCTIONS))),
        "Treatment Function Name": pa.array(["Synthetic"] * len(group)),
        **{name: _blank_for_none(weeks[:, at]) for at, name in enumerate(BANDS)},
        "Total": pa.array(total, mask=~completed),
        "Patients with unknown clock start date": pa.array(unknown, mask=~completed),
        "Total All": pa.array(total + np.where(completed, unknown, 0)),
    }


def _blank_for_none(patients: np.ndarray) -> pa.Array:
    return pa.array(patients, mask=patients == 0)
