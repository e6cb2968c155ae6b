"""The named policies and what a shown count tells of the count behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import HES_2018, MHSDS, NONE, POLICIES, Policy

every_policy = pytest.mark.parametrize("policy", [HES_2018, MHSDS, NONE], ids=lambda policy: policy.key)


def test_policies_are_known_by_their_names() -> None:
    assert list(POLICIES) == ["hes_2018", "mhsds", "none"]


@pytest.mark.parametrize(
    ("policy", "hidden", "shown"),
    [
        (HES_2018, [1, 7], [0, 8]),  # HES and ECDS since September 2018: nought is shown
        (MHSDS, [0, 4], [5]),  # the MHSDS data quality dashboard: 0 to 4, nought as well
        (NONE, [], [0, 1]),
    ],
    ids=["hes_2018", "mhsds", "none"],
)
def test_where_hiding_ends(policy: Policy, hidden: list[int], shown: list[int]) -> None:
    assert all(policy.hides(count) for count in hidden)
    assert not any(policy.hides(count) for count in shown)
    assert policy.hides(100, *hidden) == bool(hidden)  # one of several is enough


def test_a_count_worked_out_is_taken_to_the_nearest_whole_person() -> None:
    assert HES_2018.hides(7.4)
    assert not HES_2018.hides(8 - 1e-12)


@pytest.mark.parametrize(
    ("policy", "shown", "told"),
    [
        (HES_2018, 0, (0, 0)),
        (HES_2018, 10, (8, 12)),
        (HES_2018, 15, (13, 17)),
        (MHSDS, 5, (5, 7)),  # 3 and 4 would be rounded to it, and are hidden
        (MHSDS, 10, (8, 12)),
        (NONE, 3, (3, 3)),
    ],
)
def test_what_a_shown_count_tells(policy: Policy, shown: float, told: tuple[int, int]) -> None:
    assert policy.told_by(shown) == told


@every_policy
@given(count=st.integers(0, 3000))
def test_a_shown_count_tells_just_the_counts_that_are_shown_like_it(policy: Policy, count: int) -> None:
    if policy.hides(count):
        return
    low, high = policy.told_by(policy.rounded(count))
    near = range(max(count - 10, 0), count + 11)
    alike = [other for other in near if not policy.hides(other) and policy.rounded(other) == policy.rounded(count)]
    assert (low, high) == (alike[0], alike[-1])
