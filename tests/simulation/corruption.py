"""Faults planted in submissions, and months left out of returns: is each of them reported, and nothing else?"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from loaders.pathway import KIND
from metrics.areas import ccgs
from metrics.periods import month_after
from metrics.returns import whole_returns
from tests.loaders.given import referral, refusal
from tests.simulation.check import Check

REFERRALS, EACH = 300, 3
"""Rows of a submission, and how many of them have each of the faults: one in a hundred."""
FIRST, EXTRACTED = date(2015, 1, 1), date(2016, 12, 31)
MONTHS, LEFT_OUT = 24, 6

Row = dict[str, Any]
Fault = tuple[str, Callable[[Row, Row], object]]
"""The column that is spoilt, and what it then holds, given the row and a sound one further up."""

FAULTS: Sequence[Fault] = (
    ("received", lambda row, sound: ""),  # no clock start
    ("assessed", lambda row, sound: row["received"] - timedelta(days=1)),  # a negative wait
    ("discharged", lambda row, sound: EXTRACTED + timedelta(days=1)),
    ("ccg", lambda row, sound: "99Z"),  # a code that nobody has
    ("route", lambda row, sound: "tiage"),
    ("referral_id", lambda row, sound: sound["referral_id"]),  # sent twice
)


def corruption(replicates: int, seed: int = 10) -> Iterator[Check]:
    """Every planted fault by row and column, and none besides; every return that lacks a main sender, and no other."""
    rng = np.random.default_rng(seed)
    for what, found in (("faults of a submission", _spoilt), ("returns that lack a sender", _left_out)):
        planted, reported = zip(*[found(rng) for _ in range(replicates)], strict=True)
        missed = sum(len(here - there) for here, there in zip(planted, reported, strict=True))
        invented = sum(len(there - here) for here, there in zip(planted, reported, strict=True))
        number = sum(map(len, planted))
        yield Check(f"corruption layer: {what}, reported of {number:,}", number, number - missed, 0)
        yield Check(f"corruption layer: {what}, invented", 0, invented, 0)


def _spoilt(rng: np.random.Generator) -> tuple[set, set]:
    """The rows and columns of a submission that were spoilt, and those for which it is refused."""
    rows = [_sound(rng, number) for number in range(REFERRALS)]
    assert not refusal(KIND, *rows)
    chosen = rng.choice(np.arange(1, REFERRALS), (len(FAULTS), EACH), replace=False)
    first = dict(rows[0])
    for (column, spoil), places in zip(FAULTS, chosen, strict=True):
        for place in places:
            rows[place][column] = spoil(rows[place], first)
    planted = {(int(at) + 2, column) for (column, _), places in zip(FAULTS, chosen, strict=True) for at in places}
    return planted, {(problem.row, problem.column) for problem in refusal(KIND, *rows)}


def _sound(rng: np.random.Generator, number: int) -> Row:
    received = FIRST + timedelta(days=int(rng.integers(0, 500)))
    assessed = received + timedelta(days=int(rng.integers(0, 90)))
    discharged = assessed + timedelta(days=int(rng.integers(0, 90)))
    dates = {"received": received, "assessed": assessed, "discharged": discharged}
    return dict(referral(referral_id=f"R{number}", extracted=EXTRACTED, outcome="treated", **dates))


def _left_out(rng: np.random.Generator) -> tuple[set, set]:
    """The CCGs and months of which one of two main senders, or a file, was left out, and those that count as not whole.

    The first and the last months are always there: what never came cannot be told from what was never to come.
    """
    months = [month_after(FIRST, at) for at in range(MONTHS)]
    sent = [(ccg, sender, month) for ccg in ccgs() for sender in ("DP1", "DP2") for month in months]
    inner = [pair for pair in sent if pair[2] not in (months[0], months[-1])]
    gone = {inner[at] for at in rng.choice(len(inner), LEFT_OUT, replace=False)}
    rows = [(*pair, int(rng.integers(20, 40))) for pair in sent if pair not in gone]
    whole = whole_returns(pd.DataFrame(rows, columns=["ccg", "sender", "month", "arrived"]))
    return {(ccg, month) for ccg, _, month in gone}, {(ccg, month) for ccg in ccgs() for month in months} - whole
