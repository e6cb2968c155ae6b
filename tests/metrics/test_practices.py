"""Which practices refer, on a few practices given by hand: 00M-A and 00M-B, with lists of January 2016."""

from datetime import date

import pandas as pd
import pytest

from metrics.evidence import Evidence, Nothing, Quotient
from metrics.kinds import Practices
from metrics.practices import SMALLEST_LIST, practice_shares
from metrics.selection import months_between

FIRST = date(2016, 1, 1)
MONTHS = list(months_between(FIRST, date(2017, 2, 1)))
REFERRING = Practices(state="referring", weight="practices", months=3)
SUSTAINED = Practices(state="sustained", weight="practices", months=3)
LISTS = {"00M-A": 3000.0, "00M-B": 1000.0}


def month(number: int) -> date:
    """The month of 2016, or of 2017 from 13 on."""
    return MONTHS[number - 1]


def shares(
    how: Practices, referred: dict[str, list[int]], lists: dict[str, float] | None = None, missing: tuple[int, ...] = ()
) -> dict[int, Evidence]:
    """Shares of 00M by number of the month, where these practices referred in these months."""
    rows = [("list", place, FIRST, patients) for place, patients in (LISTS if lists is None else lists).items()]
    rows += [("events", place, month(number), 1.0) for place, numbers in referred.items() for number in numbers]
    counts = pd.DataFrame(rows, columns=["part", "place", "month", "number"]).assign(ccg="00M", area="00M")
    arrived = {("00M", month(number)) for number in range(1, 15) if number not in missing}
    found = practice_shares(how, counts, MONTHS, arrived)
    return {MONTHS.index(at) + 1: share for (_, at), share in found.items()}


def test_a_referral_makes_a_practice_refer_for_three_months() -> None:
    found = shares(REFERRING, {"00M-A": [4]})
    assert [found[n] for n in (3, 4, 6, 7)] == [Quotient(0, 2), Quotient(1, 2), Quotient(1, 2), Quotient(0, 2)]


def test_it_refers_from_its_first_month_of_all() -> None:
    assert shares(REFERRING, {"00M-A": [1]})[1] == Quotient(1, 2)


def test_what_is_sustained_takes_three_months_on_end() -> None:
    found = shares(SUSTAINED, {"00M-A": [1, 2, 3, 4, 6], "00M-B": [2, 4, 6]})
    assert [found[n] for n in range(1, 8)] == [Quotient(state, 2) for state in (0, 0, 1, 1, 0, 0, 0)]


def test_weight_is_one_a_practice_or_its_list() -> None:
    by_list = Practices(state="referring", weight="list", months=3)
    assert shares(by_list, {"00M-A": [1]})[1] == Quotient(3000, 4000)


@pytest.mark.parametrize(("patients", "practices"), [(SMALLEST_LIST - 1, 1), (SMALLEST_LIST, 2)])
def test_the_smallest_list_of_a_practice(patients: float, practices: int) -> None:
    found = shares(REFERRING, {"00M-A": [1], "00M-C": [1]}, {"00M-A": 3000.0, "00M-C": patients})
    assert found[1] == Quotient(practices, practices)


def test_a_practice_without_a_list_is_not_counted() -> None:
    assert shares(REFERRING, {"00M-A": [1], "00M-X": [1]})[1] == Quotient(1, 2)


def test_lists_stand_for_a_year() -> None:
    found = shares(REFERRING, {"00M-A": [12, 13]})
    assert found[12] == Quotient(1, 2)
    assert isinstance(found[13], Nothing)


def test_without_lists_there_is_no_share() -> None:
    found = shares(REFERRING, {"00M-A": [1]}, {})
    assert {type(share) for share in found.values()} == {Nothing}


def test_nobody_refers_where_no_referral_is_on_the_pathway() -> None:
    assert shares(REFERRING, {})[1] == Quotient(0, 2)


def test_a_missing_month_leaves_open_what_was_sustained_for_as_long_as_it_is_looked_back_on() -> None:
    found = shares(SUSTAINED, {"00M-A": list(range(1, 13))}, missing=(5,))
    assert found[4] == Quotient(1, 2)
    assert {n for n in range(1, 13) if isinstance(found[n], Nothing)} == {5, 6, 7}
    assert found[8] == Quotient(1, 2)


def test_nothing_is_missing_before_a_ccg_first_sends() -> None:
    found = shares(SUSTAINED, {"00M-A": [3, 4, 5]}, missing=(1, 2))
    assert [found[n] for n in (3, 4, 5)] == [Quotient(0, 2), Quotient(0, 2), Quotient(1, 2)]


def test_one_referral_of_the_months_that_came_is_enough_to_refer() -> None:
    found = shares(REFERRING, {"00M-A": [4]}, missing=(5,))
    assert isinstance(found[5], Nothing)  # the month itself did not come
    assert found[6] == Quotient(1, 2)
