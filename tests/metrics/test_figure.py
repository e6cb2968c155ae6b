from metrics.figure import Figure, Status, latest


def _figure(area: str, period: str, value: float | None, status: Status = "ok") -> Figure:
    return Figure("wait_cppp", area, area, "", period, None, None, value, None, None, "days", status, 1, False)


def test_the_newest_figure_of_an_area_is_its_newest_value_if_it_has_any() -> None:
    rows = [_figure("A", "2018-01", 40.0), _figure("A", "2018-02", None, "immature"), _figure("B", "2018-02", None)]
    newest = latest(rows)
    assert newest["A"].period == "2018-01"
    assert newest["B"].value is None


def test_of_no_figures_there_is_no_newest() -> None:
    assert latest([]) == {}
