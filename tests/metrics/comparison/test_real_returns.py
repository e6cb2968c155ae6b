"""What the published returns say, held fast: no sign in referrals, too short a past for prescribing and RTT."""

from collections.abc import Iterator
from itertools import combinations
from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from loaders.loading import load_files
from loaders.warehouse import Warehouse
from metrics.areas import ccgs
from metrics.comparison.compare import compare
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection
from tests.metrics.comparison.test_imputation import by_regression
from tests.metrics.warehouses import newest

pytestmark = pytest.mark.slow

EARLY = ("00M", "03D")
PAIRS = list(combinations(sorted(ccgs()), 2))


@pytest.fixture(scope="module")
def engine(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Monthly activity, prescribing and list sizes."""
    place = tmp_path_factory.mktemp("real")
    load_files([real / "mar", real / "prescribing", real / "list_sizes"], Warehouse(str(place)))
    opened = newest(place)
    yield opened
    opened.close()


def test_gp_referrals_show_no_sign_of_a_change(engine: Engine, measures: dict[str, Measure]) -> None:
    found = compare(measures["gp_referrals"], engine)
    assert found.judgement.key == "no_sign"
    assert found.change
    assert found.basis
    assert found.change.estimate == pytest.approx(1.35, abs=0.005)
    assert (found.change.lower, found.change.upper) == pytest.approx((-9.03, 10.42), abs=0.005)
    assert (found.change.rank, found.change.arrangements) == (49, 66)
    assert (found.basis.first, found.basis.last, found.basis.months_before) == ("2014-04", "2015-11", 12)
    assert found.basis.months_left_out == 1  # October 2014 was never received
    assert "No rollout ledger was received" in found.basis.go_live
    assert found.basis.uptake is None


def test_two_regressions_for_each_pair_of_ccgs_give_the_same_change_rank_and_limits(
    engine: Engine, measures: dict[str, Measure]
) -> None:
    logs = {
        (row.area, row.period): log((row.numerator + 0.5) / row.denominator)
        for row in figures(measures["gp_referrals"], Selection(), engine, NONE)
        if row.numerator and row.denominator
    }
    months = sorted({month for _, month in logs if "2014-04" <= month <= "2015-11"})
    values = np.array([[logs[area, month] for month in months] for area in ccgs()])
    # without a ledger both early CCGs count as live from May 2015; either of the 66 pairs might have been
    live = {pair: np.outer([ccg in pair for ccg in ccgs()], [m >= "2015-05" for m in months]) for pair in PAIRS}

    def rank(effect: float) -> int:
        """How many pairs show as much as the early two do, once this effect is taken from them."""
        left = values - effect * live[EARLY]
        shown = {pair: abs(by_regression(left, cells)) for pair, cells in live.items()}
        return sum(size >= shown[EARLY] - 1e-9 for size in shown.values())

    assert 100 * (exp(by_regression(values, live[EARLY])) - 1) == pytest.approx(1.35, abs=0.005)
    assert rank(0) == 49
    # 3 of 66 are 4.5%, 4 are 6.1%
    assert [rank(log(1 + limit / 100)) > 3 for limit in (-9.04, -9.02, 10.41, 10.43)] == [False, True, True, False]


@pytest.mark.parametrize("key", ["opioids", "gabapentinoids"])
def test_prescribing_has_too_short_a_past(engine: Engine, measures: dict[str, Measure], key: str) -> None:
    # the lists that its rates need begin in December 2014
    found = compare(measures[key], engine)
    assert found.judgement.key == "cannot_be_told"
    assert "There are 5 months before the first go-live" in found.judgement.words
