"""Lists at month ends by how long people have waited, from rows that can be counted by hand."""

from datetime import date
from pathlib import Path

import pytest

from metrics.disclosure import HES_2018, NONE, Policy
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection
from metrics.still_waiting import BANDS, MonthEnd, StillWaiting, still_waiting
from tests.metrics.warehouses import Row, hold, referral

JANUARY, FEBRUARY, MARCH = (date(2016, month, 1) for month in (1, 2, 3))

Rows = dict[str, list[Row]]


def waiting(ccg: str, month: date, week: int, patients: int, step: str = "imaging", **more: str) -> Row:
    return {
        **{"ccg": ccg, "practice": f"{ccg}-A", "month": month, "week": week, "patients": patients, "step": step},
        "presentation": "low_back_pain",
        **more,
    }


def sent(*returns: tuple[str, date]) -> list[Row]:
    """A referral in each month, without which a list is not whole."""
    return [referral(f"{ccg}-A", f"{month}", "2016-12-31") for ccg, month in returns]


def listed(place: Path, rows: list[Row]) -> Engine:
    returns = dict.fromkeys((str(row["ccg"]), row["month"]) for row in rows)
    return hold(place, {"waiting": rows, "referral": sent(*returns)})


def one(engine: Engine, policy: Policy = NONE) -> StillWaiting:
    (found,) = still_waiting(engine, Selection(ccgs=("00M",)), policy)
    return found


def last(found: StillWaiting) -> MonthEnd:
    return found.steps[0].months[-1]


def values(end: MonthEnd) -> list[float | None]:
    return [end.people.value, *(band.value for band in end.bands)]


def test_bands_end_with_their_last_day_as_weeks_do(tmp_path: Path) -> None:
    # week 5 is 36 to 42 days, week 6 is 43 to 49, and so on
    weeks = [(0, 1), (5, 2), (6, 4), (11, 8), (12, 16), (17, 32), (18, 64), (25, 128), (26, 256), (60, 512)]
    found = one(listed(tmp_path, [waiting("00M", JANUARY, week, people) for week, people in weeks]))
    assert values(last(found)) == [1023, 3, 12, 48, 192, 768]


def test_bands_are_named_by_their_weeks() -> None:
    assert [band.words for band in BANDS] == [
        *("up to 6 weeks", "over 6 to 12 weeks", "over 12 to 18 weeks", "over 18 to 26 weeks", "over 26 weeks")
    ]


def test_steps_come_in_pathway_order_and_those_asked_for(tmp_path: Path) -> None:
    rows = [waiting("00M", JANUARY, 0, 9, step) for step in ("surgery", "imaging", "assessed")]
    engine = listed(tmp_path, rows)
    assert [step.step for step in one(engine).steps] == ["assessed", "imaging", "surgery"]
    (found,) = still_waiting(engine, Selection(ccgs=("00M",)), NONE, steps=["surgery"])
    assert [step.step for step in found.steps] == ["surgery"]


def test_a_month_end_at_which_nobody_waits_is_nought(tmp_path: Path) -> None:
    rows = [waiting("00M", JANUARY, 0, 9), waiting("00M", MARCH, 0, 9), waiting("00M", FEBRUARY, 0, 9, "surgery")]
    imaging, _ = one(listed(tmp_path, rows)).steps
    assert [end.people.value for end in imaging.months] == [9, 0, 9]


def test_a_list_that_was_not_received_is_no_nought(tmp_path: Path) -> None:
    # 00C sent no list for February, so that there is none of the region either
    rows = [waiting("00M", month, 0, 9) for month in (JANUARY, FEBRUARY)] + [waiting("00C", JANUARY, 0, 9)]
    engine = listed(tmp_path, rows)
    region = still_waiting(engine, Selection(by="region", ccgs=("00M", "00C")), NONE)[0]
    assert [end.people.status for end in region.steps[0].months] == ["ok", "not_received"]
    by_ccg = {found.area.code: found for found in still_waiting(engine, Selection(ccgs=("00M", "00C")), NONE)}
    assert [end.people.value for end in by_ccg["00M"].steps[0].months] == [9, 9]
    assert {band.status for band in last(by_ccg["00C"]).bands} == {"not_received"}


def test_a_list_without_its_months_referrals_is_not_shown(tmp_path: Path) -> None:
    rows = [waiting("00M", JANUARY, 0, 9), waiting("00M", FEBRUARY, 0, 9)]
    engine = hold(tmp_path, {"waiting": rows, "referral": sent(("00M", JANUARY), ("00M", MARCH))})
    (found,) = still_waiting(engine, Selection(ccgs=("00M",)), NONE)
    assert [end.month for end in found.steps[0].months] == [JANUARY]


def test_a_patient_group_by_itself(tmp_path: Path) -> None:
    rows = [waiting("00M", JANUARY, 0, 9), waiting("00M", JANUARY, 0, 20, presentation="radicular_pain")]
    engine = listed(tmp_path, rows)
    (found,) = still_waiting(engine, Selection(ccgs=("00M",), presentation=("radicular_pain",)), NONE)
    assert last(found).people.value == 20


def test_says_how_the_list_stood(tmp_path: Path) -> None:
    rows = [waiting("00M", JANUARY, 0, 1210), waiting("00M", JANUARY, 30, 30), waiting("00M", FEBRUARY, 0, 20)]
    engine = listed(tmp_path, rows)
    south_tees = Selection(ccgs=("00M",))
    (found,) = still_waiting(engine, south_tees, NONE)
    assert found.steps[0].sentence == (
        "South Tees: 20 people were waiting for imaging at the end of February 2016, none of them over 26 weeks."
    )
    (before,) = still_waiting(engine, Selection(ccgs=("00M",), last=JANUARY), HES_2018)
    assert before.steps[0].sentence == (
        "South Tees: 1,240 people were waiting for imaging at the end of January 2016, 30 of them over 26 weeks."
    )


def test_nothing_received_and_no_practices(tmp_path: Path) -> None:
    assert still_waiting(hold(tmp_path, {}), Selection(), NONE) == []
    with pytest.raises(ValueError, match="not practice by practice"):
        still_waiting(listed(tmp_path / "one", [waiting("00M", JANUARY, 0, 9)]), Selection(by="practice"), NONE)


# Small numbers


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ((40, 0, 0, 0, 3), [45, 40, 0, 0, 0, None]),  # 43 and 40: 1 to 7 are left
        ((12, 0, 0, 0, 6), [20, None, 0, 0, 0, None]),  # 18 to 22 less 8 to 12 would be 6 or 7
        ((3, 3, 0, 0, 0), [None] * 6),  # that two bands have somebody would leave 2 to 7 in all
        ((40, 40, 40, 40, 40), [200, 40, 40, 40, 40, 40]),
    ],
)
def test_bands_and_their_total_do_not_give_a_hidden_count_away(
    tmp_path: Path, people: tuple[int, ...], shown: list[float | None]
) -> None:
    rows = [waiting("00M", JANUARY, band.over, count) for band, count in zip(BANDS, people, strict=True) if count]
    (found,) = still_waiting(listed(tmp_path, rows), Selection(ccgs=("00M",)), HES_2018)
    assert values(last(found)) == shown


def test_the_same_band_of_others_does_not_either(tmp_path: Path) -> None:
    # of the early two 12 and 6 have waited longest, 18 together: shown as 10 and 20 they would leave 6 or 7
    rows = [
        waiting(ccg, JANUARY, week, people)
        for ccg, longest in (("00M", 12), ("03D", 6))
        for week, people in ((0, 100), (30, longest))
    ]
    engine = listed(tmp_path, rows)
    by_ccg = {found.area.code: last(found) for found in still_waiting(engine, Selection(), HES_2018)}
    assert (values(by_ccg["00M"])[-1], values(by_ccg["03D"])[-1]) == (None, None)
    assert by_ccg["00M"].bands[-1].reason.startswith("Hidden because a smaller number")


def test_those_left_out_by_a_filter_are_not_told(tmp_path: Path) -> None:
    # 6 have radicular pain: beside 18 in all, 12 would tell that they are 6 or 7
    rows = [waiting("00M", JANUARY, 0, 12), waiting("00M", JANUARY, 0, 6, presentation="radicular_pain")]
    engine = listed(tmp_path, rows)
    (found,) = still_waiting(engine, Selection(ccgs=("00M",), presentation=("low_back_pain",)), HES_2018)
    assert (last(found).people.status, last(found).bands[0].status) == ("suppressed", "suppressed")


def test_totals_are_those_of_the_measure(small: Engine, measures: dict[str, Measure]) -> None:
    for policy in (NONE, HES_2018):
        measure = figures(measures["waiting_for_assessment"], Selection(), small, policy)
        expected = {(figure.area, figure.period): (figure.status, figure.value) for figure in measure}
        found = {
            (area.area.code, f"{end.month:%Y-%m}"): (end.people.status, end.people.value)
            for area in still_waiting(small, Selection(), policy, ["assessed"])
            for end in area.steps[0].months
        }
        assert found
        assert {cell: expected[cell] for cell in found} == found
