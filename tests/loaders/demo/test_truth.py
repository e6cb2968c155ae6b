import json
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from scipy import stats

from loaders.demo.pathway import make_journeys
from loaders.demo.programme import MONTHS
from loaders.demo.record import CONVERTED, WAITED
from loaders.demo.truth import HORIZONS, Truth
from loaders.demo.world import World
from tests.loaders.demo.conftest import Demo


def test_the_median_of_one_route_is_that_of_its_gamma(world: World) -> None:
    truth = Truth(world)
    mean = np.exp(world.log_waits["imaging"])
    median = truth.median("imaging", np.zeros_like(mean))
    assert median == pytest.approx(mean * stats.gamma.median(3) / 3, rel=1e-9)


def test_the_effect_is_the_planted_one_only_where_everybody_is_triaged(world: World) -> None:
    truth = Truth(world)
    none, half, every = (np.full_like(truth.triaged, share) for share in (0.0, 0.5, 1.0))
    effect = np.log(truth.median("assessed", every) / truth.median("assessed", none))
    assert effect == pytest.approx(np.log(0.75))
    diluted = np.log(truth.median("assessed", half) / truth.median("assessed", none))
    # about half of it on the log scale: between a third and two thirds
    assert np.all((diluted > np.log(0.75) * 0.67) & (diluted < np.log(0.75) * 0.33))


@pytest.mark.parametrize("step", CONVERTED)
@pytest.mark.parametrize("at", range(len(HORIZONS)))
def test_as_many_reach_a_step_as_the_truth_says(world: World, step: str, at: int) -> None:
    journeys = make_journeys(world.programme, world.log_waits, world.referrals, seed=7)
    assessed, reached = journeys.days["assessed"], journeys.days[step]
    start = 0 if step == "assessed" else np.where(np.isfinite(assessed), assessed, -np.inf)
    known = np.isfinite(start + np.zeros(len(reached)))
    truth = Truth(world)
    chance = truth.reached(step, truth.triaged)[at][world.referrals.ccg, world.referrals.month][known]
    found = (reached - start <= HORIZONS[at])[known]
    # four standard errors of a binomial with these chances
    assert abs(found.sum() - chance.sum()) < 4 * np.sqrt((chance * (1 - chance)).sum())


def test_the_idle_pathway_changes_nothing(idle: World) -> None:
    truth = Truth(idle)
    none = np.zeros_like(truth.triaged)
    assert truth.triaged.max() > 0.8  # it is rolled out all the same
    for step in WAITED:
        assert truth.median(step, truth.triaged) == pytest.approx(truth.median(step, none), rel=1e-9)
    for step in CONVERTED:
        assert truth.reached(step, truth.triaged) == pytest.approx(truth.reached(step, none), rel=1e-9)


def test_the_record_tells_the_effect_over_treated_cells(demo: Demo) -> None:
    record = json.loads((demo.folder / "truth" / "truth.json").read_text(encoding="utf-8"))
    cells = pq.read_table(demo.folder / "truth" / "cells.parquet")
    assert cells.num_rows == 12 * len(MONTHS) * len(WAITED)
    treated = cells.filter(pc.and_(cells["live"], pc.equal(cells["step"], "assessed")))
    mean = record["effects"]["assessed"]["mean_log_effect"]
    assert mean == pytest.approx(pc.mean(treated["log_effect"]).as_py())
    assert np.log(0.75) < mean < -0.1  # diluted: practices adopt one after another
    live = {code for code, ccg in record["ccgs"].items() if ccg["live_by_extract"]}
    assert set(record["effects"]["assessed"]["by_ccg"]) == live
    assert len(live) == 9


@pytest.mark.parametrize("step", ["imaging", "core_therapy", "nerve_root_block", "surgical_opinion", "pain_clinic"])
def test_as_many_of_a_months_assessed_reach_a_step_as_the_truth_says(
    demo: Demo, referrals: pa.Table, step: str
) -> None:
    # those assessed 126 days before the first extract: all are followed long enough
    old = referrals.filter(pc.less(referrals["assessed"], pa.scalar(date(2017, 10, 1))))
    days = old["assessed"].cast(pa.int32()).to_numpy()
    reached = pc.fill_null(old[step].cast(pa.int32()), 10**6).to_numpy() - days <= 126
    cells = pq.read_table(demo.folder / "truth" / "assessed.parquet", filters=[("step", "=", step)])
    cells = cells.filter(pc.less(cells["month"], pa.scalar(date(2017, 10, 1))))
    expected = np.average(cells["reached_126"].to_numpy(), weights=cells["assessed"].to_numpy())
    assert pc.sum(cells["assessed"]).as_py() == pytest.approx(old.num_rows, rel=0.01)
    # four standard errors of a share in about 48,000 people
    assert reached.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / old.num_rows))


def test_nobody_is_triaged_before_go_live(demo: Demo) -> None:
    cells = pq.read_table(demo.folder / "truth" / "cells.parquet")
    before = cells.filter(pc.invert(cells["live"]))
    assert pc.max(before["share_triaged"]).as_py() == 0
    assert pc.max(before["log_effect"]).as_py() == pc.min(before["log_effect"]).as_py() == 0
