"""Every planted fault stands in the files as often as the truth says, and no other does."""

import json
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pytest

from loaders import pathway
from loaders.demo.faults import mistyped_year
from loaders.demo.world import World
from loaders.problems import LoadRefused
from loaders.reading import open_file
from loaders.submission import Instructions
from tests.loaders.demo.conftest import Demo


@pytest.fixture(scope="session")
def record(demo: Demo) -> dict[str, Any]:
    return json.loads((demo.folder / "truth" / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def counts(record: dict[str, Any]) -> dict[str, int]:
    return {fault["kind"]: fault["count"] for fault in record["faults"]}


def test_all_but_the_late_and_the_missing_rows_are_there(
    world: World, referrals: pa.Table, counts: dict[str, int]
) -> None:
    lost = counts["late_submission"] + counts["missing_month"]
    assert referrals.num_rows == len(world.referrals.number) - lost


def test_one_submission_is_a_month_old(referrals: pa.Table, counts: dict[str, int]) -> None:
    drawn = referrals.group_by("provider").aggregate([("extracted", "min"), ("received", "max")]).to_pylist()
    assert {row["provider"] for row in drawn if row["extracted_min"] == date(2018, 2, 28)} == {"DP5"}
    assert {row["provider"] for row in drawn if row["received_max"] < date(2018, 3, 1)} == {"DP5"}
    assert counts["late_submission"] > 100


def test_one_month_of_one_provider_is_missing(referrals: pa.Table, counts: dict[str, int]) -> None:
    months = referrals.group_by(["provider", "month"]).aggregate([]).to_pylist()
    absent = 6 * 47 - len(months)
    assert {"provider": "DP4", "month": date(2016, 8, 1)} not in months
    assert absent == 2  # and the last month of the late one
    assert counts["missing_month"] > 50


def test_start_back_is_missing_for_three_months_of_one_provider(referrals: pa.Table, counts: dict[str, int]) -> None:
    recorded = referrals.append_column("recorded", pc.is_valid(referrals["start_back"]).cast(pa.int32()))
    months = recorded.group_by(["provider", "month"]).aggregate([("recorded", "sum"), ([], "count_all")])
    none = months.filter(pc.equal(months["recorded_sum"], 0)).sort_by("month")
    quarter = [date(2017, month, 1) for month in (1, 2, 3)]
    assert none.select(["provider", "month"]).to_pylist() == [{"provider": "DP2", "month": month} for month in quarter]
    assert pc.sum(none["count_all"]).as_py() == counts["start_back_missing"]


def test_a_few_waits_are_three_years_too_long(referrals: pa.Table, counts: dict[str, int]) -> None:
    long = referrals.filter(pc.greater(referrals["wait_assessed"], 730))
    assert long.num_rows == counts["year_mistyped"] == 7
    assert set(long["provider"].to_pylist()) == {"DP3"}
    assert set(long["month"].to_pylist()) == {date(2014, 8, 1)}


def test_a_few_end_the_day_before_their_assessment(referrals: pa.Table, counts: dict[str, int]) -> None:
    steps = ("assessed", "imaging", "core_therapy", "surgical_opinion", "surgery", "cppp_completed", "pain_clinic")
    early = [referrals.filter(pc.less(referrals["discharged"], referrals[step])) for step in steps]
    assert [rows.num_rows for rows in early] == [counts["ended_early"], 0, 0, 0, 0, 0, 0]
    assert set(early[0]["provider"].to_pylist()) == {"DP1"}


def test_nobody_is_referred_by_a_practice_that_closed_or_fell_silent(demo: Demo, referrals: pa.Table) -> None:
    last = {practice: _last_referral(referrals, practice) for practice in ("00D-D12", "00M-D05", "00D-D13")}
    assert last["00D-D12"] < date(2016, 10, 1)
    assert date(2017, 1, 1) <= last["00M-D05"] < date(2017, 2, 1)
    assert last["00D-D13"] > date(2018, 1, 1)
    lists = pa_csv.read_csv(demo.folder / "Patient_List_Size_2018_01-03.csv")["Practice Code"].to_pylist()
    assert "00M-D05" in lists
    assert "00D-D12" not in lists


def _last_referral(referrals: pa.Table, practice: str) -> date:
    return pc.max(referrals.filter(pc.equal(referrals["practice"], practice))["received"]).as_py()


def test_the_wrong_year_keeps_day_and_month() -> None:
    days = np.array(["2017-08-01", "2017-08-31"], dtype="datetime64[D]")
    assert mistyped_year(days).astype(str).tolist() == ["2014-08-01", "2014-08-31"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("pathway_duplicates.csv", "row 22, column 'referral_id'"),
        ("pathway_impossible_dates.csv", "row 3, column 'received': '31/02/2016'"),
        ("pathway_impossible_dates.csv", "row 5, column 'discharged': '2014-01-06'"),
        ("pathway_unknown_ccg.csv", "row 6, column 'ccg': '15N'"),
        ("pathway_mixed_extracts.csv", "row 9, column 'extracted'"),
        ("pathway_mixed_status.csv", "row 4, column 'data_status'"),
    ],
)
def test_examples_of_refusals_are_refused(demo: Demo, record: dict[str, Any], name: str, place: str) -> None:
    assert name in record["refused"]
    source = open_file(demo.folder / "faulty" / name)[0]
    with pytest.raises(LoadRefused) as refusal:
        pathway.KIND.read(source, Instructions())
    assert any(place in str(problem) for problem in refusal.value.problems if problem.level == "error")
