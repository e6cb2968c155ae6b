import numpy as np
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pytest

from loaders.demo.places import NEVER, Practices, adopted_share, whole_shares
from loaders.demo.programme import EXTRACTED, MONTHS
from loaders.demo.world import World
from loaders.places import reference_rows
from tests.loaders.demo.conftest import Demo


def test_practices_and_lists_add_up_to_the_reference(demo: Demo) -> None:
    rows = pa_csv.read_csv(demo.folder / "Patient_List_Size_2015_04-06.csv")
    patients = np.sum([column.to_numpy() for column in rows.columns[8:]], axis=0)
    pco = np.array(rows["PCO Code"].to_pylist())
    found = {code: (int((pco == code).sum()), int(patients[pco == code].sum())) for code in np.unique(pco)}
    wanted = {
        f"{row['code']}00": (int(row["practices_2015"]), int(row["list_size_2015"])) for row in reference_rows("ccgs")
    }
    assert found == wanted
    assert patients.min() >= 1_000  # the reference counts only such practices


def test_planned_dates_lie_in_the_span_of_the_newsletter(world: World) -> None:
    plans = {row["code"]: row for row in reference_rows("ccgs")}
    for ccg in world.ccgs:
        plan = plans[ccg.code]
        assert plan["planned_go_live_from"] <= str(ccg.planned) <= (plan["planned_go_live_to"] or "9999")


def test_three_ccgs_are_not_live_at_the_end(world: World) -> None:
    assert [ccg.code for ccg in world.ccgs if ccg.live > EXTRACTED] == ["00J", "00L", "01H"]


def test_both_early_ccgs_rest_on_one_provider_and_go_first(world: World) -> None:
    early = [ccg for ccg in world.ccgs if ccg.arm == "early"]
    assert [ccg.code for ccg in early] == ["00M", "03D"]
    assert len({ccg.provider for ccg in early}) == 1
    assert max(ccg.live for ccg in early) < min(ccg.live for ccg in world.ccgs if ccg.arm != "early")


def test_no_practice_adopts_before_its_ccg_and_some_never_do(world: World) -> None:
    live = np.array([ccg.live for ccg in world.ccgs])[world.practices.ccg]
    adopted = world.practices.adopted
    assert not np.any(adopted < live)
    assert 0.02 < np.isnat(adopted).mean() < 0.12  # planted: 6%
    assert 0 < (~np.isnat(world.practices.lapsed)).sum() < 60  # planted: 6% of 484


def test_a_list_goes_to_the_heir_when_a_practice_closes(demo: Demo) -> None:
    before, after = (_lists(demo, quarter) for quarter in ("2016_07-09", "2016_10-12"))
    assert "00D-D12" not in after
    # the drift of a quarter is below 2%
    assert after["00D-D13"] == pytest.approx(before["00D-D12"] + before["00D-D13"], rel=0.02)


def _lists(demo: Demo, quarter: str) -> dict[str, int]:
    rows = pa_csv.read_csv(demo.folder / f"Patient_List_Size_{quarter}.csv")
    patients = np.sum([column.to_numpy() for column in rows.columns[8:]], axis=0)
    return dict(zip(rows["Practice Code"].to_pylist(), patients.tolist(), strict=True))


def test_the_closed_practice_is_closed_in_the_last_ods_file_only(demo: Demo) -> None:
    for month, status, closed in (("2014_04", "A", ""), ("2018_03", "C", "20160930")):
        options = pa_csv.ReadOptions(autogenerate_column_names=True)
        types = pa_csv.ConvertOptions(column_types={"f11": "string"})
        rows = pa_csv.read_csv(demo.folder / f"{month}_epraccur.csv", options, convert_options=types)
        assert rows.num_columns == 27
        assert rows.num_rows == 484
        practice = rows.filter(pc.equal(rows["f0"], "00D-D12")).to_pylist()[0]
        assert (practice["f12"], practice["f11"]) == (status, closed)
        assert (practice["f14"], practice["f4"]) == ("00D", "SYNTHETIC")


def test_shares_add_up_to_the_total() -> None:
    assert whole_shares(10, np.array([[1, 1, 1]]) / 3).tolist() == [[3, 4, 3]]
    assert whole_shares(0, np.array([[0.5, 0.5]])).tolist() == [[0, 0]]


def test_adopted_share_counts_days() -> None:
    day = np.datetime64
    practices = Practices(
        code=np.array(["never", "middle of April 2016", "lapsed in between"]),
        ccg=np.zeros(3, int),
        patients=np.full(3, 5_000),
        adopted=np.array([NEVER, day("2016-04-16"), day("2016-04-01")]),
        lapsed=np.array([NEVER, NEVER, day("2016-05-01")]),
        closed=np.full(3, NEVER),
        silent=np.full(3, NEVER),
        heir=np.arange(3),
    )
    april = int(np.flatnonzero(day("2016-04") == MONTHS)[0])
    share = adopted_share(practices)[:, april - 1 : april + 2]
    # 15 of the 30 days of April, then all of May; the last one all of April and none of May
    assert share.tolist() == [[0, 0, 0], [0, 0.5, 1], [0, 1, 0]]
