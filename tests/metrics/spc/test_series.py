from datetime import date

from metrics.figure import Figure
from metrics.spc.series import charts_of


def _figure(area: str, period: str, value: float | None) -> Figure:
    place = ("wait_cppp", area, area, "", period)
    return Figure(*place, None, None, value, None, None, "days", "suppressed" if value is None else "ok", 1, False)


def test_each_area_has_a_chart_with_a_gap_where_there_is_no_value() -> None:
    rows = [_figure("A", "2016/17 Q1", 1.0), _figure("A", "2016/17 Q2", None), _figure("B", "2016/17 Q1", 2.0)]
    charts = charts_of(rows)
    assert [(point.date, point.value) for point in charts["A"].points] == [
        (date(2016, 4, 1), 1.0),
        (date(2016, 7, 1), None),
    ]
    assert [point.value for point in charts["B"].points] == [2.0]


def test_of_no_figures_there_is_no_chart() -> None:
    assert charts_of([]) == {}
