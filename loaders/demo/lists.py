"""Registered lists in the layout of NHSBSA, and practices in that of ODS (epraccur)."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from loaders.demo.files import labels, write_csv
from loaders.demo.places import Practices, whole_shares
from loaders.demo.world import World

QUARTERS = np.arange("2014-04", "2018-04", 3, dtype="datetime64[M]")
REFERENCE_QUARTER = np.datetime64("2015-04")
"""The quarter in which lists equal those of the reference exactly."""

BANDS = ("0-4", "5-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
OF_LIST = np.array([5.5, 11.2, 12.6, 12.6, 11.9, 14.4, 13.1, 10.4, 8.3]) / 100
"""Share of the list in each age band, half of it either sex (assumption)."""

EPRACCUR_COLUMNS = 27
OPENED = "19740401"


def write_lists(folder: Path, world: World) -> list[Path]:
    """One file a quarter, named as NHSBSA names them."""
    lists = patients_by_quarter(world)
    return [_write_quarter(folder, world, first, lists[:, at]) for at, first in enumerate(QUARTERS)]


def patients_by_quarter(world: World) -> np.ndarray:
    """Patients of each practice in each quarter, 0 once it is gone: practices x quarters."""
    practices, rng = world.practices, world.stream(10)
    drift = rng.normal(0, world.programme.list_drift_sd, (len(practices.code), len(QUARTERS))).cumsum(axis=1)
    drift -= drift[:, [int(np.flatnonzero(QUARTERS == REFERENCE_QUARTER)[0])]]
    own = np.rint(practices.patients[:, None] * np.exp(drift)).astype(np.int64)
    is_open = practices.open_on(QUARTERS.astype("datetime64[D]"))
    lists = own * is_open
    np.add.at(lists, practices.heir, own * ~is_open)
    return lists


def _write_quarter(folder: Path, world: World, first: np.datetime64, patients: np.ndarray) -> Path:
    practices, there = world.practices, np.flatnonzero(patients)
    names = [f"{ccg.name.upper()} CCG" for ccg in world.ccgs]
    cells = whole_shares(patients[there], np.repeat(OF_LIST, 2)[None, :] / 2)
    ccg = practices.ccg[there]
    columns = {
        "Regional Office Name": pa.repeat("SYNTHETIC", len(there)),
        "Regional Office Code": pa.repeat("SYN", len(there)),
        "Area Team Name": pa.repeat("SYNTHETIC", len(there)),
        "Area Team Code": pa.repeat("SYN", len(there)),
        "PCO Name": labels(names, ccg),
        "PCO Code": labels([f"{code}00" for code in world.ccg_codes], ccg),
        "Practice Name": labels([name.upper() for name in practice_names(practices)], there),
        "Practice Code": labels(practices.code, there),
    }
    bands = [f"{sex} {band}" for band in BANDS for sex in ("Male", "Female")]
    columns |= {band: pa.array(cells[:, number]) for number, band in enumerate(bands)}
    months = f"{first}-{str(first + 2)[-2:]}".replace("-", "_", 1)
    return write_csv(folder / f"Patient_List_Size_{months}.csv", pa.table(columns))


def practice_names(practices: Practices) -> list[str]:
    """A plain name for each invented practice."""
    return [f"Synthetic practice {code}" for code in practices.code]


def write_practices(folder: Path, world: World) -> list[Path]:
    """The ODS list of practices at the start and at the end of the programme."""
    return [_write_epraccur(folder, world, np.datetime64(month)) for month in ("2014-04", "2018-03")]


def _write_epraccur(folder: Path, world: World, month: np.datetime64) -> Path:
    """27 columns without a header, every cell quoted."""
    practices = world.practices
    closed = practices.closed <= month.astype("datetime64[D]")
    count = len(practices.code)
    codes = labels(world.ccg_codes, practices.ccg)
    last = np.where(closed, np.char.replace((practices.closed - 1).astype(str), "-", ""), "")
    columns = [pa.repeat("", count)] * EPRACCUR_COLUMNS
    columns[0] = pa.array(practices.code)
    columns[1] = pa.array([name.upper() for name in practice_names(practices)])
    columns[2] = columns[3] = pa.repeat("SYN", count)
    columns[4] = pa.repeat("SYNTHETIC", count)
    columns[10] = pa.repeat(OPENED, count)
    columns[11] = pa.array(last)
    columns[12] = labels(("A", "C"), closed)
    columns[13] = pa.repeat("B", count)
    columns[14] = columns[23] = codes
    columns[15] = pa.repeat("20130401", count)
    columns[25] = pa.repeat("4", count)
    rows = pa.table(columns, names=[str(number) for number in range(EPRACCUR_COLUMNS)])
    path = folder / f"{str(month).replace('-', '_')}_epraccur.csv"
    pa_csv.write_csv(rows, path, pa_csv.WriteOptions(include_header=False))
    return path
