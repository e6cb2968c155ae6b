import numpy as np
import pytest

from metrics.comparison.callaway import aggregate, att, cells, since_go_live

GO_LIVE = np.array([1, 3, 3, 4])  # four months: the last area never goes live


def test_att_is_the_change_since_the_month_before_less_that_of_areas_not_yet_live() -> None:
    weights = att(GO_LIVE, 4, (1, 2))  # group live in month 1, at month 2: against the other three
    assert weights == pytest.approx(np.array([[-1, 0, 1, 0], *[[1 / 3, 0, -1 / 3, 0]] * 3]))


def test_before_go_live_it_is_the_change_of_one_month() -> None:
    weights = att(GO_LIVE, 4, (3, 2))  # month 1 to 2; the first area is live by then
    assert weights == pytest.approx(np.array([[0, 0, 0, 0], *[[0, -0.5, 0.5, 0]] * 2, [0, 1, -1, 0]]))


def test_never_live_controls_are_only_those() -> None:
    assert att(GO_LIVE, 4, (1, 2), "never")[1:3] == pytest.approx(0)


def test_nothing_is_told_once_everybody_is_live() -> None:
    assert cells(np.array([1, 3]), 5) == [(1, 1), (1, 2), (3, 1), (3, 2)]
    with pytest.raises(ValueError, match="Nobody is without the pathway in month 3"):
        att(np.array([1, 3]), 5, (1, 3))


def test_no_area_goes_live_while_another_is_not() -> None:
    with pytest.raises(ValueError, match="No area goes live"):
        aggregate(np.array([2, 2]), 4, "simple")


def test_aggregates_weigh_effects_by_area() -> None:
    # effects by group: 6 in months 1, 2 and 3 of the first; 3 in month 3 of the two others
    effects = np.zeros((4, 4))
    effects[0, 1:], effects[1:3, 3] = 6, 3
    months = np.array([0.0, 1.0, 5.0, 2.0])
    found = {how: (aggregate(GO_LIVE, 4, how) * (effects + months)).sum() for how in ("simple", "group", "calendar")}
    assert found["simple"] == pytest.approx((3 * 6 + 2 * 3) / 5)
    assert found["group"] == pytest.approx((6 + 2 * 3) / 3)
    assert found["calendar"] == pytest.approx((6 + 6 + (6 + 2 * 3) / 3) / 3)
    assert (since_go_live(GO_LIVE, 4, 0) * effects).sum() == pytest.approx((6 + 2 * 3) / 3)
    assert (aggregate(GO_LIVE, 4, "dynamic") * effects).sum() == pytest.approx((4 + 6 + 6) / 3)
