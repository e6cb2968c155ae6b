"""What stars still hide from a reader who sets everything that is shown together, by the linear programme of the audit.

Over a world in which most counts are small: figures, the flow, lists, queues and reach, each with all totals that are
shown beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from metrics.adoption import practice_states, reach
from metrics.areas import members_of
from metrics.catalogue import load
from metrics.conversion import maturity
from metrics.disclosure import HES_2018, NONE, Policy, Shown, disclose
from metrics.disclosure.audit import audit
from metrics.engines import Engine
from metrics.evidence import Tally
from metrics.figures import figures
from metrics.pathway_flow import OUTCOMES, flow
from metrics.periods import Per, begins, is_state, months_of, name_of
from metrics.query.flow import OPEN, RECEIVED
from metrics.queues import queues
from metrics.selection import By, Selection
from metrics.still_waiting import BANDS, still_waiting
from tests.metrics.disclosure.everything import world

Cell = tuple[Any, ...]
"""The code of an area, and what is counted of it."""
Cells = Mapping[Cell, Shown]
AddsUp = Sequence[tuple[Cell, Sequence[Cell]]]

GROUPS: tuple[By, ...] = ("ccg", "wave", "arm", "region")
COUNTED = ("joined", "seen", "left", "waiting")
PERS: tuple[Per, ...] = ("quarter", "year")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = world(tmp_path_factory.mktemp("stars"), seed=1)
    yield made
    made.close()


def values_kept(one: Callable[[Policy], Cells], sums: Callable[[Cells], AddsUp], shares: bool = False) -> list[float]:
    """How many values the programme leaves each small count."""
    shown, truth = one(HES_2018), one(NONE)
    place = {cell: at for at, cell in enumerate(shown)}
    known = [(place[total], [place[part] for part in parts if part in place]) for total, parts in sums(shown)]
    exact = [truth[cell] for cell in shown]
    return [
        interval.values
        for at, found in audit(list(shown.values()), known, HES_2018, shares).items()
        for interval, count in ((found.count, exact[at].numerator), (found.denominator, exact[at].denominator))
        if interval and count is not None and HES_2018.hides(count)
    ]


def across_areas(cells: Cells) -> list[tuple[Cell, Sequence[Cell]]]:
    """An area is made up of its CCGs; what a CCG does not have is known to be nought."""
    members = {area: ccgs for by in GROUPS[1:] for area, ccgs in members_of(Selection(by=by)).items()}
    return [
        (cell, [(ccg, *cell[1:]) for ccg in members[cell[0]] if (ccg, *cell[1:]) in cells])
        for cell in cells
        if cell[0] in members
    ]


def assert_promise_kept(kept: Sequence[float], least: int) -> None:
    """There were enough to be found out, and none of them can be."""
    assert len(kept) >= least
    assert min(kept) >= HES_2018.keeps


@pytest.mark.parametrize("key", ["referral_to_assessment", "start_back_recorded", "waiting_for_assessment"])
def test_figures(engine: Engine, key: str) -> None:
    measure = load()[key]

    def cells(policy: Policy) -> Cells:
        return {
            (one.area, one.period): Shown(one.status, one.value, None, None, one.numerator, one.denominator, one.reason)
            for by, per in product(GROUPS, ("month", *PERS))
            for one in figures(measure, Selection(by=by, per=per), engine, policy)
            if one.status != "not_received"
        }

    def sums(shown: Cells) -> AddsUp:
        return [*across_areas(shown), *([] if is_state(measure.how) else over_periods(shown))]

    assert_promise_kept(values_kept(cells, sums, shares=measure.unit == "%"), 10)


def over_periods(cells: Cells) -> AddsUp:
    return [
        ((area, period), [(area, name_of(month, "month")) for month in months_of(begins(period), per)])
        for area, period in cells
        for per in PERS
        if period == name_of(begins(period), per)
    ]


@pytest.mark.slow
def test_the_flow(engine: Engine) -> None:
    def cells(policy: Policy) -> Cells:
        found = [area for by in ("ccg", "region") for area in flow(engine, Selection(by=by), policy)]
        nodes = {(area.area.code, node.key): node.people for area in found for node in area.nodes}
        return nodes | {(area.area.code, e.source, e.target): e.people for area in found for e in area.edges}

    def sums(shown: Cells) -> AddsUp:
        nodes, edges = ([cell for cell in shown if len(cell) == width] for width in (2, 3))
        into, out = ([(n, [e for e in edges if (e[0], e[end]) == n]) for n in nodes] for end in (2, 1))
        ends = [(n, [(n[0], end) for end in (*OUTCOMES, OPEN)]) for n in nodes if n[1] == RECEIVED]
        return [(total, parts) for total, parts in [*into, *out, *ends, *across_areas(shown)] if parts]

    assert_promise_kept(values_kept(cells, sums), 100)


def test_lists_by_week_band(engine: Engine) -> None:
    def cells(policy: Policy) -> Cells:
        return {
            (area.area.code, step.step, end.month, band): shown
            for by in GROUPS
            for area in still_waiting(engine, Selection(by=by), policy, ["assessed", "surgery"])
            for step in area.steps
            for end in step.months[:4]
            for band, shown in (("all", end.people), *enumerate(end.bands))
            if shown.status != "not_received"
        }

    def sums(shown: Cells) -> AddsUp:
        lists = [cell for cell in shown if cell[-1] == "all"]
        bands = [(cell, [(*cell[:-1], band) for band in range(len(BANDS))]) for cell in lists]
        return [*bands, *across_areas(shown)]

    assert_promise_kept(values_kept(cells, sums), 50)


def test_queues(engine: Engine) -> None:
    """The lists before the months looked at are shown too, as lists are; so those who left could be reckoned."""

    def cells(policy: Policy) -> Cells:
        found: dict[Cell, Shown] = {}
        for one in queues(engine, Selection(by="ccg"), policy):
            code, before = one.area.code, Selection(ccgs=(one.area.code,), last=one.window.first)
            earlier = {step.step: step.months for of in still_waiting(engine, before, policy) for step in of.steps}
            for queue in one.steps:
                found |= {
                    (code, queue.step, what): getattr(queue, what) for what in ("joined", "seen", "left", "waiting")
                }
                if len(earlier.get(queue.step, ())) > 1:
                    found[code, queue.step, "before"] = earlier[queue.step][-2].people
                    found[code, queue.step, "both"] = Shown("no_data")
        return found

    def sums(shown: Cells) -> AddsUp:
        halves = (("before", "joined"), ("seen", "left", "waiting"))
        both = [cell for cell in shown if cell[-1] == "both"]
        return [(cell, [(*cell[:-1], what) for what in half]) for cell in both for half in halves]

    assert_promise_kept(values_kept(cells, sums), 20)


def test_reach(engine: Engine) -> None:
    def cells(policy: Policy) -> Cells:
        return {(one.area.code,): one.reach for by in GROUPS for one in reach(engine, Selection(by=by), policy)}

    assert min(values_kept(cells, across_areas, shares=True), default=HES_2018.keeps) >= HES_2018.keeps


def test_referrals_of_the_practices_of_a_ccg(engine: Engine) -> None:
    """Beside the total of their CCG in the same months, which a figure of a measure gives."""

    def cells(policy: Policy) -> Cells:
        exact, found = practice_states(engine, Selection(), NONE), practice_states(engine, Selection(), policy)
        totals = {one.area.code: sum(p.referrals.numerator or 0 for p in one.practices) for one in exact}
        each = {(one.area.code, p.code): p.referrals for one in found for p in one.practices}
        return each | {(ccg, "all"): disclose(Tally(total), policy) for ccg, total in totals.items()}

    def sums(shown: Cells) -> AddsUp:
        totals = [cell for cell in shown if cell[1] == "all"]
        return [(total, [c for c in shown if c[0] == total[0] and c != total]) for total in totals]

    assert_promise_kept(values_kept(cells, sums), 5)


def test_cohorts_and_all_of_them_together(engine: Engine) -> None:
    measure = load()["assessed_to_imaging"]

    def cells(policy: Policy) -> Cells:
        found = maturity(engine, measure, Selection(), policy)
        months = {(one.area.code, c.month): c.share for one in found for c in one.cohorts if c.mature}
        return months | {(one.area.code, "all"): one.share for one in found}

    def sums(shown: Cells) -> AddsUp:
        return [(cell, [c for c in shown if c[0] == cell[0] and c[1] != "all"]) for cell in shown if cell[1] == "all"]

    assert_promise_kept(values_kept(cells, sums, shares=True), 10)
