"""Charts of monthly series, and the rule sets by short names."""

from collections.abc import Sequence
from datetime import date

from metrics.spc.chart import Chart, Rebase, xmr
from metrics.spc.rules import MAKING_DATA_COUNT_R, RULE_SETS, RuleSet

EXCEL_6 = RULE_SETS["making_data_count_excel_6"]
EXCEL_7 = RULE_SETS["making_data_count_excel_7"]


def month(i: int) -> date:
    """The first of a month; 0 is January 2015."""
    return date(2015 + i // 12, i % 12 + 1, 1)


def chart(
    values: Sequence[float | None], rule_set: RuleSet = MAKING_DATA_COUNT_R, rebases: Sequence[Rebase] = ()
) -> Chart:
    return xmr([(month(i), value) for i, value in enumerate(values)], rule_set, rebases)
