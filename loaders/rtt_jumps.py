"""Waiting lists that jump from one month to the next: mostly artefacts of reporting, always worth a look."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from loaders.months import months_between
from loaders.places import ccg_names, predecessors
from loaders.problems import Problem
from loaders.submission import Across

FUNCTIONS = {
    "110": "trauma and orthopaedics",
    "150": "neurosurgery",
    "410": "rheumatology",
    "999": "all treatment functions",
}
"""Functions that the dashboard shows."""

RATIO = 1.2
"""The larger of two figures over the smaller, above which a list has jumped."""

SMALLEST = 500
"""Patients on the longer of the two lists. Below, a fifth more or less is within three standard errors of chance."""

NEAREST = 2
"""Months apart that two figures may lie: over more, lists move by themselves."""

_Figures = Mapping[date, int]


def jumps(published: pa.Table) -> list[Problem]:
    """A warning for each month in which the incomplete list of a CCG of the region jumped.

    `published` holds month, part, ccg, function and total of all the months known. A list has jumped
    when it and the list of the month before (or the one before that, where a month is missing) differ
    by more than a fifth of the smaller, the longer being at least 500 patients. A month that departs
    from both its neighbours in the same direction is reported once. CCGs that merged into one of the
    12 are added up, for months in which all of them are there.

    In the published lists of December 2014 to April 2015 ordinary months differ by at most 19%.
    """
    warnings = []
    for (ccg, function), figures in _lists(published).items():
        for month, others in _odd_months(figures):
            warnings.append(_warning(ccg, function, month, figures, others))
    return sorted(warnings, key=lambda warning: warning.why)


def _lists(published: pa.Table) -> dict[tuple[str, str], _Figures]:
    """The incomplete list by month, for each CCG of 2015 and function shown."""
    mergers = predecessors()
    incomplete = pc.equal(published["part"], "incomplete")
    shown = pc.is_in(published["function"], value_set=pa.array(list(FUNCTIONS)))
    ours = pc.is_in(published["ccg"], value_set=pa.array([*ccg_names(), *mergers]))
    rows = published.filter(pc.and_(pc.and_(incomplete, shown), ours)).to_pylist()
    lists: dict[tuple[str, str], dict[date, dict[str, int]]] = {}
    for row in rows:
        key = mergers.get(row["ccg"], row["ccg"]), row["function"]
        lists.setdefault(key, {}).setdefault(row["month"], {})[row["ccg"]] = row["total"]
    return {key: _whole(key[0], months) for key, months in lists.items()}


def _whole(ccg: str, months: Mapping[date, Mapping[str, int]]) -> _Figures:
    """Totals of the months in which the CCG itself or every one that merged into it is there."""
    parts = {code for code, merged in predecessors().items() if merged == ccg and code != ccg}
    return {
        month: by_code[ccg] if ccg in by_code else sum(by_code.values())
        for month, by_code in sorted(months.items())
        if ccg in by_code or set(by_code) == parts
    }


def _odd_months(figures: _Figures) -> Iterable[tuple[date, Sequence[date]]]:
    """Each month that jumped, with the months it is held against."""
    steps = [(before, month) for before, month in pairwise(figures) if _jumped(figures, before, month)]
    returned = set()
    for before, month in steps:
        after = next((later for here, later in steps if here == month), None)
        if after and (figures[month] > figures[before]) == (figures[month] > figures[after]):
            returned.add((month, after))
            yield month, [before, after]
        elif (before, month) not in returned:
            yield month, [before]


def _jumped(figures: _Figures, before: date, month: date) -> bool:
    low, high = sorted((figures[before], figures[month]))
    return len(months_between(before, month)) - 1 <= NEAREST and high >= SMALLEST and high > RATIO * low


def _warning(ccg: str, function: str, month: date, figures: _Figures, others: Sequence[date]) -> Problem:
    here = figures[month]
    against = " and ".join(_against(here, other, figures[other]) for other in others)
    return Problem(
        f"{ccg} {ccg_names()[ccg]}, {FUNCTIONS[function]}, incomplete: {here:,} in {month:%B %Y}, {against}.",
        "Ask whether the list or its reporting changed, and read the month with care.",
        level="warning",
        file="rtt incomplete",
    )


def _against(here: int, other: date, there: int) -> str:
    share = f" ({here / there - 1:+.0%})" if there else ""
    return f"{here - there:+,}{share} on {there:,} in {other:%B %Y}"


ACROSS_MONTHS = Across("rtt_published", ("month", "part", "ccg", "function", "total"), jumps)
"""The check for a load, which sees every month that has been published so far."""
