"""What a reader of the files could measure: the planted effects, and none in the idle programme."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from loaders.demo.arrivals import patients_by_month
from loaders.demo.coding import coding_rows
from loaders.demo.places import adopted_share
from loaders.demo.procedures import procedure_rows
from loaders.demo.programme import MONTHS
from loaders.demo.world import World
from tests.loaders.demo.conftest import Demo


def test_the_share_triaged_in_the_files_is_the_truths(demo: Demo, referrals: pa.Table) -> None:
    found = referrals.append_column("triaged", pc.equal(referrals["route"], "triage_and_treat").cast(pa.int32()))
    found = found.group_by(["ccg", "month"]).aggregate([("triaged", "mean"), ([], "count_all")])
    cells = pq.read_table(demo.folder / "truth" / "cells.parquet", filters=[("step", "=", "assessed")])
    cells = cells.select(["ccg", "month", "referrals", "share_triaged"]).join(found, ["ccg", "month"])
    whole = cells.filter(pc.equal(cells["referrals"], cells["count_all"]))
    assert whole.num_rows > 550  # of 564: the others lack a month, or hold a year typed wrongly
    assert whole["share_triaged"].to_numpy() == pytest.approx(whole["triaged_mean"].to_numpy())


def _difference_in_log_wait(world: World) -> float:
    """Mean over CCG and month of triaged less earlier route, for those received a year before the extract."""
    days = (world.dates["assessed"] - world.referrals.received).astype(float)
    known = ~np.isnat(world.dates["assessed"]) & (world.referrals.received < np.datetime64("2017-04"))
    cell = (world.referrals.ccg * len(MONTHS) + world.referrals.month)[known]
    log, triaged = np.log(days[known]), world.referrals.triaged[known]
    size = len(world.ccgs) * len(MONTHS)
    n1, n0 = np.bincount(cell[triaged], minlength=size), np.bincount(cell[~triaged], minlength=size)
    s1 = np.bincount(cell[triaged], log[triaged], minlength=size)
    s0 = np.bincount(cell[~triaged], log[~triaged], minlength=size)
    both = (n1 > 0) & (n0 > 0)
    weight = n1[both] * n0[both] / (n1 + n0)[both]
    return float(np.average(s1[both] / n1[both] - s0[both] / n0[both], weights=weight))


def test_triaged_people_wait_a_quarter_less(world: World, idle: World) -> None:
    # the log of a gamma(3) has sd 0.63; some 8,000 triaged in cells with both routes: 4 standard errors are 0.06
    assert _difference_in_log_wait(world) == pytest.approx(np.log(0.75), abs=0.06)
    assert _difference_in_log_wait(idle) == pytest.approx(0, abs=0.06)


def test_practices_refer_more_once_they_have_adopted(world: World, idle: World) -> None:
    # some 12,000 referrals in each world: 4 standard errors are 0.06
    with_pathway, without = (_referrals_of_adopters(each) for each in (world, idle))
    assert with_pathway / without == pytest.approx(1.15, abs=0.06)


def _referrals_of_adopters(world: World) -> int:
    made = np.zeros((len(world.practices.code), len(MONTHS)))
    np.add.at(made, (world.referrals.practice, world.referrals.month), 1)
    return int(made[adopted_share(world.practices) == 1].sum())


def _scans_per_1000(world: World, adopted: bool) -> float:
    rows, share = coding_rows(world), adopted_share(world.practices)
    patients = patients_by_month(world.practices)
    practice, month = np.nonzero(patients)
    there = share[practice, month] == (1 if adopted else 0)
    return 1000 * rows["gp_lumbar_mri"].to_numpy()[there].sum() / patients[practice, month][there].sum()


def test_practices_request_fewer_scans_once_they_have_adopted(world: World, idle: World) -> None:
    # chance alone leaves 0.02; practices that have adopted are compared with others, in other months
    assert _scans_per_1000(world, True) / _scans_per_1000(world, False) == pytest.approx(0.55, abs=0.03)
    assert _scans_per_1000(idle, True) / _scans_per_1000(idle, False) == pytest.approx(1, abs=0.05)


def _spells(world: World, ccgs: tuple[str, ...], diagnoses: tuple[str, ...], primary: str) -> int:
    rows = procedure_rows(world)
    late = pc.greater_equal(rows["admitted"], pa.scalar(np.datetime64("2016-05-01").item()))
    mine = pc.and_(pc.is_in(rows["ccg"], pa.array(ccgs)), late)
    code = pc.and_(pc.starts_with(rows["procedures"], primary), pc.is_in(rows["diagnoses"], pa.array(diagnoses)))
    return pc.sum(pc.and_(mine, code)).as_py()


def test_injections_fall_and_nerve_root_blocks_rise_in_the_early_ccgs(world: World, idle: World) -> None:
    early = ("00M", "03D")
    facet, sciatica = (("M54.5", "M54.5;I10"), "V54.4"), (("M54.4", "M54.3", "M51.1"), "A5")
    # planted 0.70 and 1.45 where every practice has adopted; here most have
    assert 0.65 < _spells(world, early, *facet) / _spells(idle, early, *facet) < 0.90
    assert 1.10 < _spells(world, early, *sciatica) / _spells(idle, early, *sciatica) < 1.60
    # 01H is not live: the same but for chance, some 1,200 spells in each world with a standard error of 0.04
    assert _spells(world, ("01H",), *facet) / _spells(idle, ("01H",), *facet) == pytest.approx(1, abs=0.1)
