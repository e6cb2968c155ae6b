"""Charts from figures: a period without a value is a gap."""

from collections.abc import Iterable
from itertools import groupby

from metrics.figure import Figure
from metrics.periods import begins
from metrics.spc.chart import Chart, xmr


def charts_of(figures: Iterable[Figure]) -> dict[str, Chart]:
    """The XmR chart of each area, by its code; the figures of an area stand together, as `figures` gives them."""
    by_area = groupby(figures, key=lambda figure: figure.area)
    return {area: xmr((begins(figure.period), figure.value) for figure in own) for area, own in by_area}
