"""Figures against a second, plain implementation of every measure, on small worlds made at random."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from metrics import catalogue
from metrics.disclosure import NONE
from metrics.figure import Figure
from metrics.figures import figures
from metrics.kinds import Count, WaitingList
from metrics.measure import Measure
from metrics.periods import Per
from metrics.selection import By, Selection
from tests.metrics.generated import made
from tests.metrics.plain import answers
from tests.metrics.plain_kinds import Answer
from tests.metrics.warehouses import hold

BY: tuple[By, ...] = ("region", "arm", "wave", "ccg", "successor")
PER: tuple[Per, ...] = ("month", "quarter", "year")


def every_measure() -> list[Measure]:
    """Every definition, and what none of them asks for."""
    measures = catalogue.load()
    spells = Count(table="procedure", count="spells", where={"procedure_group": ("decompression",)})
    long_waits = WaitingList(step="assessed", over_weeks=6)
    people = measures["waiting_for_assessment"]
    return [*measures.values(), replace(people, key="spells", how=spells), replace(people, key="long", how=long_waits)]


@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller seed makes no smaller world
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 2**32), st.sampled_from(BY), st.sampled_from(PER))
@example(1, "ccg", "month")
@example(2, "region", "year")
def test_every_measure_is_what_loops_over_the_rows_make_of_it(tmp_path: Path, seed: int, by: By, per: Per) -> None:
    world = made(Random(seed))
    engine = hold(tmp_path, world)
    for measure in every_measure():
        expected = answers(measure.how, world, by, per)
        found = {(f.area, f.period): f for f in figures(measure, Selection(by=by, per=per), engine, NONE)}
        assert {cell: figure.status for cell, figure in found.items()} == {
            cell: answer.status for cell, answer in expected.items()
        }, measure.key
        for cell, answer in expected.items():
            assert_same(found[cell], answer)
    engine.close()


def assert_same(figure: Figure, answer: Answer) -> None:
    """Counts are equal and values as near as two ways of dividing come; limits are tested elsewhere."""
    if answer.status == "ok":
        assert (figure.numerator, figure.denominator) == (answer.numerator, answer.denominator), figure
        assert figure.value == pytest.approx(answer.value, rel=1e-9, abs=1e-9), figure
