"""One figure of one measure: a value with everything that is needed to read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "suppressed", "no_data", "not_received", "immature"]


@dataclass(frozen=True)
class Figure:
    """A measure for an area and a month, as it may be shown.

    Numbers are in `unit` and unrounded; None where there is none. `lower` and `upper` bound the
    value at 95%. `status` tells apart a value, a hidden one, none to work out, none received and a
    cohort too young; `reason` says it in a sentence where there is no value.
    """

    measure: str
    area: str
    area_name: str
    arm: str
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    status: Status
    release: int
    synthetic: bool
    reason: str = ""


def latest(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The newest figure with a value of each area; its newest figure where none has a value."""
    newest: dict[str, Figure] = {}
    for figure in figures:
        held = newest.get(figure.area)
        if held is None or held.value is None or figure.value is not None:
            newest[figure.area] = figure
    return newest
