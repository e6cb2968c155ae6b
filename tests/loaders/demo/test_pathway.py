from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.demo.pathway import _cohorts
from loaders.demo.programme import EXTRACTED, Programme
from loaders.demo.world import World
from loaders.tables import STEPS
from tests.loaders.demo.conftest import Demo


def test_no_cohort_takes_more_than_ten_and_the_others_wait_for_the_next() -> None:
    programme = Programme(cohort_size=10, cohort_every=42, cohort_notice=14)
    assert _cohorts(programme, np.zeros(12)).tolist() == [1] * 10 + [2] * 2


def test_a_cohort_needs_a_fortnights_notice() -> None:
    programme = Programme(cohort_every=42, cohort_notice=14)
    # the cohort of day 42: 14 days before is in time, 13 is not
    assert _cohorts(programme, np.array([28.0, 29.0])).tolist() == [1, 2]


def test_a_full_cohort_moves_the_queue_on() -> None:
    programme = Programme(cohort_size=2, cohort_every=42, cohort_notice=14)
    # four on the first day fill two cohorts; the fifth comes in time for the second and must take the third
    assert _cohorts(programme, np.array([0.0, 0, 0, 0, 40])).tolist() == [1, 1, 2, 2, 3]


def test_cohorts_start_on_mondays_with_ten_at_most(referrals: pa.Table) -> None:
    started = referrals.filter(pc.is_valid(referrals["cppp"]))
    assert set(pc.day_of_week(started["cppp"]).to_pylist()) == {0}
    assert pc.max(started.group_by(["ccg", "cppp"]).aggregate([([], "count_all")])["count_all"]).as_py() <= 10


def test_seven_in_ten_complete_the_combined_programme(world: World) -> None:
    # WELL21: 74 of 100 referred; SBPR16: 70 of 100. Only those referred half a year before the extract can tell.
    referred = world.dates["cppp_referred"] < EXTRACTED - 182
    completed = ~np.isnat(world.dates["cppp_completed"])
    assert 0.66 < completed[referred].mean() < 0.78


def test_dates_are_in_order(referrals: pa.Table) -> None:
    for step in STEPS:
        asked, reached = referrals[f"{step}_requested"], referrals[step]
        assert pc.sum(pc.less(reached, asked)).as_py() == 0, step
        assert pc.sum(pc.less(asked, referrals["received"])).as_py() == 0, step
    assert pc.sum(pc.less(referrals["cppp_completed"], referrals["cppp"])).as_py() == 0


def test_nothing_is_known_after_the_extract(referrals: pa.Table) -> None:
    for column in ("received", "assessed", "surgery", "cppp_completed", "discharged"):
        assert pc.sum(pc.greater(referrals[column], referrals["extracted"])).as_py() == 0, column


def test_referrals_near_the_extract_are_still_open(referrals: pa.Table) -> None:
    # received in the last month: nearly all wait to be assessed, in the first months nobody does
    for month, share in (("2018-02", (0.6, 1.0)), ("2014-06", (0.0, 0.0))):
        cohort = referrals.filter(pc.equal(pc.strftime(referrals["received"], "%Y-%m"), month))
        waiting = pc.and_(pc.is_null(cohort["assessed"]), pc.is_null(cohort["discharged"]))
        assert share[0] <= pc.mean(waiting).as_py() <= share[1], month


def test_an_outcome_stands_where_the_referral_ended(referrals: pa.Table) -> None:
    assert pc.is_valid(referrals["outcome"]).equals(pc.is_valid(referrals["discharged"]))


def test_one_submission_uses_the_codes_of_the_time(demo: Demo, world: World, referrals: pa.Table) -> None:
    rows = pq.read_table(demo.folder / "pathway_DP3.parquet")
    old = rows.filter(pc.is_in(rows["ccg"], pa.array(["00F", "00G", "00H"])))
    assert old.num_rows > 1_000
    assert pc.max(old["received"]).as_py() == date(2015, 3, 31)
    assert set(referrals["ccg"].to_pylist()) == set(world.ccg_codes)  # the loader reads them as 13T
