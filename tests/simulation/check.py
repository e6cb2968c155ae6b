"""One line of the acceptance table."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

Asked = Literal["near", "at least", "must miss"]


@dataclass(frozen=True)
class Check:
    """A quantity, what it should be and what was found.

    `near`: within the tolerance of the target; `at least`: no lower than the target less the tolerance;
    `must miss`: a method known to be wrong has to be seen to miss the target by more than the tolerance.
    """

    quantity: str
    target: float
    found: float
    tolerance: float
    asked: Asked = "near"

    @property
    def ok(self) -> bool:
        off = self.found - self.target
        if self.asked == "at least":
            return bool(off >= -self.tolerance)
        near = abs(off) <= self.tolerance
        return bool(near if self.asked == "near" else not near)


def errors_of_share(share: float, replicates: int) -> float:
    """Three standard errors of a share from so many replicates."""
    return 3 * sqrt(share * (1 - share) / replicates)


def errors_of_mean(spread: float, replicates: int) -> float:
    """Three standard errors of a mean from so many replicates with this standard deviation."""
    return 3 * spread / sqrt(replicates)
