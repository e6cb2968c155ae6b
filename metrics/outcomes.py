"""Change in a patient-reported score, from the number of paired forms and two sums."""

from scipy import stats

from metrics.intervals import Statistic


def mean_change(pairs: int, total: float, squares: float, level: float = 0.95) -> Statistic:
    """The mean of paired changes with its t interval, in points of the instrument.

    `total` is the sum of the changes and `squares` that of their squares. None without a pair;
    no limits for one pair, whose spread nobody knows.
    """
    method = "mean of paired changes, t interval"
    if pairs == 0:
        return Statistic(None, None, None, 0, method)
    mean = total / pairs
    if pairs == 1:
        return Statistic(mean, None, None, 1, method)
    # the difference of two large sums can come out a trifle below zero when every change is the same
    variance = max(squares - total * mean, 0.0) / (pairs - 1)
    reach = float(stats.t.ppf((1 + level) / 2, pairs - 1)) * (variance / pairs) ** 0.5
    return Statistic(mean, mean - reach, mean + reach, pairs, method)
