"""The one seam where answers are kept: keyed by the release's number and plain values.

A release never changes, so nothing here goes stale; publishing another one only adds keys.
"""

from dashboard.cached.comparisons import comparison_of, lags_of, precedent_of, profile_of
from dashboard.cached.figures import aligned_figures, figures_of, notes_beside, selected_figures
from dashboard.cached.kept import kept
from dashboard.cached.news import changes_of, findings_of, told_by
from dashboard.cached.people import curves_of, flows_of, maturity_of, queues_of
from dashboard.cached.releases import engine, facts_received, ledger_of, measures, months_of, releases, rollout_of
from dashboard.cached.waits import cohort_waits_of, still_waiting_of, wait_curves_of

__all__ = [
    "aligned_figures",
    "changes_of",
    "cohort_waits_of",
    "comparison_of",
    "curves_of",
    "engine",
    "facts_received",
    "figures_of",
    "findings_of",
    "flows_of",
    "kept",
    "lags_of",
    "ledger_of",
    "maturity_of",
    "measures",
    "months_of",
    "notes_beside",
    "precedent_of",
    "profile_of",
    "queues_of",
    "releases",
    "rollout_of",
    "selected_figures",
    "still_waiting_of",
    "told_by",
    "wait_curves_of",
]
