"""What charts share: the strip between two edges, and one entry in the legend for many lines."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go

from dashboard import charts
from metrics.catalogue import load
from metrics.figure import Figure

WAIT = load()["wait_assessment"]
ROW = Figure(
    WAIT.key,
    "00M",
    "South Tees",
    "early",
    "2018-01",
    None,
    None,
    46,
    None,
    None,
    "days",
    "ok",
    release=1,
    synthetic=True,
)


def test_a_strip_goes_along_its_upper_edge_and_back_along_the_lower() -> None:
    chart = go.Figure()
    charts.strip(chart, [1, 2], [2.0, 3.0], [5.0, 6.0], "#12436D")
    [strip] = chart.data
    assert (strip.x, strip.y) == ((1, 2, 2, 1), (5.0, 6.0, 3.0, 2.0))
    assert (strip.fill, strip.showlegend) == ("toself", False)


def test_a_strip_with_a_name_is_in_the_legend() -> None:
    chart = go.Figure()
    charts.strip(chart, [1], [2.0], [5.0], "#12436D", "Early")
    assert (chart.data[0].name, chart.data[0].showlegend) == ("Early", True)


def test_many_lines_have_one_entry_in_the_legend_that_draws_nothing() -> None:
    chart = go.Figure()
    charts.the_others(chart)
    assert (chart.data[0].name, chart.data[0].y) == ("The others", (None,))


def test_a_legend_folds_long_names_so_that_no_phone_cuts_them() -> None:
    chart = go.Figure()
    charts.strip(chart, [1], [2.0], [5.0], "#12436D", charts.EARLY_BAND)
    assert chart.data[0].name == "Early implementers,<br>lowest to highest"


def test_few_months_have_each_their_tick_upright_in_two_lines() -> None:
    figures = [replace(ROW, period=period) for period in ("2017-12", "2018-01")]
    axis = charts.trend(WAIT, figures).layout.xaxis
    assert (axis.tickvals, axis.tickformat, axis.tickangle) == ((date(2017, 12, 1), date(2018, 1, 1)), "%b<br>%Y", 0)
