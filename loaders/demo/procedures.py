"""Hospital spells for back pain: injections that should fall, nerve root blocks that should rise, and others.

Codes as in the code sets of the programme (OPCS-4, ICD-10). Rates are assumptions, but for facet
injections: about 67,000 in England in 2010/11 (RCS), which is 1.26 per 1,000 people a year.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.demo.arrivals import patients_by_month
from loaders.demo.files import labels
from loaders.demo.places import PROVIDERS, adopted_share
from loaders.demo.programme import EXTRACTED, MONTHS
from loaders.demo.world import World


@dataclass(frozen=True)
class Procedure:
    """Courses per 1,000 people a year, the coding choices, the chance of 1, 2, ... spells a course, and cost."""

    courses_per_1000: float
    procedures: tuple[str, ...]
    diagnoses: tuple[str, ...]
    spells: tuple[float, ...]
    cost: int
    changes: Literal["low_value", "nerve_root_block", ""] = ""


LUMBAR = "Z67.6"

PROCEDURES = (
    # About 6% of patients have three or more facet injections in a year (GIRFT)
    Procedure(0.95, (f"V54.4;{LUMBAR}", "V54.4"), ("M54.5", "M54.5;I10"), (0.80, 0.13, 0.05, 0.02), 560, "low_value"),
    Procedure(0.12, ("V54.4",), ("M47.8",), (0.85, 0.15), 560),
    Procedure(0.10, ("A52.1", "A57.7"), ("M54.5",), (0.9, 0.1), 610, "low_value"),
    Procedure(
        0.45, ("A52.1;Z07.3", "A57.7", "A52.2"), ("M54.4", "M54.3", "M51.1"), (0.9, 0.1), 640, "nerve_root_block"
    ),
    Procedure(0.15, ("V33.7;Z99.3", "V25.5"), ("M51.1", "M48.0"), (1.0,), 4_400),
    Procedure(0.08, ("V48.5", "V48.7"), ("M54.5",), (0.9, 0.1), 980),
    Procedure(0.02, ("V38.2", "V40.4"), ("M54.5", "M43.1"), (1.0,), 8_900),
)

REPEAT_AFTER, REPEAT_SPREAD = 75, 60
"""Days from one injection of a course to the next: at least, and how much more at most (assumption)."""


def procedure_rows(world: World) -> pa.Table:
    """One row per spell in the months of the programme, in order of admission."""
    rng = world.stream(9)
    patients, adopted = _by_ccg(world)
    parts = [_spells(world, kind, patients, adopted, rng) for kind in PROCEDURES]
    parts = [part.append_column("kind", pa.repeat(at, part.num_rows)) for at, part in enumerate(parts)]
    order = [("admitted", "ascending"), ("ccg", "ascending"), ("kind", "ascending"), ("course", "ascending")]
    rows = pa.concat_tables(parts).sort_by(order)
    patient = pc.binary_join_element_wise(rows["kind"].cast(pa.string()), rows["course"].cast(pa.string()), ".")
    patient = pc.dictionary_encode(patient).combine_chunks().indices
    columns = {"spell_id": _names("SP", np.arange(rows.num_rows)), "patient": _names("PT", patient.to_numpy())}
    return pa.table({**columns, **{name: rows[name] for name in rows.column_names if name not in ("kind", "course")}})


def _by_ccg(world: World) -> tuple[np.ndarray, np.ndarray]:
    """List and share of it with practices that have adopted: CCGs x months."""
    patients = patients_by_month(world.practices)
    member = (world.practices.ccg == np.arange(len(world.ccgs))[:, None]).astype(float)
    return member @ patients, (member @ (patients * adopted_share(world.practices))) / (member @ patients)


def _spells(
    world: World, kind: Procedure, patients: np.ndarray, adopted: np.ndarray, rng: np.random.Generator
) -> pa.Table:
    told = world.programme
    effect = {"low_value": told.low_value_effect, "nerve_root_block": told.nerve_root_block_effect}
    rate = patients * kind.courses_per_1000 / 1000 / 12 * np.exp(effect.get(kind.changes, 0.0) * adopted)
    courses = rng.poisson(rate).ravel()
    ccg, month = (np.repeat(index.ravel(), courses) for index in np.indices(rate.shape))
    course, repeat = _courses(kind, len(ccg), rng)
    first = MONTHS[month].astype("datetime64[D]") + rng.integers(0, 28, len(ccg))
    gap = REPEAT_AFTER + rng.integers(0, REPEAT_SPREAD, len(course))
    admitted = first[course] + repeat * gap
    known = admitted < (MONTHS[-1] + 1).astype("datetime64[D]")
    course, admitted = course[known], admitted[known]
    count, there = len(course), ccg[course]
    return pa.table(
        {
            "course": pa.array(course),
            "provider": labels(PROVIDERS, np.array([c.provider for c in world.ccgs])[there]),
            "ccg": labels(world.ccg_codes, there),
            "admitted": pa.array(admitted),
            "procedures": labels(kind.procedures, rng.integers(0, len(kind.procedures), count)),
            "diagnoses": labels(kind.diagnoses, rng.integers(0, len(kind.diagnoses), count)),
            "cost": pa.array(np.rint(kind.cost * rng.lognormal(0, 0.12, count))),
            "extracted": pa.repeat(pa.scalar(EXTRACTED.item()), count),
            "data_status": pa.repeat("synthetic", count),
        }
    )


def _courses(kind: Procedure, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """For each spell: its course, and how many spells of the course came before it."""
    spells = 1 + rng.choice(len(kind.spells), count, p=kind.spells)
    course = np.repeat(np.arange(count), spells)
    return course, np.arange(len(course)) - np.repeat(np.cumsum(spells) - spells, spells)


def _names(prefix: str, number: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(pa.array(number).cast(pa.string()), 5, "0"), "-")
