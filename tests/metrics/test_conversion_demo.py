"""Conversion found in the synthetic programme against the chances planted in it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from loaders.demo import write_demo
from loaders.loading import load_files
from loaders.warehouse import Warehouse
from metrics.catalogue import load
from metrics.conversion import curves, maturity
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Conversion, Measure
from metrics.selection import By, Selection
from tests.metrics.warehouses import newest

pytestmark = pytest.mark.slow

Method = Callable[["Demo", Measure, By], list[float]]
STEPS = ("imaging", "core_therapy", "nerve_root_block", "surgical_opinion", "pain_clinic")


@dataclass(frozen=True)
class Demo:
    engine: Engine
    truth: pd.DataFrame

    def chances(self, measure: Measure, area: str) -> pd.DataFrame:
        """By month assessed: how many were, and the mean of their chances to reach the step within the horizon."""
        how = measure.how
        assert isinstance(how, Conversion)
        own = self.truth[self.truth.step == how.reach[0]]
        if area != "region":
            own = own[own.ccg == area]
        return own.assign(people=own.assessed, chance=own[f"reached_{how.horizon}"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    load_files(write_demo(folder / "files"), Warehouse(str(folder / "warehouse")))
    truth = pq.read_table(folder / "files" / "truth" / "assessed.parquet").to_pandas(date_as_object=True)
    return Demo(newest(folder / "warehouse"), truth)


def within_horizon(demo: Demo, measure: Measure, by: By) -> list[float]:
    """Standard errors between the share of the mature cohorts and what was planted, for each area."""
    found = []
    for area in maturity(demo.engine, measure, Selection(by=by), NONE):
        planted = demo.chances(measure, area.area.code)
        planted = planted[planted.month.isin([cohort.month for cohort in area.cohorts if cohort.mature])]
        variance = (planted.people * planted.chance * (1 - planted.chance)).sum() / planted.people.sum() ** 2
        assert area.share.value is not None
        expected = np.average(planted.chance, weights=planted.people)
        found.append((area.share.value / 100 - expected) / variance**0.5)
    return found


def on_the_curve(demo: Demo, measure: Measure, by: By) -> list[float]:
    """The same between the curve at the horizon, from everybody, and what was planted."""
    found = []
    for curve in curves(demo.engine, measure, Selection(by=by), NONE):
        planted, share = demo.chances(measure, curve.area.code), curve.at_horizon
        assert share.value is not None
        assert share.lower is not None
        assert share.upper is not None
        error = (share.upper - share.lower) / 2 / 1.959964
        found.append((share.value - 100 * np.average(planted.chance, weights=planted.people)) / error)
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", [within_horizon, on_the_curve])
def test_the_region_converts_as_planted(demo: Demo, step: str, method: Method) -> None:
    (error,) = method(demo, load()[f"assessed_to_{step}"], "region")

    assert abs(error) < 3


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", [within_horizon, on_the_curve])
def test_every_ccg_converts_as_planted(demo: Demo, step: str, method: Method) -> None:
    errors = np.array(method(demo, load()[f"assessed_to_{step}"], "ccg"))

    assert len(errors) == 12
    assert np.abs(errors).max() < 3
    # their mean square is 1, with a standard error of the root of 2/12
    assert np.mean(errors**2) == pytest.approx(1, abs=3 * (2 / 12) ** 0.5)


@pytest.mark.parametrize("key", ["referral_to_assessment", "assessed_to_cppp", "surgical_opinion_yield"])
def test_every_cohort_is_the_figure_of_its_month(demo: Demo, key: str) -> None:
    measure, selection = load()[key], Selection(by="ccg")
    monthly = {(found.area, found.period): found for found in figures(measure, selection, demo.engine)}
    cohorts = [(area.area.code, one) for area in maturity(demo.engine, measure, selection) for one in area.cohorts]

    assert len(cohorts) > 400
    for code, cohort in cohorts:
        figure = monthly[code, f"{cohort.month:%Y-%m}"]
        assert (figure.status == "immature") is (not cohort.mature)
        if cohort.mature:
            assert (figure.status, figure.value) == (cohort.share.status, cohort.share.value)
