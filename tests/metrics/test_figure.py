from datetime import date

from metrics.figure import Figure, Status, latest, within


def _figure(area: str, period: str, value: float | None, status: Status = "ok") -> Figure:
    return Figure("wait_cppp", area, area, "", period, None, None, value, None, None, "days", status, 1, False)


def test_the_newest_figure_of_an_area_is_its_newest_value_if_it_has_any() -> None:
    rows = [_figure("A", "2018-01", 40.0), _figure("A", "2018-02", None, "immature"), _figure("B", "2018-02", None)]
    newest = latest(rows)
    assert newest["A"].period == "2018-01"
    assert newest["B"].value is None


def test_of_no_figures_there_is_no_newest() -> None:
    assert latest([]) == {}


def test_months_keep_the_periods_they_lie_in_whole_and_no_month_is_no_bound() -> None:
    rows = [_figure("A", period, 1.0) for period in ("2015/16 Q3", "2015/16 Q4", "2016/17 Q1")]
    assert within(rows, date(2016, 3, 1), date(2016, 3, 1), "quarter") == rows[1:2]
    assert within(rows, date(2016, 4, 1), None, "quarter") == rows[2:]
    assert within(rows, None, date(2015, 12, 1), "quarter") == rows[:1]
    assert within(rows, None, None, "quarter") == rows
