"""Cohorts too young to judge: hatched on one chart and on panels alike, and told to those who hear the page."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from dashboard import panels, too_young
from dashboard.charts import trend
from metrics.catalogue import load
from metrics.figure import Figure, Status
from tests.dashboard.page import charts, opened

IMAGING = load()["assessed_to_imaging"]


def _figure(area: str, arm: str, period: str, value: float | None, status: Status = "ok") -> Figure:
    return Figure(
        IMAGING.key, area, area, arm, period, None, None, value, None, None, "%", status, release=1, synthetic=True
    )


# the early CCGs' data were drawn a month later, so that they can be judged a month further
COHORTS = [
    _figure("early", "early", "2017-01", 40.0),
    _figure("early", "early", "2017-02", 42.0),
    _figure("early", "early", "2017-03", None, "immature"),
    _figure("following", "following", "2017-01", 35.0),
    _figure("following", "following", "2017-02", None, "immature"),
    _figure("following", "following", "2017-03", None, "immature"),
]

# four areas, so that each has a panel: in Cumbria everybody can be judged
MANY = [
    *COHORTS,
    *(replace(row, area="Darlington", area_name="Darlington") for row in COHORTS[3:]),
    _figure("Cumbria", "following", "2017-01", 30.0),
]


def _spans(figures: list[Figure]) -> list[tuple[str, str, str]]:
    """Panel by its axis, first day and end of every hatch."""
    chart = panels.panels(IMAGING, figures)
    assert chart is not None
    hatches = [trace for trace in chart.data if trace.name == too_young.NAME]
    return [(trace.xaxis, f"{min(trace.x)}", f"{max(trace.x)}") for trace in hatches]


def test_months_that_nobody_can_be_judged_for_are_hatched_and_others_are_not() -> None:
    hatch = too_young.hatched(trend(IMAGING, COHORTS), COHORTS).data[-1]
    assert (hatch.name, hatch.fillpattern.shape) == ("Too early to tell", "/")
    assert (f"{min(hatch.x)}", f"{max(hatch.x)}") == ("2017-03-01", "2017-04-01")


def test_nothing_is_hatched_when_every_cohort_is_old_enough() -> None:
    names = [trace.name for trace in too_young.hatched(trend(IMAGING, COHORTS[:2]), COHORTS[:2]).data]
    assert "Too early to tell" not in names
    assert too_young.said(COHORTS[:2]) == ""


def test_a_quarter_is_hatched_to_its_end_and_a_year_too() -> None:
    for period, end in (("2016/17 Q4", "2017-04-01"), ("2016/17", "2017-04-01"), ("2017/18 Q3", "2018-01-01")):
        row = replace(COHORTS[2], period=period)
        assert f"{max(too_young.hatched(trend(IMAGING, [row]), [row]).data[-1].x)}" == end


def test_each_panel_is_hatched_where_its_own_area_cannot_be_judged() -> None:
    assert _spans(MANY) == [
        ("x", "2017-03-01", "2017-04-01"),
        ("x2", "2017-02-01", "2017-04-01"),
        ("x3", "2017-02-01", "2017-04-01"),
    ]


def test_a_hatch_lies_over_its_panel_from_floor_to_ceiling_and_is_named_once() -> None:
    chart = panels.panels(IMAGING, MANY)
    assert chart is not None
    hatches = [trace for trace in chart.data if trace.name == too_young.NAME]
    axes = [chart.layout[trace.yaxis.replace("y", "yaxis")] for trace in hatches]
    assert [(axis.overlaying, axis.range) for axis in axes] == [("y", (0, 1)), ("y2", (0, 1)), ("y3", (0, 1))]
    assert [trace.showlegend for trace in hatches] == [True, False, False]


def test_who_hears_the_page_is_told_from_when_and_that_areas_differ() -> None:
    assert too_young.said(COHORTS) == " Hatched as too early to tell: from Mar 2017."
    assert too_young.said(MANY) == (
        " Hatched as too early to tell: from Feb 2017 at the earliest, as each area's data were drawn."
    )


def test_the_page_hatches_its_panels(app: AppTest) -> None:
    app = opened(app, "conversion", conversion="Assessed people imaged", by="Each CCG")
    _, cohorts, _ = charts(app)
    hatched = [trace["xaxis"] for trace in cohorts["data"] if trace.get("name") == too_young.NAME]
    assert len(hatched) == len(set(hatched)) == 12
    assert "Hatched as too early to tell: from " in app.get("plotly_chart")[1].proto.alt
