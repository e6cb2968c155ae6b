"""What changed between two releases: single figures and milestones, before and now."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from metrics.adoption.milestones import Milestone, standing_of
from metrics.changes import changes
from metrics.disclosure import HES_2018
from metrics.disclosure.differencing import few_may_lie_between
from metrics.figure import Figure, Status
from metrics.measure import Measure
from metrics.told import Told
from tests.metrics.warehouses import day

# ---- Figures one by one


def _share(value: float | None, numerator: float | None, denominator: float | None, status: Status = "ok") -> Figure:
    place = ("start_back_recorded", "00C", "Darlington", "following", "2016/17 Q1")
    return Figure(*place, numerator, denominator, value, None, None, "%", status, 1, False)


def _told(figures: Sequence[Figure] = (), key: str = "start_back_recorded") -> Told:
    return Told(1, {key: figures}, (), {}, (), frozenset())


def _revised(measures: dict[str, Measure], before: Figure, now: Figure) -> list[str]:
    return [one.sentence.split(": ")[1] for one in changes(measures, _told([now]), _told([before])).revisions]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (_share(55, 55, 100), "revised, by too few people to say how."),  # 15 more as shown, but nobody more in all
        (_share(50, 50, 100), "revised, by too few people to say how."),
        (_share(None, None, None, "suppressed"), "revised, by too few people to say how."),
        (_share(60, 120, 200), "60%, was 40%."),
    ],
)
def test_a_revision_tells_of_no_few_people(measures: dict[str, Measure], now: Figure, said: str) -> None:
    assert _revised(measures, _share(40, 40, 100), now) == [said]


def test_the_same_value_from_other_counts_is_no_revision(measures: dict[str, Measure]) -> None:
    assert _revised(measures, _share(40, 40, 100), _share(40, 80, 200)) == []


def test_a_figure_that_had_no_value_before_is_no_revision(measures: dict[str, Measure]) -> None:
    assert _revised(measures, _share(None, None, None, "suppressed"), _share(40, 40, 100)) == []


def test_published_figures_and_posts_are_given_whatever_changed(measures: dict[str, Measure]) -> None:
    before = replace(_share(92.3, 923, 1000), measure="rtt_orthopaedics_within_18_weeks")
    now = replace(before, value=92.4, numerator=924)
    key = "rtt_orthopaedics_within_18_weeks"
    (revision,) = changes(measures, _told([now], key), _told([before], key)).revisions
    assert (revision.before, revision.now) == (92.3, 92.4)


def test_invented_figures_are_never_compared_with_real_ones(measures: dict[str, Measure]) -> None:
    real = _share(60, 120, 200)
    found = changes(measures, _told([real]), _told([replace(_share(40, 40, 100), synthetic=True)]))
    assert found.revisions == ()
    assert [measure.key for measure in found.first_told] == ["start_back_recorded"]


@pytest.mark.parametrize(
    ("earlier", "later", "few"),
    [
        ((10,), (20,), True),  # 12 and 18 are shown so, 6 apart
        ((10,), (25,), False),  # 12 and 23 at the nearest
        ((25,), (10,), False),
        ((10,), (10,), True),
        ((0,), (15,), False),  # none at all, and 13 at least
        ((0,), (10,), False),  # 8 is the fewest that is shown
        ((100, 200), (150, 205), True),  # one count is enough
        (None, (25,), True),
        ((10,), None, True),
    ],
)
def test_few_may_lie_between(earlier: tuple[float, ...] | None, later: tuple[float, ...] | None, few: bool) -> None:
    assert few_may_lie_between(earlier, later, HES_2018) is few


# ---- Milestones one by one


def _milestone(as_at: str, status: str = "in_progress", **dates: str) -> Milestone:
    planned, forecast, actual = (dates.get(name) and day(dates[name]) for name in ("planned", "forecast", "actual"))
    standing, slip = standing_of(planned or None, forecast or None, actual or None, status, day(as_at))
    days = (planned or None, forecast or None, actual or None)
    return Milestone("00C", "Darlington", "go_live", *days, status, "", "", day(as_at), standing, slip, None, "")


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [
        ({"planned": "2016-05-02"}, {"planned": "2016-05-02", "forecast": "2016-09-05"}, "slipped"),
        ({"planned": "2016-09-05"}, {"planned": "2016-09-05"}, None),  # still to come
        ({"planned": "2016-05-02"}, {"planned": "2016-05-02"}, "slipped"),  # due then, overdue now
        ({"planned": "2016-01-04"}, {"planned": "2016-01-04"}, None),  # overdue then as now
        (
            {"planned": "2016-08-01", "forecast": "2016-10-03"},
            {"planned": "2016-08-01", "forecast": "2016-09-05"},
            None,
        ),
        ({"planned": "2016-01-04", "actual": "2016-01-04"}, {"planned": "2016-01-04", "actual": "2016-01-04"}, None),
        (None, {"planned": "2016-05-02", "actual": "2016-05-02"}, "done"),  # not in the ledger before
    ],
)
def test_a_milestone_moves_when_its_date_does(
    measures: dict[str, Measure], before: dict[str, str] | None, now: dict[str, str], step: str | None
) -> None:
    other = replace(_milestone("2016-03-31", planned="2016-05-02"), component="contract_signed")
    earlier = [other, *([_milestone("2016-03-31", **before)] if before else [])]
    later = replace(_told(), milestones=[_milestone("2016-06-30", **now)])
    found = changes(measures, later, replace(_told(), milestones=earlier))
    assert [one.step for one in found.milestones] == ([step] if step else [])


def test_the_first_ledger_is_no_list_of_news(measures: dict[str, Measure]) -> None:
    done = _milestone("2016-06-30", planned="2016-05-02", actual="2016-05-02")
    assert changes(measures, replace(_told(), milestones=[done]), _told()).milestones == ()
