"""What a comparison stands on: who is live since when, how much is known, what can be compared at all."""

from datetime import date

from metrics.catalogue import load
from metrics.comparison.baseline import baselines
from metrics.comparison.comparability import can_be_compared, comparability, not_compared
from metrics.figure import Figure, Status
from metrics.live import Rollout

MAY, DECEMBER, MARCH = date(2015, 5, 1), date(2015, 12, 1), date(2016, 3, 1)
ROLLOUT = Rollout({"00M": MAY, "03D": MAY, "00C": DECEMBER, "00P": None}, MARCH, "A ledger.")


def _figure(area: str, period: str, status: Status = "ok", arm: str = "following") -> Figure:
    value = 1.0 if status == "ok" else None
    return Figure("m", area, area, arm, period, None, None, value, None, None, "%", status, release=1, synthetic=True)


def test_ccgs_are_live_since_a_month_or_known_not_to_be() -> None:
    found = comparability([], ROLLOUT)
    assert found.live == {MAY: ["03D", "00M"], DECEMBER: ["00C"]}
    assert found.not_live == ["00P"]  # of the others nothing is known


def test_values_are_counted_by_what_they_are() -> None:
    rows = [
        _figure("00M", "2015-05"),
        _figure("00M", "2015-06"),
        _figure("00C", "2015-05", "suppressed"),
        _figure("00C", "2015-06", "not_received"),
    ]
    found = comparability(rows, ROLLOUT)
    assert found.statuses == {"ok": 2, "suppressed": 1, "not_received": 1}
    assert found.of == 4


def test_what_measures_the_rollout_itself_has_no_before() -> None:
    assert not can_be_compared(load()["ccgs_live"])
    assert not can_be_compared(load()["practices_referring"])
    assert can_be_compared(load()["wait_assessment"])


def test_mixed_ccgs_are_refused_with_the_reason() -> None:
    assert not_compared(["16C"]) == "Tees Valley mixes early and following CCGs, so it is never compared."
    both = not_compared(["16C", "42D"])
    assert both == "Tees Valley and North Yorkshire mix early and following CCGs, so they are never compared."
    assert not_compared(["84H"]) == "County Durham came in April 2020; CCGs are compared as they were in 2015."
    assert not_compared(["00M", "00C"]) == ""


def test_the_baseline_is_the_last_year_that_ended_before_anybody_was_live() -> None:
    # 2014/15 ends in March 2015, before May; 2015/16 does not; 2013/14 is older than need be
    rows = [_figure(area, year) for area in ("00C", "00P") for year in ("2013/14", "2014/15", "2015/16")]
    rows.append(_figure("00M", "2014/15", arm="early"))
    assert [(row.area, row.period) for row in baselines(rows, ROLLOUT)] == [
        ("00M", "2014/15"),  # early implementers first
        ("00C", "2014/15"),
        ("00P", "2014/15"),
    ]


def test_a_year_that_ends_on_the_day_before_go_live_is_a_baseline() -> None:
    april = Rollout({"00M": date(2015, 4, 1)}, MARCH, "A ledger.")
    assert [row.period for row in baselines([_figure("00C", "2014/15")], april)] == ["2014/15"]
    earlier = Rollout({"00M": date(2015, 3, 1)}, MARCH, "A ledger.")
    assert baselines([_figure("00C", "2014/15")], earlier) == []


def test_there_is_no_baseline_while_nobody_is_live() -> None:
    assert baselines([_figure("00C", "2014/15")], Rollout({"00M": None}, MARCH, "A ledger.")) == []
