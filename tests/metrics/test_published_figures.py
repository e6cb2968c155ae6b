"""Figures worked out from published files, against numbers read by hand in the workbooks (all OGL v3.0).

RTT: NHS England, Incomplete-Commissioner-Mar15, South Tees (00M), trauma and orthopaedics (IP110).
GP referrals made (G&A): NHS England, Monthly Activity Return by commissioner, a workbook a month; that of
October 2014 is not among the files. Lists: NHSBSA, patient list size; that of July 2014 is not among them.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from loaders.loading import load_files
from loaders.warehouse import Warehouse
from metrics.disclosure import HES_2018
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection

MONTHS = ("Jun_14", "Jul_14", "Aug_14", "Sep_14", "Nov_14", "Dec_14", "Jan_15", "Feb_15", "Mar_15", "Apr_15")
LISTS = ("2014_04-06", "2014_10-12", "2015_04-06")

SOUTH_TEES = {
    "2014-06": 4818,
    "2014-07": 5316,
    "2014-08": 4319,
    "2014-09": 4952,
    "2014-11": 4615,
    "2014-12": 4346,
    "2015-01": 4606,
    "2015-02": 4717,
    "2015-03": 5581,
    "2015-04": 4996,
}
"""GP referrals made, as printed for 00M."""


@pytest.fixture(scope="module")
def published(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    warehouse = Warehouse(str(tmp_path_factory.mktemp("published")))
    files = [real / "mar" / f"{month}.xls" for month in MONTHS]
    files += [real / "list_sizes" / f"Patient_List_Size_{quarter}.csv" for quarter in LISTS]
    files += [*(real / "rtt").glob("Incomplete-Commissioner-Mar15-*.xls")]
    release = load_files(files, warehouse).release
    assert release
    engine = Engine(warehouse, release)
    yield engine
    engine.close()


def by_period(measure: Measure, engine: Engine, selection: Selection) -> dict[str, Figure]:
    """The figures of one area, under the policy that hides most."""
    return {figure.period: figure for figure in figures(measure, selection, engine, HES_2018)}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rtt_orthopaedics_within_18_weeks", 100 * 1667 / 1791),
        ("rtt_orthopaedics_median", 5.769231),  # printed as 5.769230769
        ("rtt_orthopaedics_p95", 19.889130),  # printed as 19.889130435
    ],
)
def test_rtt_of_south_tees_in_march_2015(
    published: Engine, measures: dict[str, Measure], key: str, value: float
) -> None:
    found = by_period(measures[key], published, Selection(ccgs=("00M",)))
    assert list(found) == ["2015-03"]
    assert found["2015-03"].value == pytest.approx(value, abs=5e-7)
    assert (found["2015-03"].status, found["2015-03"].synthetic) == ("ok", False)


def test_patients_are_counted_exactly_for_they_are_published(published: Engine, measures: dict[str, Measure]) -> None:
    share = by_period(measures["rtt_orthopaedics_within_18_weeks"], published, Selection(ccgs=("00M",)))["2015-03"]
    assert (share.numerator, share.denominator) == (1667, 1791)


def test_gp_referrals_of_south_tees_in_ten_months(published: Engine, measures: dict[str, Measure]) -> None:
    found = by_period(measures["gp_referrals"], published, Selection(ccgs=("00M",)))
    assert {period: figure.numerator for period, figure in found.items() if figure.status == "ok"} == SOUTH_TEES
    # lists of April and October 2014 and April 2015
    assert found["2014-06"].denominator == found["2014-09"].denominator == 290963
    assert found["2014-11"].denominator == found["2015-03"].denominator == 291392
    assert found["2015-04"].denominator == 291375
    assert found["2014-06"].value == pytest.approx(1000 * 4818 / 290963)


def test_the_month_that_is_not_among_the_files_is_not_received(published: Engine, measures: dict[str, Measure]) -> None:
    found = by_period(measures["gp_referrals"], published, Selection(ccgs=("00M",)))
    assert [period for period, figure in found.items() if figure.status == "not_received"] == ["2014-10"]


def test_three_ccgs_become_newcastle_gateshead(published: Engine, measures: dict[str, Measure]) -> None:
    found = by_period(measures["gp_referrals"], published, Selection(ccgs=("13T",)))
    # 00F, 00G and 00H, and their lists
    assert found["2014-06"].numerator == 4357 + 2965 + 2689
    assert found["2014-06"].denominator == 205545 + 161135 + 134695
    # 13T itself, and its list
    assert (found["2015-04"].numerator, found["2015-04"].denominator) == (10520, 506651)


def test_a_quarter_of_which_a_month_is_missing(published: Engine, measures: dict[str, Measure]) -> None:
    quarters = by_period(measures["gp_referrals"], published, Selection(ccgs=("00M",), per="quarter"))
    assert (quarters["2014/15 Q3"].numerator, quarters["2014/15 Q3"].denominator) == (4615 + 4346, 2 * 291392)
    assert quarters["2014/15 Q3"].reason == "Not received in full from South Tees (October 2014)."
    assert quarters["2014/15 Q4"].numerator == 4606 + 4717 + 5581
    assert quarters["2014/15 Q4"].reason == ""
    assert quarters["2015/16 Q1"].reason == "Holds 1 of the 3 months of the period."


def test_patients_who_wait_at_the_end_of_a_quarter(published: Engine, measures: dict[str, Measure]) -> None:
    chosen = Selection(ccgs=("00M",), per="quarter", first=date(2015, 1, 1))
    found = by_period(measures["rtt_orthopaedics_within_18_weeks"], published, chosen)["2014/15 Q4"]
    assert (found.numerator, found.denominator, found.reason) == (1667, 1791, "")
