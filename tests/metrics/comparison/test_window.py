from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from metrics.areas import ccgs
from metrics.comparison.panel import Panel
from metrics.comparison.refusal import CannotBeTold
from metrics.comparison.window import require_enough, window_of
from metrics.live import Rollout
from metrics.periods import month_after

MAY, JUNE, DECEMBER = date(2015, 5, 1), date(2015, 6, 1), date(2015, 12, 1)
TO = date(2018, 3, 1)


def rollout(known_to: date = TO, **live: date) -> Rollout:
    """All 12 CCGs; those named `at_<code>` live, the others not by `known_to`."""
    starts = {name.removeprefix("at_"): month for name, month in live.items()}
    return Rollout({code: starts.get(code) for code in ccgs()}, known_to, "test")


EARLY: Mapping[str, date] = {"at_00M": MAY, "at_03D": JUNE}


def test_early_ends_before_another_goes_live() -> None:
    window = window_of(rollout(**EARLY, at_00C=DECEMBER), "early")
    assert (window.first, window.last) == (date(2013, 5, 1), date(2015, 11, 1))
    assert set(window.early) == {"00M", "03D"}
    assert window.starts["00C"] is None  # not live within the window: one to compare with
    assert len(window.starts) == 12


def test_early_ends_where_knowledge_ends() -> None:
    assert window_of(rollout(date(2015, 9, 1), **EARLY), "early").last == date(2015, 9, 1)


def test_all_ends_before_fewer_than_three_are_not_live() -> None:
    following = [code for code, ccg in ccgs().items() if ccg.arm == "following"]
    starts = {f"at_{code}": month_after(DECEMBER, at) for at, code in enumerate(following)}
    # ten follow month by month from December: with the eighth only two are left without
    window = window_of(rollout(**EARLY, **starts), "all")
    assert window.last == month_after(DECEMBER, 6)
    assert sum(start is None for start in window.starts.values()) == 3


def test_all_runs_on_while_three_are_never_live() -> None:
    assert window_of(rollout(**EARLY, at_00C=DECEMBER), "all").last == TO


def test_months_asked_for() -> None:
    window = window_of(rollout(**EARLY, at_00C=DECEMBER), "early", first=date(2014, 1, 1), last=date(2015, 8, 1))
    assert (window.first, window.last) == (date(2014, 1, 1), date(2015, 8, 1))


def test_an_early_ccg_that_is_not_live_in_time_is_left_out() -> None:
    window = window_of(rollout(at_00M=MAY, at_03D=date(2016, 3, 1), at_00C=DECEMBER), "early")
    assert window.early == ("00M",)
    assert "03D" not in window.starts


def test_a_ccg_of_which_nothing_is_known_is_none_to_compare_with() -> None:
    known = rollout(**EARLY)
    some = Rollout({code: start for code, start in known.live.items() if code != "01H"}, TO, "test")
    assert "01H" not in window_of(some, "early").starts


@pytest.mark.parametrize(
    ("dates", "codes", "why"),
    [
        (rollout(at_00M=MAY), (), "No go-live is recorded for Hambleton, Richmondshire and Whitby"),
        (rollout(), (), "No go-live is recorded for"),
        (rollout(**EARLY), ("00C", "00D", "00J"), "No early implementer is among the CCGs asked for"),
        (rollout(**EARLY), ("00M", "00C", "00D"), "There are 2 CCGs to compare with; 3 are needed"),
        (rollout(**EARLY), ("00M", "16C"), "Tees Valley mixes early and following CCGs, so it is never compared"),
        (rollout(**EARLY), ("00M", "84H"), "County Durham came in April 2020; CCGs are compared as they were in 2015"),
        (rollout(**EARLY, at_00C=date(2015, 4, 1)), (), "No early implementer was live by March 2015"),
    ],
)
def test_refuses_with_the_reason(dates: Rollout, codes: tuple[str, ...], why: str) -> None:
    with pytest.raises(CannotBeTold, match=why):
        window_of(dates, "early", codes)


def panel(before: int, after: int, controls: int) -> Panel:
    months = tuple(month_after(MAY, at - before) for at in range(before + after))
    starts = (MAY, *[None] * controls)
    return Panel(tuple("ABCDEF"[: 1 + controls]), months, np.zeros((1 + controls, len(months))), starts)


def test_six_months_before_three_after_and_three_controls_are_enough() -> None:
    require_enough(panel(before=6, after=3, controls=3))


@pytest.mark.parametrize(
    ("before", "after", "controls", "why"),
    [
        (5, 9, 9, "There are 5 months before the first go-live with a value for every CCG; 6 are needed"),
        (6, 2, 9, "There are 2 months after it while others were not live with a value for every CCG; 3 are needed"),
        (6, 3, 2, "There are 2 CCGs not live to compare with with a value"),
    ],
)
def test_too_little_is_refused(before: int, after: int, controls: int, why: str) -> None:
    with pytest.raises(CannotBeTold, match=why):
        require_enough(panel(before, after, controls))
