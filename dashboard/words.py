"""Sentences written from figures: headlines, stamps and alt text, the same on screen and in files."""

from collections.abc import Sequence
from textwrap import wrap

from loaders.register import Release
from metrics.areas import REGION_NAME
from metrics.figure import Figure, fullest
from metrics.manual import entry
from metrics.measure import AMOUNTS, Measure
from metrics.periods import begins

NOT_OFFICIAL = "Management information, not official statistics."
SYNTHETIC = "Synthetic data: invented to show how the dashboard works. No real patient, practice or result."

STATUS = {
    "ok": "",
    "suppressed": "hidden (small number)",
    "no_data": "no value",
    "not_received": "not received",
    "immature": "too early to tell",
}
SHORT_STATUS = {**STATUS, "suppressed": "hidden", "immature": "too early"}
"""What stands where there is no value: four different things, never a blank."""


FEW = 3
"""Areas that a headline still names one by one."""


def label(measure: Measure) -> str:
    """The measure as lists and addresses name it."""
    return f"{measure.family.capitalize()}: {measure.name}"


def month_name(period: str) -> str:
    """'Mar 2018' for 2018-03; quarters and years are called what they are: 2016/17 Q1."""
    return period if "/" in period else f"{begins(period):%b %Y}"


def joined(names: Sequence[str]) -> str:
    """'Darlington, Sunderland and South Tees'."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def shown(measure: Measure, figure: Figure) -> str:
    """A figure in words: its value, or why it has none."""
    return measure.in_words(figure.value) if figure.value is not None else STATUS[figure.status]


def cell(measure: Measure, figure: Figure) -> str:
    """A figure for a table whose heading has the unit: the number alone, or why there is none."""
    if figure.value is None:
        return SHORT_STATUS[figure.status]
    return shown(measure, figure) if measure.unit == "%" else f"{figure.value:,.{measure.decimals}f}"


def counts(figure: Figure) -> str:
    """'380 of 1,000', where the figure rests on such counts; blank otherwise."""
    if figure.numerator is None:
        return ""
    if figure.denominator is None:
        return f"{figure.numerator:,.0f}"
    return f"{figure.numerator:,.0f} of {figure.denominator:,.0f}"


def folded(name: str, letters: int) -> str:
    """A name on a chart in lines of at most so many letters; no word is broken."""
    return "<br>".join(wrap(name, letters, break_on_hyphens=False, break_long_words=False))


def headline(measure: Measure, figures: Sequence[Figure]) -> str:
    """What the newest month says that all areas share, in a sentence; of many areas, how far apart they are."""
    now = fullest(figures)
    if not now:
        return f"{measure.name}: nothing can be shown for this selection"
    told = [(inside(one.area_name), one.value or 0.0, shown(measure, one)) for one in now]
    return f"{measure.name} stood {standing(told)} in {month_name(now[0].period)}"


def standing(told: Sequence[tuple[str, float, str]]) -> str:
    """'at 46 days in the early implementers and 57 days in Darlington', from area, value and the value in words.

    Of many areas only how far apart they are, and none is ranked: 'between 46 days and 75 days across 12 areas'.
    """
    if len(told) <= FEW:
        return f"at {joined([f'{said} in {area}' for area, _, said in told])}"
    (*_, low), *_, (*_, high) = sorted(told, key=lambda one: one[1])
    return f"at {low} in all {len(told)} areas" if low == high else f"between {low} and {high} across {len(told)} areas"


INSIDE = {
    "Early implementers": "the early implementers",
    "Following CCGs": "the following CCGs",
    REGION_NAME: "the region",
}


def inside(name: str) -> str:
    """An area's name inside a sentence: an arm and the region have no proper names, whole or in part."""
    return next((f"{said}{name[len(first) :]}" for first, said in INSIDE.items() if name.startswith(first)), name)


def subtitle(measure: Measure, figures: Sequence[Figure]) -> str:
    """Measure, months and unit: what the chart shows, in one line."""
    periods = [figure.period for figure in figures]
    span = (
        " to ".join(dict.fromkeys(month_name(end) for end in (min(periods), max(periods)))) if periods else "no months"
    )
    return f"{measure.name}, {span}, {_unit(measure)}"


def _unit(measure: Measure) -> str:
    """The unit as a noun."""
    return "per cent" if measure.unit == "%" else measure.unit


def provenance(figures: Sequence[Figure]) -> str:
    """'synthetic' or 'real', for a heading beside others of the other kind."""
    return "synthetic" if figures and figures[0].synthetic else "real"


def axis_title(measure: Measure) -> str:
    """What the vertical axis counts."""
    return "Per cent" if measure.unit == "%" else measure.unit[0].upper() + measure.unit[1:]


def stamp(measure: Measure, figures: Sequence[Figure], release: Release) -> str:
    """Source, freshness and standing of a chart's data."""
    valued = [figure.period for figure in figures if figure.value is not None]
    young = [figure.period for figure in figures if figure.status == "immature"]
    to = f"Data to {month_name(max(valued))}" if valued else "No data"
    provisional = f"provisional from {month_name(min(young))}" if young else ""
    synthetic = bool(figures) and figures[0].synthetic
    resting = valued and measure.how.table not in AMOUNTS  # those are no people
    to = " · ".join(filter(None, [to, _resting_on(figures) if resting else ""]))
    return source_line(synthetic, release, measure.how.table, measure.source, to, provisional)


def _resting_on(figures: Sequence[Figure]) -> str:
    """'n = 95 and 390 in Feb 2018': the denominators of the headline; blank for what has none."""
    now = fullest(figures)
    sizes = [figure.denominator for figure in now if figure.denominator is not None]
    if not sizes:
        return ""
    numbers = [f"{size:,.0f}" for size in sizes]
    told = joined(numbers) if len(sizes) <= FEW else f"{min(sizes):,.0f} to {max(sizes):,.0f}"
    return f"n = {told} in {month_name(now[0].period)}"


def source_line(synthetic: bool, release: Release, table: str, source: str, to: str = "", provisional: str = "") -> str:
    """What stands under every chart: whose data, to when, drawn when, as published when, from where."""
    drawn = release.extracted.get(table)
    extracted = f"extracted {drawn:%d %b %Y}" if drawn else ""
    told = [to, extracted, provisional, f"release {release.number} of {release.published:%d %b %Y}", source]
    said = " · ".join(part for part in told if part)
    return f"{'Synthetic data. ' if synthetic else ''}{said[0].upper()}{said[1:]}. {NOT_OFFICIAL}"


def alt_text(measure: Measure, figures: Sequence[Figure]) -> str:
    """The finding and what kind of chart it stands in, for those who hear the page."""
    return (
        f"Line chart. {headline(measure, figures)}. {subtitle(measure, figures)}. The table beside it has every value."
    )


def definition(measure: Measure) -> str:
    """The measure's entry in the manual as Markdown, without its heading."""
    return "\n".join(list(entry(measure))[1:])
