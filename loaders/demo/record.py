"""The truth as files beside the submissions, for tests and for readers: all in the folder `truth`.

`cells.parquet` goes by the month received, `assessed.parquet` by the month assessed, `truth.json` says what the
columns are, and holds the mean effects, the rollout, the faults and every parameter.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from loaders.demo.faults import planted
from loaders.demo.files import labels, write_parquet
from loaders.demo.pathway import AFTER_REVIEW
from loaders.demo.places import PROVIDERS, Ccg
from loaders.demo.programme import EXTRACTED, MONTHS
from loaders.demo.truth import HORIZONS, Truth
from loaders.demo.world import World

WAITED = ("assessed", "imaging", "core_therapy", "nerve_root_block", "surgical_opinion", "surgery", "pain_clinic")
"""The steps whose waits are known exactly: all but the Combined Programme, whose cohorts make a queue."""

CONVERTED = ("assessed", "imaging", "core_therapy", *AFTER_REVIEW)

ABOUT = {
    "share_triaged": "share of the referrals made in the cell that went to Triage and Treat, as drawn",
    "median_days": "median days from request to step of the cohort received in the month, if nobody left",
    "log_effect": "log of median_days over median_days_without",
    "reached_N": "chance of the step within N days: of those referred (assessed), of those assessed (other steps)",
    "_without": "the same cell had nobody gone to Triage and Treat",
    "mean_log_effect": "mean of log_effect over the cells from the month of go-live on: an imputation ATT estimates it",
    "by_ccg": "the same for each CCG that is live",
    "clean": "the same for the early CCGs until the first following CCG goes live",
}


def write_truth(folder: Path, world: World, refused: Mapping[str, str]) -> None:
    """Write the truth into a folder of its own. `refused` says what is wrong with each file that must be refused."""
    folder.mkdir(parents=True, exist_ok=True)
    truth, ccgs = Truth(world), world.ccgs
    cells = pa.concat_tables(_cells(truth, ccgs, step) for step in WAITED)
    write_parquet(folder / "cells.parquet", cells)
    write_parquet(
        folder / "assessed.parquet", pa.concat_tables(_assessed(truth, world, step) for step in CONVERTED[1:])
    )
    record = {
        "about": ABOUT,
        "seed": world.seed,
        "months": [str(MONTHS[0]), str(MONTHS[-1])],
        "extracted": str(EXTRACTED),
        "ccgs": {ccg.code: _rollout(ccg) for ccg in ccgs},
        "effects": _effects(truth, ccgs),
        "faults": [asdict(fault) for fault in planted(world.referrals, world.dates, world.practices)],
        "refused": refused,
        "programme": asdict(world.programme),
    }
    text = json.dumps(record, indent=1, ensure_ascii=False, default=float)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")


def _cells(truth: Truth, ccgs: list[Ccg], step: str) -> pa.Table:
    """One row per CCG, month received and step."""
    none = np.zeros_like(truth.triaged)
    median, without = truth.median(step, truth.triaged), truth.median(step, none)
    ccg, month = (index.ravel() for index in np.indices(none.shape))
    columns = {
        "ccg": labels([c.code for c in ccgs], ccg),
        "month": pa.array(MONTHS[month].astype("datetime64[D]")),
        "step": pa.repeat(step, len(ccg)),
        "live": pa.array(truth.live.ravel()),
        "referrals": pa.array(truth.referrals.ravel()),
        "share_triaged": pa.array(truth.triaged.ravel()),
        "median_days": pa.array(median.ravel()),
        "median_days_without": pa.array(without.ravel()),
        "log_effect": pa.array(np.log(median / without).ravel()),
    }
    return pa.table({**columns, **dict(_conversions(truth, step, none))})


def _conversions(truth: Truth, step: str, none: np.ndarray) -> Iterator[tuple[str, pa.Array]]:
    unknown = np.full((len(HORIZONS), none.size), np.nan)
    for ending, triaged in (("", truth.triaged), ("_without", none)):
        chances = truth.reached(step, triaged) if step in CONVERTED else unknown
        for horizon, chance in zip(HORIZONS, chances, strict=True):
            yield f"reached_{horizon}{ending}", pa.array(chance.ravel(), from_pandas=True)


def _assessed(truth: Truth, world: World, step: str) -> pa.Table:
    """One row per CCG, month assessed and step: the mean of what the chances of those people are."""
    seen = ~np.isnat(world.dates["assessed"])
    people, day = world.referrals.kept(seen), world.dates["assessed"][seen]
    cell = people.ccg * len(MONTHS) + (day.astype("datetime64[M]") - MONTHS[0]).astype(int)
    cells, at, count = np.unique(cell, return_inverse=True, return_counts=True)
    chances = truth.chances(step)
    columns = {
        "ccg": labels(world.ccg_codes, cells // len(MONTHS)),
        "month": pa.array(MONTHS[cells % len(MONTHS)].astype("datetime64[D]")),
        "step": pa.repeat(step, len(cells)),
        "assessed": pa.array(count),
        "share_triaged": pa.array(np.bincount(at, people.triaged) / count),
    }
    for ending, route in (("", people.triaged.astype(int)), ("_without", 0)):
        for horizon, chance in zip(HORIZONS, chances[route, people.ccg, people.month].T, strict=True):
            columns[f"reached_{horizon}{ending}"] = pa.array(np.bincount(at, chance) / count)
    return pa.table(columns)


def _rollout(ccg: Ccg) -> dict[str, object]:
    return {
        "name": ccg.name,
        "arm": ccg.arm,
        "wave": ccg.wave,
        "planned": str(ccg.planned),
        "live": str(ccg.live),
        "live_by_extract": bool(ccg.live <= EXTRACTED),
        "main_provider": PROVIDERS[ccg.provider],
    }


def _effects(truth: Truth, ccgs: list[Ccg]) -> dict[str, dict[str, object]]:
    """Mean log effect on the median wait over the cells of live CCGs, for each step."""
    early = np.array([ccg.arm == "early" for ccg in ccgs])[:, None]
    first = min(ccg.live for ccg in ccgs if ccg.arm != "early").astype("datetime64[M]")
    clean = truth.live & early & (first > MONTHS)[None, :]
    return {step: _effect(_log_effect(truth, step), truth.live, clean, ccgs) for step in WAITED}


def _effect(effect: np.ndarray, live: np.ndarray, clean: np.ndarray, ccgs: list[Ccg]) -> dict[str, object]:
    by_ccg = {ccg.code: effect[at, live[at]].mean() for at, ccg in enumerate(ccgs) if live[at].any()}
    return {"mean_log_effect": effect[live].mean(), "by_ccg": by_ccg, "clean": effect[clean].mean()}


def _log_effect(truth: Truth, step: str) -> np.ndarray:
    return np.log(truth.median(step, truth.triaged) / truth.median(step, np.zeros_like(truth.triaged)))
