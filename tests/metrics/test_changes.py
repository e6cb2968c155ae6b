"""What changed between two releases, small ones of literal rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from loaders.warehouse import Warehouse
from metrics.changes import Changes, changes
from metrics.engines import Engine
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


def _injected(month: date, ccg: str = "00C", repeated: int = 40) -> Row:
    what = {"procedure_group": "facet_joint_injection", "diagnosis_group": "low_back_pain", "cost": None}
    return {"ccg": ccg, "provider": "P", "month": month, "spells": 200, "repeat_spells": repeated, **what}


def _promised(component: str, planned: str, status: str, as_at: str, **more: str) -> Row:
    dates = {"planned": planned, "as_at": as_at, **more}
    return {"ccg": "00C", "component": component, "status": status, "month": APRIL} | {
        name: day(text) for name, text in dates.items()
    }


BEFORE: Rows = {
    "workforce": [_posts(month, 2) for month in QUARTER_ENDS[:-1]],  # half of the posts, quarter by quarter
    "practice_coding": [_coded("00C", 40, 100), _coded("00D", 40, 100), _coded("00J", 40, 100)],
    "procedure": [_injected(APRIL), _injected(APRIL, "00D"), _injected(MAY, "00D"), _injected(JUNE)],  # no May of 00C
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
    "procedure": [_injected(MAY, repeated=200), _injected(MAY, "00D"), _injected(date(2016, 7, 1), "00D")],
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


def test_a_figure_that_rests_on_more_months_than_before_is_not_revised(
    found: Changes, releases: tuple[Told, Told]
) -> None:
    # with its May the quarter of 00C is whole: 280 of 600. Its share before was of two months: 80 of 400
    shares = [
        [figure.value for figure in one.figures["repeat_facet_injections"] if figure.area == "00C" and figure.value]
        for one in releases
    ]
    assert shares == [[47], [20]]
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
