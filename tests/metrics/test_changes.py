"""What changed between two releases: two small ones of literal rows, and figures and milestones one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from loaders.warehouse import Warehouse
from metrics.adoption.milestones import Milestone, standing_of
from metrics.changes import Changes, changes
from metrics.disclosure import HES_2018
from metrics.disclosure.differencing import few_may_lie_between
from metrics.engines import Engine
from metrics.figure import Figure, Status
from metrics.measure import Measure
from metrics.receipt import Gap
from metrics.told import Told, told
from tests.metrics.warehouses import Row, Rows, day, publish

QUARTER_ENDS = ("2014-06", "2014-09", "2014-12", "2015-03", "2015-06", "2015-09", "2015-12", "2016-03")
APRIL, MAY, JUNE = (date(2016, month, 1) for month in (4, 5, 6))


def _posts(month: str, in_post: float) -> Row:
    return {"ccg": "00M", "month": day(f"{month}-01"), "planned": 4.0, "in_post": in_post}


def _coded(ccg: str, low: int, episodes: int) -> Row:
    nobody = {"start_back_medium": 0, "start_back_high": 0, "gp_lumbar_mri": 0}
    return {"practice": f"{ccg}-A", "ccg": ccg, "month": JUNE, "episodes": episodes, "start_back_low": low, **nobody}


def _operated(month: date, ccg: str = "00C") -> Row:
    what = {"procedure_group": "other", "diagnosis_group": "other", "spells": 20, "repeat_spells": 0, "cost": None}
    return {"ccg": ccg, "provider": "P", "month": month, **what}


def _promised(component: str, planned: str, status: str, as_at: str, **more: str) -> Row:
    dates = {"planned": planned, "as_at": as_at, **more}
    return {"ccg": "00C", "component": component, "status": status, "month": APRIL} | {
        name: day(text) for name, text in dates.items()
    }


BEFORE: Rows = {
    "workforce": [_posts(month, 2) for month in QUARTER_ENDS[:-1]],  # half of the posts, quarter by quarter
    "practice_coding": [_coded("00C", 40, 100), _coded("00D", 40, 100), _coded("00J", 40, 100)],
    "procedure": [_operated(APRIL), _operated(APRIL, "00D"), _operated(MAY, "00D"), _operated(JUNE)],  # no May of 00C
    "milestone": [
        _promised("go_live", "2016-05-02", "in_progress", "2016-03-31"),
        _promised("imaging_route", "2016-05-02", "in_progress", "2016-03-31", forecast="2016-05-16"),
        _promised("cppp_running", "2016-01-11", "in_progress", "2016-03-31"),  # overdue, with no new date
        _promised("contract_signed", "2016-05-02", "in_progress", "2016-03-31"),
    ],
}
AFTER: Rows = {
    "workforce": [_posts("2016-03", 4)],  # all of them
    "practice_coding": [
        _coded("00C", 90, 150),  # 50 people more in each count
        _coded("00D", 45, 100),  # may be one person more
        _coded("00J", 40, 100),  # sent again, and the same
    ],
    # May of 00C came late; July came of 00D alone
    "procedure": [_operated(MAY), _operated(MAY, "00D"), _operated(date(2016, 7, 1), "00D")],
    "milestone": [
        _promised("go_live", "2016-05-02", "done", "2016-06-30", actual="2016-05-09"),
        _promised("imaging_route", "2016-05-02", "in_progress", "2016-06-30", forecast="2016-08-01"),
        _promised("cppp_running", "2016-01-11", "in_progress", "2016-06-30"),  # overdue still: not moved
        _promised("contract_signed", "2016-05-02", "stopped", "2016-06-30"),
    ],
    "rtt_wait": [{"ccg": "00C", "part": "incomplete", "function": "110", "month": APRIL, "week": 3, "patients": 60}],
    "rtt_published": [
        {"ccg": "00C", "part": "incomplete", "function": "110", "month": APRIL, "open_band": 52, "median_rule": "n"}
    ],
}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory, measures: dict[str, Measure]) -> Iterator[tuple[Told, Told]]:
    """What the release of AFTER tells, and that of BEFORE."""
    place = tmp_path_factory.mktemp("two")
    engine = publish(place, (BEFORE, False), (AFTER, False))
    warehouse = Warehouse(str(place))
    first = warehouse.register.release(1)
    assert first
    earlier = Engine(warehouse, first)
    yield told(engine, measures.values()), told(earlier, measures.values())
    for one in (engine, earlier):
        one.close()


@pytest.fixture(scope="module")
def found(releases: tuple[Told, Told], measures: dict[str, Measure]) -> Changes:
    return changes(measures, *releases)


def test_a_signal_that_was_not_there(found: Changes) -> None:
    assert [signal.sentence for signal in found.signals] == [
        "Triage and Treat Practitioners in post, South Tees: improving (100% in 2015/16 Q4); before: no special change."
    ]


def test_milestones_done_later_or_given_up_since(found: Changes) -> None:
    assert [(one.step, one.now.component) for one in found.milestones] == [
        ("done", "go_live"),
        ("stopped", "contract_signed"),
        ("slipped", "imaging_route"),  # from 2 weeks late to 13
    ]


def test_a_revision_has_both_values_unless_few_people_may_lie_between(found: Changes) -> None:
    assert [one.sentence for one in found.revisions if one.measure.key == "start_back_recorded"] == [
        "STarT Back recorded, Darlington, 2016/17 Q1: 60%, was 40%.",
        "STarT Back recorded, Durham Dales, Easington and Sedgefield, 2016/17 Q1: revised, by too few people "
        "to say how.",
    ]


def test_a_figure_that_rests_on_more_months_than_before_is_not_revised(found: Changes) -> None:
    # with its May the quarter of 00C is whole; its rate before was of two months
    assert not [one for one in found.revisions if one.measure.how.table == "procedure"]


def test_data_that_arrived_by_table_ccg_and_month(found: Changes) -> None:
    arrived = {(one.fact, one.ccg): one.months for one in found.arrived}
    assert arrived == {
        ("workforce", "00M"): (date(2016, 3, 1),),
        ("procedure", "00C"): (MAY,),
        ("procedure", "00D"): (date(2016, 7, 1),),
        ("rtt_wait", "00C"): (APRIL,),
        ("rtt_published", "00C"): (APRIL,),
    }


def test_what_was_expected_and_did_not_arrive(found: Changes) -> None:
    procedures = [gap for gap in found.missing if gap.fact == "procedure"]
    assert procedures == [
        Gap("procedure", "00C", "P", (date(2016, 7, 1),)),  # late: 00D has a July
        Gap("procedure", "00D", "P", (JUNE,)),
    ]
    # 00D's June was missing before, when it was only late
    assert [gap.ccg for gap in found.newly_missing if gap.fact == "procedure"] == ["00C"]


def test_a_measure_told_for_the_first_time_has_no_new_signal(found: Changes) -> None:
    assert "rtt_orthopaedics_within_18_weeks" in [measure.key for measure in found.first_told]
    assert found.sentence == (
        "Since release 1: 1 new signal, 1 milestone done, 1 milestone later than before, 1 milestone given up, "
        "2 figures revised, 3 measures told for the first time, 4 tables with new months."
    )


def test_the_first_release_has_nothing_before_it(releases: tuple[Told, Told], measures: dict[str, Measure]) -> None:
    _, first = releases
    alone = changes(measures, first, None)
    assert alone.sentence == "Release 1 is the first: there is nothing to compare it with."
    assert (alone.before, alone.signals, alone.arrived) == (None, (), ())
    assert alone.missing  # what did not arrive is missed from the beginning


def test_a_release_beside_itself_has_not_changed(releases: tuple[Told, Told], measures: dict[str, Measure]) -> None:
    _, first = releases
    same = changes(measures, replace(first, release=2), first)
    assert same.nothing
    assert same.sentence == "Since release 1: nothing that readers see has changed."
    assert same.newly_missing == ()


def test_an_empty_release(nothing: Engine, measures: dict[str, Measure]) -> None:
    empty = told(nothing, measures.values())
    assert changes(measures, empty, empty).nothing


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
