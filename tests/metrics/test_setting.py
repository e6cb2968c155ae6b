from datetime import date

from metrics.catalogue import load
from metrics.periods import Per
from metrics.selection import months_between
from metrics.setting import Return, Setting, setting_of

RATE, POSTS = (load()[key].how for key in ("referral_rate", "ttps_in_post"))
FEBRUARY, MARCH, JULY = date(2016, 2, 1), date(2016, 3, 1), date(2016, 7, 1)
ASKED = months_between(FEBRUARY, JULY)
ALL = {(ccg, month) for ccg in ("00M", "03D") for month in ASKED}


def setting(per: Per, arrived: set[Return] = ALL, state: bool = False) -> Setting:
    return setting_of(POSTS if state else RATE, ASKED, arrived, per)


def test_every_month_counts_in_its_period() -> None:
    quarters = setting("quarter").periods
    assert {start: len(months) for start, months in quarters.items()} == {
        date(2016, 1, 1): 2,  # February and March
        date(2016, 4, 1): 3,
        date(2016, 7, 1): 1,
    }
    assert setting("month").months == setting("year").months == ASKED


def test_of_a_state_the_last_month_counts() -> None:
    assert setting("quarter", state=True).months == [MARCH, date(2016, 6, 1), JULY]


def test_a_whole_period_lacks_nothing() -> None:
    assert setting("quarter").note(["00M", "03D"], date(2016, 4, 1)) == ""
    assert setting("month").note(["00M"], JULY) == ""


def test_a_period_cut_short_by_the_months_asked_for() -> None:
    assert setting("quarter").note(["00M"], date(2016, 1, 1)) == "Holds 2 of the 3 months of the period."
    assert setting("year").note(["00M"], date(2015, 4, 1)) == "Holds 2 of the 12 months of the period."


def test_a_state_is_cut_short_only_at_its_end() -> None:
    state = setting("quarter", state=True)
    assert state.note(["00M"], date(2016, 1, 1)) == ""  # as at March, though January was not asked for
    assert state.note(["00M"], JULY) == "As at July 2016, before the period ended."


def test_what_never_came_is_named_with_its_months() -> None:
    gaps = ALL - {("00M", date(2016, 5, 1)), *((("03D", month)) for month in ASKED[2:5])}
    quarter = setting("quarter", gaps)
    assert quarter.note(["00M"], date(2016, 4, 1)) == "Not received in full from South Tees (May 2016)."
    assert quarter.note(["00M", "03D"], date(2016, 4, 1)) == (
        "Not received in full from South Tees (May 2016), Hambleton, Richmondshire and Whitby."
    )
    assert quarter.received(["00M", "03D"], date(2016, 4, 1))
    assert not quarter.received(["03D"], date(2016, 4, 1))


def test_of_a_state_only_the_month_that_counts_can_be_missing() -> None:
    gaps = ALL - {("00M", date(2016, 5, 1))}
    assert setting("quarter", gaps, state=True).note(["00M"], date(2016, 4, 1)) == ""
