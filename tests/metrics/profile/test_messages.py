from collections.abc import Sequence
from datetime import date

import pytest

from metrics.adoption.milestones import Milestone, standing_of
from metrics.areas import Area
from metrics.catalogue import load
from metrics.comparison.lag import Lag
from metrics.profile.messages import direction_message, missing_words, place_message
from metrics.profile.tracks import Track, track
from metrics.receipt import Gap
from tests.metrics.profile.rows import series

FOLLOWER, EARLY = Area("00C", "Darlington", "following"), Area("00M", "South Tees", "early")
DOWN = [60, 62, 58, 61, 59, 60, 62, 58, 41, 39, 42, 38, 40, 41, 39]  # ends with a run below the mean
UP = [100 - value for value in DOWN]


def made(key: str, values: Sequence[float]) -> Track:
    found = track(load()[key], series("00C", values), "00C")
    assert found
    return found


def test_better_and_worse_are_named_waits_before_adoption() -> None:
    tracks = [made("practices_referring", UP), made("wait_assessment", DOWN), made("wait_imaging", UP)]
    said = direction_message([*tracks, made("referral_to_assessment", [50, 51])])
    assert said.lead == "Got worse: Wait for imaging. Got better: Wait for assessment; Practices referring."
    assert said.rest == "Of 4 measures with a value 0 show no special change, and 1 have too few quarters."


def test_more_than_three_are_counted() -> None:
    keys = ["wait_assessment", "wait_imaging", "wait_core_therapy", "wait_surgery", "wait_cppp"]
    said = direction_message([made(key, DOWN) for key in keys])
    assert said.lead == (
        "Nothing has clearly got worse. "
        "Got better: Wait for assessment; Wait for imaging; Wait for core therapies; and 2 more."
    )


def test_going_live_is_no_change_by_chance_and_no_value_is_no_news() -> None:
    assert direction_message([made("ccgs_live", UP)]).words == (
        "Nothing can be said of better or worse. No measure has a value."
    )
    assert direction_message([]).lead == "Nothing can be said of better or worse."


def start(actual: date | None, forecast: date | None = None) -> Milestone:
    planned, as_at = date(2018, 2, 5), date(2018, 3, 31)
    status = "done" if actual else "in_progress"
    standing, slip = standing_of(planned, forecast, actual, status, as_at)
    row = ("go_live", planned, forecast, actual, status, "", "", as_at, standing, slip, None, "")
    return Milestone("00C", "Darlington", *row)


LIVE = start(date(2018, 2, 5))


def test_how_far_behind_with_the_longest_lag_first() -> None:
    lags = {
        "Practices referring": Lag("00C", "lag", 9, 3.5, 1.0, 6.0),
        "Patients covered": Lag("00C", "lag", 9, 4.0, None, 6.0),
        "STarT Back recorded": Lag("00C", "lag", 9, -2.0, -3.0, -1.0),
        "Practices sustaining referral": Lag("00C", "level", 9, 0.5, -1.0, 2.0),
    }
    said = place_message(FOLLOWER, LIVE, lags, "Nothing is missing.")
    assert said.lead == (
        "Live since February 2018; behind the early implementers by 4.0 months on Patients covered and by 3.5 months "
        "on Practices referring (95% from 1.0 to 6.0); ahead of the early implementers by 2.0 months on STarT Back "
        "recorded (95% from 1.0 to 3.0), at the same stage."
    )
    assert said.rest == "Level within chance: Practices sustaining referral. Nothing is missing."


def test_no_lag_is_made_up() -> None:
    lags = {"Practices referring": Lag("00C", "cannot_be_told"), "Patients covered": Lag("00C", "below", 9)}
    said = place_message(FOLLOWER, LIVE, lags, "")
    assert said.lead.startswith("Live since February 2018; not clearly behind or ahead")
    assert said.rest == "Short of where they started: Patients covered. Cannot be told: Practices referring."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            start(None, date(2018, 6, 4)),
            "Not yet live: go-live planned for 05 Feb 2018, forecast for 04 Jun 2018. Expected 17 weeks late.",
        ),
        (
            start(None),
            "Not yet live: go-live planned for 05 Feb 2018. Overdue by at least 8 weeks, with no new date.",
        ),
        (None, "It has no place on the early implementers' curve: no ledger says when it went live."),
    ],
)
def test_a_ccg_that_is_not_live_is_placed_by_its_ledger(row: Milestone | None, said: str) -> None:
    assert place_message(FOLLOWER, row, {}, "").words == said


def test_an_early_implementer_is_the_curve() -> None:
    assert place_message(EARLY, LIVE, {}, "").words == (
        "It is an early implementer: the others are held against its curve."
    )


JAN, FEB, MARCH = (date(2018, month, 1) for month in (1, 2, 3))


def test_what_is_missing_is_told_by_kind_and_sender() -> None:
    arrived: dict[str, dict[str, set[date]]] = {
        "referral": {"00C": {JAN, MARCH}, "00M": {JAN, FEB, MARCH}},
        "workforce": {"00C": set(), "00M": {JAN}},
        "prescribing": {"00C": set(), "00M": {JAN}},  # not sent by a CCG
    }
    gaps = [Gap("referral", "00C", "DP5", (FEB,)), Gap("referral", "00M", "DP1", (JAN,))]
    gaps.append(Gap("waiting", "00C", "DP5", (FEB,)))  # comes with the referrals
    assert missing_words("00C", arrived, gaps) == (
        "Missing: pathway referrals of February 2018 from DP5; all practitioners in post."
    )


def test_a_long_gap_is_counted() -> None:
    months = tuple(date(2017, month, 1) for month in range(1, 6))
    said = missing_words("00C", {"referral": {"00C": {JAN}}}, [Gap("referral", "00C", "DP5", months)])
    assert said == ("Missing: pathway referrals of January 2017, February 2017, March 2017 and 2 months more from DP5.")


def test_nothing_missing_and_nothing_sent_are_different_things() -> None:
    assert missing_words("00C", {"procedure": {"00C": {JAN}}}, []) == (
        "Nothing is missing of what it sends month by month."
    )
    assert missing_words("00C", {"workforce": {"00C": set()}}, []) == (
        "Nothing that is sent month by month has been received from it."
    )
