"""What holds of every figure whatever the rows: counts are added before anything is divided, and order is nothing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics import catalogue
from metrics.areas import members_of
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.kinds import Practices, Rate, is_share
from metrics.measure import Measure
from metrics.periods import LENGTH, begins, is_state, months_of, name_of
from metrics.selection import By, NotSelectable, Selection
from tests.metrics.generated import made
from tests.metrics.warehouses import hold

Cells = dict[tuple[str, str], Figure]

TOGETHER: tuple[By, ...] = ("region", "arm", "wave")
seeds = st.integers(0, 2**32)
few = settings(
    max_examples=4,
    phases=[Phase.reuse, Phase.generate],  # a smaller seed makes no smaller world
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

MEASURES = {
    (measure.kind, measure.how.table, getattr(measure.how, "statistic", "")): measure
    for measure in catalogue.load().values()
}
"""One of each kind, table and statistic."""


def cells(measure: Measure, selection: Selection, engine: Engine) -> Cells:
    return {(f.area, f.period): f for f in figures(measure, selection, engine, NONE)}


def total(parts: Iterable[Figure]) -> tuple[float, float]:
    """Numerators and denominators of the parts that have them, added."""
    valued = [part for part in parts if part.status == "ok"]
    return sum(part.numerator or 0 for part in valued), sum(part.denominator or 0 for part in valued)


def assert_added(whole: Figure, parts: list[Figure], measure: Measure) -> None:
    """A whole is its parts added and then divided; parts that lack something leave the whole without a value."""
    statuses = {part.status for part in parts}
    if "immature" in statuses:
        assert whole.status == "immature"
    elif whole.status == "ok" and not (statuses & {"no_data"} and not is_share(measure.how)):
        numerator, denominator = total(parts)
        assert (whole.numerator, whole.denominator or 0) == (numerator, denominator), whole
        if is_share(measure.how) or isinstance(measure.how, Rate):
            assert whole.value == pytest.approx(measure.scale * numerator / denominator)
    elif whole.status == "not_received":
        # a sum of people needs every CCG
        assert statuses <= {"not_received"} or ("not_received" in statuses and measure.kind == "waiting_list")


@few
@given(seeds)
def test_an_area_is_its_ccgs_added_and_then_divided(tmp_path: Path, seed: int) -> None:
    engine = hold(tmp_path, made(Random(seed)))
    for measure in MEASURES.values():
        ccgs = cells(measure, Selection(), engine)
        for by in TOGETHER:
            members = members_of(Selection(by=by))
            for (area, period), whole in cells(measure, Selection(by=by), engine).items():
                assert_added(whole, [ccgs[code, period] for code in members[area]], measure)
    engine.close()


@few
@given(seeds)
def test_a_period_is_its_months_added_and_then_divided(tmp_path: Path, seed: int) -> None:
    engine = hold(tmp_path, made(Random(seed)))
    for measure in MEASURES.values():
        monthly = cells(measure, Selection(), engine)
        for per in ("quarter", "year"):
            for (area, period), whole in cells(measure, Selection(per=per), engine).items():
                names = [name_of(month, "month") for month in months_of(begins(period), per)]
                parts = [monthly[area, name] for name in names if (area, name) in monthly]
                if is_state(measure.how):
                    assert (whole.status, whole.value) == (parts[-1].status, parts[-1].value)
                else:
                    assert_added(whole, parts, measure)
                assert ("Holds" in whole.reason) <= (len(parts) < LENGTH[per])
    engine.close()


def of_practices() -> Iterator[Measure]:
    """Shares that are known by practice, and do not depend on lists."""
    for measure in MEASURES.values():
        if is_share(measure.how) and measure.how.table in ("referral", "practice_coding"):
            yield from [] if isinstance(measure.how, Practices) else [measure]


@few
@given(seeds)
def test_a_ccg_is_its_practices_added(tmp_path: Path, seed: int) -> None:
    engine = hold(tmp_path, made(Random(seed)))
    for measure in of_practices():
        practices = figures(measure, Selection(by="practice"), engine, NONE)
        for (code, period), whole in cells(measure, Selection(), engine).items():
            parts = [part for part in practices if part.area.startswith(code) and part.period == period]
            assert_added(whole, parts, measure)
    engine.close()


@few
@given(seeds)
def test_presentations_part_the_people(tmp_path: Path, seed: int) -> None:
    engine = hold(tmp_path, made(Random(seed)))
    for measure in MEASURES.values():
        if measure.kind not in ("conversion", "waiting_list"):
            continue
        parted = [
            cells(measure, Selection(presentation=(presentation,)), engine)
            for presentation in ("low_back_pain", "radicular_pain")
        ]
        for cell, whole in cells(measure, Selection(), engine).items():
            parts = [part[cell] for part in parted if cell in part]
            if whole.status == "ok":
                assert (whole.numerator, whole.denominator or 0) == total(parts), measure.key
    engine.close()


@few
@given(seeds)
def test_the_order_of_rows_changes_nothing(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    world = made(random)
    mixed = {name: random.sample(list(rows), len(rows)) for name, rows in world.items()}
    one, other = hold(tmp_path / "one", world), hold(tmp_path / "other", mixed)
    for measure in MEASURES.values():
        for selection in (Selection(), Selection(by="region", per="quarter")):
            assert figures(measure, selection, one, NONE) == figures(measure, selection, other, NONE)
    one.close()
    other.close()


def test_what_a_measure_is_not_known_by_is_refused_for_every_measure(small: Engine) -> None:
    refused = set()
    for key, measure in catalogue.load().items():
        try:
            figures(measure, Selection(by="practice"), small)
        except NotSelectable:
            refused.add(measure.how.table)
        else:
            assert measure.how.table in ("referral", "waiting", "practice_coding", "outcome_score"), key
    assert refused == {"milestone", "workforce", "rtt_wait", "activity", "prescribing", "procedure"}
