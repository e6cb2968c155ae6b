"""Asking the small programme for one figure."""

from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection


def figure(measure: Measure, engine: Engine, area: str, period: str, selection: Selection | None = None) -> Figure:
    """One figure; KeyError when there is none for the area and period."""
    found = figures(measure, selection or Selection(), engine, NONE)
    return {(f.area, f.period): f for f in found}[area, period]


def counts(figure: Figure) -> tuple[object, object, object]:
    """Numerator, denominator and value of a figure that has a value."""
    assert figure.status == "ok", figure
    return figure.numerator, figure.denominator, figure.value
