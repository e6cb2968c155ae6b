"""Where each CCG stood before anybody was live: a better start is not a result.

The last financial year that ended before the first go-live, the same for all, so that nothing but the place differs.
"""

from collections.abc import Sequence

from metrics.figure import Figure
from metrics.live import Rollout
from metrics.periods import begins, month_after


def baselines(figures: Sequence[Figure], rollout: Rollout) -> list[Figure]:
    """Of figures by CCG and financial year those of the baseline, the early implementers first."""
    started = [start for start in rollout.live.values() if start]
    if not started:
        return []
    before = [figure for figure in figures if month_after(begins(figure.period), 12) <= min(started)]
    newest = max((figure.period for figure in before), default="")
    return sorted((f for f in before if f.period == newest), key=lambda f: (f.arm != "early", f.area_name))
