"""Small-number policies by name: which counts of people are hidden, and how far the others are rounded."""

import os
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Literal


@dataclass(frozen=True)
class Policy:
    """Counts of people that lie in `hidden` are hidden; others are rounded to the nearest `rounded_to`.

    With `coarse` percentages are whole, and medians and means have no more decimals than their
    measure shows: -7.857142857 points can only be the mean of 7, 14, 21 ... people. `shares` says
    whether percentages follow from the counts as rounded or as they are. A hidden count has to stay
    one of at least `keeps` values for somebody who sees the totals it is part of.
    """

    key: str
    hidden: range
    rounded_to: int
    coarse: bool
    shares: Literal["rounded", "exact"]
    keeps: int
    words: str

    @property
    def hidden_to(self) -> int:
        """The largest count that is hidden."""
        return self.hidden.stop - 1

    @property
    def with_rounded_shares(self) -> "Policy":
        """The same, with percentages from rounded counts: where many are shown of the same people, exact ones tell."""
        return replace(self, shares="rounded")

    def hides(self, *counts: float) -> bool:
        """Whether any of these counts of people, taken to the nearest whole number, may not be shown."""
        return any(floor(count + 0.5) in self.hidden for count in counts)

    def rounded(self, count: float) -> float:
        """The count as it may be shown, halves upwards."""
        return float(count) if self.rounded_to == 1 else self.rounded_to * halves_upwards(count / self.rounded_to)

    def told_by(self, shown: float) -> tuple[float, float]:
        """The smallest and the largest whole number of people of which this is what would be shown."""
        low, high = ceil(shown - self.rounded_to / 2), ceil(shown + self.rounded_to / 2) - 1
        if not self.hidden:
            return low, high
        return (max(low, self.hidden.stop), high) if shown else (0, 0)


def halves_upwards(value: float, decimals: int = 0) -> float:
    """The number rounded to so many decimals, halves upwards."""
    return floor(value * 10**decimals + 0.5) / 10**decimals


HES_2018 = Policy(
    key="hes_2018",
    hidden=range(1, 8),
    rounded_to=5,
    coarse=True,
    shares="rounded",
    keeps=3,
    words="Counts of 1 to 7 people are hidden (*); others are rounded to the nearest 5, and whole percentages follow "
    "from the rounded counts. A median or mean needs 8 people.",
)
MHSDS = Policy(
    key="mhsds",
    hidden=range(5),
    rounded_to=5,
    coarse=True,
    shares="exact",
    keeps=3,
    words="Counts of 0 to 4 people are hidden (*); others are rounded to the nearest 5. Percentages are whole "
    "and follow from the counts before rounding. A median or mean needs 5 people.",
)
NONE = Policy(
    key="none",
    hidden=range(0),
    rounded_to=1,
    coarse=False,
    shares="exact",
    keeps=0,
    words="Counts are shown as they are: for authorised users only.",
)
POLICIES = {policy.key: policy for policy in (HES_2018, MHSDS, NONE)}


def policy_in_force() -> Policy:
    """The policy named by the environment variable DISCLOSURE, hes_2018 when it is not set; ValueError for another."""
    key = os.environ.get("DISCLOSURE") or HES_2018.key
    if key not in POLICIES:
        raise ValueError(f"DISCLOSURE is '{key}', which is no small-number policy: there are {', '.join(POLICIES)}.")
    return POLICIES[key]
