"""What the published returns say, held fast: no sign in referrals, too short a past for prescribing and RTT."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.loading import load_files
from loaders.warehouse import Warehouse
from metrics.comparison.compare import compare
from metrics.engines import Engine
from metrics.measure import Measure
from tests.metrics.warehouses import newest

pytestmark = pytest.mark.slow


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
    assert found.change.estimate == pytest.approx(1.35, abs=0.01)
    assert (found.change.lower, found.change.upper) == pytest.approx((-9.03, 10.42), abs=0.01)
    assert (found.change.rank, found.change.arrangements) == (49, 66)
    assert (found.basis.first, found.basis.last, found.basis.months_before) == ("2014-04", "2015-11", 12)
    assert found.basis.months_left_out == 1  # October 2014 was never received
    assert "No rollout ledger was received" in found.basis.go_live
    assert found.basis.uptake is None


@pytest.mark.parametrize("key", ["opioids", "gabapentinoids"])
def test_prescribing_has_too_short_a_past(engine: Engine, measures: dict[str, Measure], key: str) -> None:
    # the lists that its rates need begin in December 2014
    found = compare(measures[key], engine)
    assert found.judgement.key == "cannot_be_told"
    assert "There are 5 months before the first go-live" in found.judgement.words
