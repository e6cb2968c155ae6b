"""The acceptance table: every check with its number of replicates."""

from collections.abc import Iterator

from tests.simulation import corruption, effects, figures, permutations
from tests.simulation.check import Check


def acceptance(part: float = 1.0) -> Iterator[Check]:
    """Every line, from the full number of replicates or a part of it; tolerances widen as they must."""

    def of(replicates: int) -> int:
        return round(part * replicates)

    yield from effects.effects(of(400))
    yield from effects.ramp()
    yield from permutations.sizes(of(1000))
    yield from permutations.noisy_early(of(1000))
    yield from permutations.intervals(of(300))
    yield from permutations.detectable(of(400))
    yield from figures.conversions(of(1000))
    yield from figures.bands(of(2000))
    yield from figures.quiet_charts()
    yield from figures.pooled_patients(of(200))
    yield from figures.averaged_medians()
    yield from corruption.corruption(of(50))
