"""From a measure and an engine to what may be said about early against following CCGs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from statistics import median

import numpy as np

from metrics.areas import ccgs
from metrics.comparison.imputation import by_months_since, contrast
from metrics.comparison.inference import Effect, effect_of
from metrics.comparison.judgement import cannot_be_told, judge
from metrics.comparison.panel import Panel, panel_of
from metrics.comparison.permutation import arrangements, placebos
from metrics.comparison.refusal import CannotBeTold
from metrics.comparison.result import Basis, Change, Comparison, Since
from metrics.comparison.scale import Scale, scale_of
from metrics.comparison.second_opinions import second_opinions
from metrics.comparison.uptake import mean_uptake
from metrics.comparison.window import MOST_BEFORE, Estimand, Window, require_enough, window_of
from metrics.dated_notes import notes_on, published_notes
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.live import Rollout, rollout
from metrics.measure import Measure
from metrics.selection import Selection

EVERYTHING = Selection()

FEWEST_TOGETHER = 2
"""CCGs under a month since go-live, below which nothing is given for it."""


def compare(
    measure: Measure, engine: Engine, estimand: Estimand = "early", selection: Selection = EVERYTHING
) -> Comparison:
    """The change of a measure in live CCGs against those not yet live.

    Of a selection its CCGs, months and kinds of patients are taken. There is always an answer: one that
    cannot be told says why. Works on unrounded counts, and gives estimates, intervals, ranks and
    numbers of CCGs and months: never the value of a CCG in a month.
    """
    synthetic = engine.is_synthetic(measure.how.table)
    nothing = Comparison(
        measure.key, measure.name, estimand, engine.release.number, synthetic, cannot_be_told(measure, "")
    )
    dates = rollout(engine, synthetic)
    try:
        scale = scale_of(measure)
        window = window_of(dates, estimand, selection.ccgs, selection.first, selection.last)
        panel = _panel(measure, scale, engine, window, selection)
        basis = _basis(panel, window, dates, mean_uptake(panel, engine, synthetic))
        return _compared(nothing, measure, scale, panel, basis)
    except CannotBeTold as reason:
        return replace(nothing, judgement=cannot_be_told(measure, str(reason)))


def _panel(measure: Measure, scale: Scale, engine: Engine, window: Window, selection: Selection) -> Panel:
    asked = Selection(
        ccgs=tuple(window.starts),
        first=window.first,
        last=window.last,
        presentation=selection.presentation,
        start_back=selection.start_back,
    )
    found = figures(measure, asked, engine, NONE)
    _require_people(measure, found)
    values = {(figure.area, _month(figure.period)): scale.working(figure) for figure in found}
    panel = panel_of(values, window.starts, window.early)
    require_enough(panel)
    return panel


def _require_people(measure: Measure, found: Sequence[Figure]) -> None:
    """Raises CannotBeTold where most CCG-months rest on fewer people than a median or mean may be shown of."""
    if not measure.counts_people or measure.published:
        return
    counts = [_people(figure) for figure in found if figure.status == "ok"]
    if counts and median(counts) <= HES_2018.hidden_to:
        raise CannotBeTold(f"Most months of a CCG rest on fewer than {HES_2018.hidden_to + 1} people.")


def _people(figure: Figure) -> float:
    """Those whom a figure is of: all of a share or a cohort, the events of a rate."""
    of_all = figure.unit == "%" or figure.denominator is None
    return float((figure.numerator if not of_all or figure.denominator is None else figure.denominator) or 0)


def _compared(nothing: Comparison, measure: Measure, scale: Scale, panel: Panel, basis: Basis) -> Comparison:
    effect = effect_of(panel, contrast(panel.go_live, panel.live.astype(float)), panel.rows(basis.early))
    scale = replace(scale, base=float(panel.values[panel.live].mean()))
    change = _change(effect, scale, measure)
    return replace(
        nothing,
        judgement=judge(measure, change, scale, nothing.estimand),
        basis=basis,
        change=change,
        since_go_live=_since_go_live(panel, effect, scale),
        second_opinions=tuple(second_opinions(panel, scale, nothing.estimand == "early")),
    )


def _change(effect: Effect, scale: Scale, measure: Measure) -> Change:
    estimate = scale.told(effect.estimate)
    return Change(
        estimate=estimate,
        lower=_told(scale, effect.interval.lower),
        upper=_told(scale, effect.interval.upper),
        unit=scale.unit,
        words=scale.in_words(estimate),
        p=effect.p,
        p_plain=max(effect.p_plain, effect.lowest_p),
        p_studentised=max(effect.p_studentised, effect.lowest_p),
        test="studentised" if effect.studentised else "plain",
        noise_ratio=effect.noise_ratio,
        rank=effect.rank,
        arrangements=effect.arrangements,
        smallest_detectable=_told(scale, _towards_good(effect, measure)),
    )


def _told(scale: Scale, working: float | None) -> float | None:
    return None if working is None else scale.told(working)


def _towards_good(effect: Effect, measure: Measure) -> float | None:
    """The smallest detectable change as a change for the better; the way it went where neither way is."""
    size = effect.smallest_detectable
    if size is None:
        return None
    falls = effect.estimate < 0 if measure.better == "neither" else measure.better == "lower"
    return -size if falls else size


def _since_go_live(panel: Panel, effect: Effect, scale: Scale) -> tuple[Since, ...]:
    """From two years before go-live on, where two CCGs or more share a month: of one alone it would tell its value."""
    treated = panel.since[panel.go_live < len(panel.months)]
    numbers, weights = by_months_since(panel.go_live, panel.since)
    estimates = (weights * panel.values).sum(axis=(1, 2))
    quiet, ways = panel.values - effect.estimate * panel.live, arrangements(panel.go_live)[1:]
    found = []
    for number, weight, estimate in zip(numbers, weights, estimates, strict=True):
        areas = int((treated == number).sum())
        if areas >= FEWEST_TOGETHER and number >= -MOST_BEFORE:
            lower, upper = np.quantile(placebos(weight, quiet, ways), [0.025, 0.975])
            limits = scale.told(float(lower)), scale.told(float(upper))
            found.append(Since(int(number), scale.told(float(estimate)), *limits, areas))
    return tuple(found)


def _basis(panel: Panel, window: Window, dates: Rollout, uptake: float | None) -> Basis:
    live = [area for area, start in zip(panel.areas, panel.starts, strict=True) if start]
    return Basis(
        first=f"{panel.months[0]:%Y-%m}",
        last=f"{panel.months[-1]:%Y-%m}",
        months_before=panel.before,
        months_after=len(panel.months) - panel.before,
        months_left_out=panel.months_left_out,
        early=window.early,
        live=tuple(live),
        controls=tuple(area for area in panel.areas if area not in live),
        ccgs_left_out=panel.areas_left_out,
        go_live=dates.source,
        notes=tuple(_notes(panel)),
        uptake=uptake,
    )


def _notes(panel: Panel) -> Iterator[str]:
    """Dated events of the region or of these CCGs, within the months compared."""
    for note in notes_on(published_notes(), panel.areas, (panel.months[0], panel.months[-1]), synthetic=False):
        where = f"{ccgs()[note.ccg].short_name}: " if note.ccg else ""
        yield f"{note.date:%B %Y}: {where}{note.text}"


def _month(period: str) -> date:
    return date.fromisoformat(f"{period}-01")
