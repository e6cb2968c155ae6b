from datetime import date

import numpy as np
import pytest

from metrics.comparison.panel import Panel, panel_of
from metrics.comparison.refusal import CannotBeTold
from metrics.periods import month_after

FIRST = date(2015, 1, 1)
MONTHS = [month_after(FIRST, at) for at in range(8)]
STARTS = {"00M": date(2015, 5, 1), "00C": None, "00D": None, "00J": None}


def values(*missing: tuple[str, int]) -> dict[tuple[str, date], float]:
    """One value for each area and month; of those missing, named by area and place of the month, NaN."""
    return {(a, m): np.nan if (a, at) in missing else 1.0 for a in STARTS for at, m in enumerate(MONTHS)}


def test_knows_when_each_area_went_live() -> None:
    panel = panel_of(values(), STARTS, ["00M"])
    assert panel.go_live.tolist() == [4, 8, 8, 8]
    assert panel.before == 4
    assert panel.since[0].tolist() == [-4, -3, -2, -1, 0, 1, 2, 3]
    assert panel.live.sum() == 4


def test_a_month_that_one_area_lacks_is_left_out_for_all_and_counted() -> None:
    panel = panel_of(values(("00D", 2), ("00J", 5)), STARTS, ["00M"])
    assert panel.months == (*MONTHS[:2], *MONTHS[3:5], *MONTHS[6:])
    assert panel.months_left_out == 2
    assert panel.values.shape == (4, 6)


def test_months_since_go_live_are_counted_by_the_calendar_over_a_gap() -> None:
    panel = panel_of(values(("00D", 4)), STARTS, ["00M"])  # the month of go-live itself is lacking
    assert panel.go_live.tolist()[0] == 4  # then the next is the first live one there is
    assert panel.since[0].tolist() == [-4, -3, -2, -1, 1, 2, 3]


def test_an_area_that_lacks_more_than_a_quarter_of_the_months_is_left_out_itself() -> None:
    kept = panel_of(values(("00D", 1), ("00D", 2)), STARTS, ["00M"])  # a quarter: its months go
    assert (kept.areas_left_out, kept.months_left_out) == ((), 2)
    left = panel_of(values(("00D", 1), ("00D", 2), ("00D", 3)), STARTS, ["00M"])  # more: it goes
    assert (left.areas, left.areas_left_out, left.months_left_out) == (("00M", "00C", "00J"), ("00D",), 0)


def test_a_month_that_most_lack_is_no_fault_of_an_area() -> None:
    young = [(area, at) for area in ("00C", "00D", "00J") for at in (5, 6, 7)]
    panel = panel_of(values(*young), STARTS, ["00M"])
    assert panel.areas == tuple(STARTS)
    assert (len(panel.months), panel.months_left_out) == (5, 0)  # it ends there: nothing is left out between


def test_a_month_that_nobody_has_is_counted_as_left_out() -> None:
    lost = {(area, month): value for (area, month), value in values().items() if month != MONTHS[2]}
    assert panel_of(lost, STARTS, ["00M"]).months_left_out == 1


def test_an_early_area_is_never_left_out_in_silence() -> None:
    with pytest.raises(CannotBeTold, match="More than a quarter of the months are missing for South Tees"):
        panel_of(values(("00M", 0), ("00M", 1), ("00M", 2)), STARTS, ["00M"])


@pytest.mark.parametrize("nothing", [{}, {("00M", FIRST): np.nan}])
def test_without_a_value_there_is_no_panel(nothing: dict[tuple[str, date], float]) -> None:
    with pytest.raises(CannotBeTold, match="Nothing was received"):
        panel_of(nothing, STARTS, ["00M"])


def test_areas_that_do_not_go_live_have_no_months_since() -> None:
    panel = Panel(("00C",), tuple(MONTHS), np.ones((1, 8)), (None,))
    assert panel.since.tolist() == [[0] * 8]
    assert panel.go_live.tolist() == [8]
