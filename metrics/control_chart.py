"""The XmR chart of a measure for each area: its figures, the rules that mark them, and what may be said of it.

Made from figures as they may be shown, so that what is hidden is a gap here too. A signal is a reason to look, and no
evidence of the pathway's effect: the sentence says how often a chart like it signals when nothing happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod

from metrics.disclosure import Policy
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.periods import begins
from metrics.selection import Selection
from metrics.spc.chart import Chart, Rebase, xmr
from metrics.spc.quiet import lag_one_autocorrelation, quiet_signal_share
from metrics.spc.rules import MAKING_DATA_COUNT_R, RuleSet
from metrics.verdict import NO_JUDGEMENT, Verdict, assurance, variation

NO_EVIDENCE = "A signal is a reason to look, not evidence of the pathway's effect."


@dataclass(frozen=True)
class ControlChart:
    """The chart of one area; `figures` are its points, in the same order.

    `variation` is that of the last point, `assurance` whether the target will be met. `autocorrelation` is how much
    each point resembles the one before, None where that cannot be told; `quiet_share` the share (0 to 1) of series so
    long and so autocorrelated that signal somewhere although nothing happens.
    """

    measure: Measure
    figures: Sequence[Figure]
    chart: Chart
    variation: Verdict
    assurance: Verdict
    autocorrelation: float | None
    quiet_share: float | None

    @property
    def sentence(self) -> str:
        """What the chart says, against what target, and how far that goes."""
        return f"{self._verdicts()} {self._how_often()} {NO_EVIDENCE}"

    def _verdicts(self) -> str:
        told, target = f"{self.measure.name}, {self.figures[0].area_name}: {self.variation.words}", self.measure.target
        if target is None or self.assurance == NO_JUDGEMENT:
            return f"{told}."
        standing = "" if target.verified else " (unverified)"
        return f"{told}; target of {self.measure.in_words(target.value)}{standing}: {self.assurance.words}."

    def _how_often(self) -> str:
        if self.quiet_share is None:
            return "How often such a chart signals when nothing happens cannot be told."
        return (
            f"Of charts like it ({self.chart.count} points, autocorrelation {self.autocorrelation:.2f}) "
            f"{self.quiet_share:.0%} signal somewhere when nothing happens."
        )


def control_charts(
    measure: Measure,
    selection: Selection,
    engine: Engine,
    policy: Policy | None = None,
    rule_set: RuleSet = MAKING_DATA_COUNT_R,
    rebases: Sequence[Rebase] = (),
) -> list[ControlChart]:
    """The chart of every area of the selection, period by period; empty where nothing was received.

    Raises NotSelectable as `figures` does, and ValueError for two rebases on one date or one that nothing follows.
    """
    found = figures(measure, selection, engine, policy)
    last = max((begins(figure.period) for figure in found), default=None)
    for rebase in rebases:
        if last and rebase.date > last:
            raise ValueError(f"There is no period from {rebase.date:%Y-%m} on to start new limits with.")
    by_area = groupby(found, key=lambda figure: figure.area)
    return [_control_chart(measure, list(own), rule_set, rebases) for _, own in by_area]


def _control_chart(
    measure: Measure, own: Sequence[Figure], rule_set: RuleSet, rebases: Sequence[Rebase]
) -> ControlChart:
    chart = xmr([(begins(figure.period), figure.value) for figure in own], rule_set, rebases)
    resembling = lag_one_autocorrelation(chart)
    return ControlChart(
        measure,
        own,
        chart,
        variation(chart, measure),
        assurance(chart, measure),
        resembling,
        None if resembling is None else _quiet_share(chart, resembling),
    )


def _quiet_share(chart: Chart, autocorrelation: float) -> float:
    """That any stretch between rebases signals, each taken for a series of its own."""
    return 1 - prod(1 - quiet_signal_share(group.count, autocorrelation, chart.rule_set) for group in chart.groups)
