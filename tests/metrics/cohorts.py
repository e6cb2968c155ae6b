"""People of a cohort, one by one, and their counts by day."""

import numpy as np
from hypothesis import strategies as st

from metrics.conversion.incidence import Ends

DAYS = 40
CONVERTED, ENDED, OPEN = 0, 1, 2

Person = tuple[int, int]
"""The day on which somebody was last seen, and what happened on it."""

people = st.lists(st.tuples(st.integers(0, DAYS - 1), st.sampled_from([CONVERTED, ENDED, OPEN])), max_size=40)


def ends_of(cohort: list[Person]) -> Ends:
    kinds = (CONVERTED, ENDED, OPEN)
    return Ends(*(np.bincount([day for day, kind in cohort if kind == k], minlength=DAYS) for k in kinds))
