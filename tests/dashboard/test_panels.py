"""Many areas by month: a panel for each on one scale, and single charts whose lines can be told apart."""

from dataclasses import replace

from dashboard import charts, panels
from metrics.catalogue import load
from metrics.figure import Figure

WAIT = load()["wait_assessment"]
EARLY = {"South Tees": 40.0, "Hambleton": 50.0}
FOLLOWING = {"Cumbria": 60.0, "Darlington": 70.0}


def _figure(area: str, arm: str, period: str, value: float | None) -> Figure:
    return Figure(
        WAIT.key, area, area, arm, period, None, None, value, None, None, "days", "ok", release=1, synthetic=True
    )


def _rows(areas: dict[str, float], arm: str) -> list[Figure]:
    periods = ("2016-01", "2016-02", "2016-05")  # two months did not come
    return [_figure(area, arm, period, value) for area, value in areas.items() for period in periods]


FOUR = [*_rows(EARLY, "early"), *_rows(FOLLOWING, "following")]


def test_each_of_many_areas_has_a_panel_in_the_order_given_on_one_scale() -> None:
    chart = panels.panels(WAIT, FOUR)
    assert chart is not None
    assert [note.text for note in chart.layout.annotations] == [*EARLY, *FOLLOWING]
    lines = {trace.name: trace for trace in chart.data if trace.fill is None}
    assert [lines[name].yaxis for name in (*EARLY, *FOLLOWING)] == ["y", "y2", "y3", "y4"]
    assert {chart.layout[axis].matches for axis in ("yaxis", "yaxis2", "yaxis3", "yaxis5")} == {"y4"}


def test_the_early_implementers_are_a_band_behind_every_line_that_stops_at_a_gap() -> None:
    chart = panels.panels(WAIT, FOUR)
    assert chart is not None
    bands = [trace for trace in chart.data if trace.fill == "toself" and trace.yaxis == "y3"]
    assert [list(band.y) for band in bands] == [[50, 50, 40, 40], [50, 40]]


def test_the_target_is_named_once_and_covers_nothing() -> None:
    chart = panels.panels(WAIT, FOUR)
    assert chart is not None
    assert [line.name for line in chart.layout.shapes if line.showlegend] == ["Target: 42 days, unverified"]
    assert not [note for note in chart.layout.annotations if "42" in note.text]


def test_so_few_areas_that_one_chart_holds_them_have_no_panels_and_lines_that_differ() -> None:
    three = [row for row in FOUR if row.area != "Hambleton"]
    assert panels.panels(WAIT, three) is None
    cumbria, darlington = charts.trend(WAIT, [replace(row, arm="following") for row in three]).data[1:]
    assert cumbria.line.dash != darlington.line.dash
    assert cumbria.marker.symbol != darlington.marker.symbol
