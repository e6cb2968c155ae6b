"""Reference values: NHS England, Monthly Activity Return by commissioner (OGL v3), read off single cells."""

from datetime import date
from pathlib import Path

import pytest

from loaders import activity
from loaders.problems import LoadRefused
from loaders.submission import Reading
from tests.loaders.activity_return import count
from tests.loaders.published import source


@pytest.mark.parametrize(
    ("month", "south_tees", "nation"),
    [
        (date(2013, 11, 1), 4661, 976944),
        (date(2014, 12, 1), 4346, 931317),
        (date(2015, 1, 1), 4606, 1003520),
        (date(2015, 3, 1), 5581, 1130559),
        (date(2015, 4, 1), 4996, 1065069),
        (date(2015, 7, 1), 5640, 1166039),
        (date(2015, 12, 1), 4345, 998344),
        (date(2016, 3, 1), 5254, 1141224),
        (date(2016, 10, 1), 5077, 1109535),
        (date(2017, 4, 1), 4563, 961015),
        (date(2018, 3, 1), 5034, 1110073),
        (date(2019, 11, 1), 4954, 1064930),
    ],
)
def test_gp_referrals(activity_returns: dict[date, Reading], month: date, south_tees: int, nation: int) -> None:
    assert count(activity_returns[month], "00M", "gp_referrals_made_ga") == south_tees
    assert count(activity_returns[month], "England", "gp_referrals_made_ga") == nation


def test_every_published_return_loads(activity_returns: dict[date, Reading]) -> None:
    rows = {month: reading.tables["activity"].num_rows for month, reading in activity_returns.items()}
    assert rows[date(2012, 7, 1)] == 14 * 153  # primary care trusts
    assert rows[date(2014, 6, 1)] == 14 * 213
    assert rows[date(2019, 6, 1)] == 14 * 193
    assert len(rows) == 89


def test_what_the_published_returns_are_warned_of(activity_returns: dict[date, Reading]) -> None:
    warned = {f"{month:%Y-%m}": [w.why for w in r.warnings] for month, r in activity_returns.items() if r.warnings}
    # A trust printed 4,459.1 admissions; five rows have a total that is not their sum; one sheet is a part
    assert sorted(warned) == ["2012-11", "2014-04", "2015-02", "2017-04", "2017-05", "2020-05"]
    assert warned["2017-04"] == ["04X: ordinary and daycase admissions together are 9 fewer than their total."]


def test_a_sheet_pasted_in_part_has_no_row_for_england(activity_returns: dict[date, Reading]) -> None:
    part = activity_returns[date(2020, 5, 1)]
    assert [w.why for w in part.warnings] == [
        "The sheet lists 34 organisations and its row for England adds up these alone."
    ]
    assert "England" not in part.tables["activity"]["ccg"].to_pylist()
    assert count(part, "X24", "gp_referrals_made_ga") == 10523  # printed as ' <TAB>10,523 '
    assert count(part, "07L", "elective_treatment_centres_ga") == 0  # printed as ' <TAB>-   '


def test_the_day_it_came_out(activity_returns: dict[date, Reading]) -> None:
    assert activity_returns[date(2015, 3, 1)].extracted == date(2015, 11, 13)  # revised
    assert activity_returns[date(2019, 10, 1)].extracted == date(2019, 12, 13)  # Revised: -, so as published


def test_a_return_cut_short_is_refused(real: Path) -> None:
    content = (real / "mar" / "Mar_15.xls").read_bytes()
    for part in (0.1, 0.5, 0.99):
        with pytest.raises(LoadRefused, match="damaged"):
            activity.KIND.recognise(source(content[: int(len(content) * part)], "cut.xls"))
