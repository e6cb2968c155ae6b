"""Sentences written from figures: headlines, stamps and alt text, the same on screen and in files."""

from collections.abc import Sequence
from datetime import date

from loaders.register import Release
from metrics.figure import Figure
from metrics.measure import Measure

NOT_OFFICIAL = "Management information, not official statistics."
SYNTHETIC = "Synthetic data: invented to show how the dashboard works. No real patient, practice or result."

STATUS = {
    "ok": "",
    "suppressed": "hidden (small number)",
    "no_data": "no data",
    "not_received": "not received",
    "immature": "too early to tell",
}
MARKS = {"suppressed": "*", "no_data": "none", "not_received": "n/r", "immature": "early"}
"""What stands in a cell that has no value: four different things, never a blank."""


def label(measure: Measure) -> str:
    """The measure as lists and addresses name it."""
    return f"{measure.family.capitalize()}: {measure.name}"


def month_name(period: str) -> str:
    """'Mar 2018' for 2018-03."""
    return f"{date.fromisoformat(period + '-01'):%b %Y}"


def shown(measure: Measure, figure: Figure) -> str:
    """A figure in words: its value, or why it has none."""
    return measure.in_words(figure.value) if figure.value is not None else STATUS[figure.status]


def counts(figure: Figure) -> str:
    """'380 of 1,000', where the figure rests on such counts; blank otherwise."""
    if figure.numerator is None:
        return ""
    if figure.denominator is None:
        return f"{figure.numerator:,.0f}"
    return f"{figure.numerator:,.0f} of {figure.denominator:,.0f}"


def latest(figures: Sequence[Figure]) -> dict[str, Figure]:
    """The newest figure with a value of each area; its newest figure where none has a value."""
    newest: dict[str, Figure] = {}
    for figure in figures:
        held = newest.get(figure.area)
        if held is None or held.value is None or figure.value is not None:
            newest[figure.area] = figure
    return newest


def headline(measure: Measure, figures: Sequence[Figure]) -> str:
    """What the newest month says, in a sentence; for many areas, how far apart they are."""
    newest = [figure for figure in latest(figures).values() if figure.value is not None]
    if not newest:
        return f"{measure.name}: nothing can be shown for this selection."
    period = max(figure.period for figure in newest)
    now = sorted((f for f in newest if f.period == period), key=lambda f: f.value or 0)
    when = month_name(period)
    if len(now) == 1:
        return f"{now[0].area_name}: {shown(measure, now[0])} in {when}"
    if len(now) == 2:
        return f"{_pair(measure, now[0])} and {_pair(measure, now[1])} in {when}"
    return f"From {shown(measure, now[0])} to {shown(measure, now[-1])} across {len(now)} areas in {when}"


def _pair(measure: Measure, figure: Figure) -> str:
    return f"{figure.area_name} {shown(measure, figure)}"


def subtitle(measure: Measure, figures: Sequence[Figure]) -> str:
    """Measure, months and unit: what the chart shows, in one line."""
    periods = [figure.period for figure in figures]
    span = f"{month_name(min(periods))} to {month_name(max(periods))}" if periods else "no months"
    return f"{measure.name}, {span}, {_unit(measure)}"


def _unit(measure: Measure) -> str:
    return "per cent" if measure.unit == "%" else measure.unit


def axis_title(measure: Measure) -> str:
    """What the vertical axis counts."""
    return "Per cent" if measure.unit == "%" else measure.unit[0].upper() + measure.unit[1:]


def stamp(measure: Measure, figures: Sequence[Figure], release: Release) -> str:
    """Source, freshness and standing of a chart's data."""
    valued = [figure.period for figure in figures if figure.value is not None]
    to = f"Data to {month_name(max(valued))}" if valued else "No data"
    kind = "Synthetic data. " if figures and figures[0].synthetic else ""
    return f"{kind}{to} · release {release.number} of {release.published:%d %b %Y} · {measure.source}. {NOT_OFFICIAL}"


def alt_text(measure: Measure, figures: Sequence[Figure]) -> str:
    """The finding and what kind of chart it stands in, for those who hear the page."""
    return (
        f"Line chart. {headline(measure, figures)}. {subtitle(measure, figures)}. The table beside it has every value."
    )
