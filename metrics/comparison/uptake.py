"""How far the practices of live CCGs had taken the pathway up: beside a change since go-live, which it waters down.

The change is not divided by it: without an interval of its own such a quotient says more than is known.
"""

from datetime import date
from statistics import mean

from metrics.catalogue import load
from metrics.comparison.panel import Panel
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.selection import Selection

PRACTICES = "practices_referring"
"""The measure of it: practices that referred in the last three months."""


def mean_uptake(panel: Panel, engine: Engine, synthetic: bool) -> float | None:
    """Mean percentage of practices referring over the live months of the panel; None where it is not known.

    Invented practices are not taken for a measure of real rows.
    """
    measure = load()[PRACTICES]
    if engine.is_synthetic(measure.how.table) != synthetic:
        return None
    live = {area: start for area, start in zip(panel.areas, panel.starts, strict=True) if start}
    asked = Selection(ccgs=tuple(live), first=min(live.values()), last=panel.months[-1])
    shares = [
        figure.value
        for figure in figures(measure, asked, engine, NONE)
        if figure.value is not None and date.fromisoformat(f"{figure.period}-01") >= live[figure.area]
    ]
    return mean(shares) if shares else None
