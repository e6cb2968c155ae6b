"""The profile of a CCG as far as the sidebar narrows it: months, presentation, and what is named as not used."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figures import figures
from metrics.periods import begins
from metrics.profile import Profile, profile
from metrics.selection import Selection
from metrics.spc.chart import xmr
from metrics.verdict import variation
from tests.dashboard.page import html, opened

WAIT = load()["wait_assessment"]


def _narrowed(engine: Engine, ccg: str, narrowed: Selection) -> Profile:
    return profile(engine, ccg, load(), lambda key, asked: figures(load()[key], asked, engine), narrowed)


def test_months_and_presentation_narrow_what_is_shown(app: AppTest, demo: Engine) -> None:
    asked = Selection(first=date(2015, 1, 1), last=date(2016, 12, 1), presentation=("low_back_pain",))
    found = _narrowed(demo, "00C", asked)
    choices = {"from": "Jan 2015", "to": "Dec 2016", "presentation": "Low back pain"}
    app = opened(app, "profile", ccg="00C", **choices)
    page = html(app)
    assert all(f"<strong>{message.lead}</strong>" in page for message in found.messages)
    wait = next(one for one in found.tracks if one.measure.key == "wait_assessment")
    assert wait.last.figure.period == "2016/17 Q3"
    assert f"<strong>{wait.last.figure.value:.0f} days</strong> <span>2016/17 Q3</span>" in page
    assert "2014/15 Q4 to 2016/17 Q3" in page
    assert "from Oct 2016 to Dec 2016" in " ".join(text.value for text in app.markdown)
    assert any(text.value.startswith("**Only: Jan 2015 to Dec 2016, low back pain.**") for text in app.markdown)


def test_a_direction_looks_back_beyond_the_first_month(demo: Engine) -> None:
    found = _narrowed(demo, "00C", Selection(first=date(2016, 10, 1), last=date(2016, 12, 1)))
    wait = next(one for one in found.tracks if one.measure.key == "wait_assessment")
    rows = [row for row in figures(WAIT, Selection(per="quarter"), demo) if row.area == "00C"]
    known = [(begins(row.period), row.value) for row in rows if row.period <= "2016/17 Q3"]
    assert [spot.figure.period for spot in wait.spots] == ["2016/17 Q3"]
    assert wait.direction == variation(xmr(known), WAIT)
    assert wait.direction.key != "too_few_points"


def test_what_is_not_known_by_presentation_says_so_and_is_of_everybody(app: AppTest, demo: Engine) -> None:
    of_one, of_both = (
        _narrowed(demo, "00C", Selection(presentation=("radicular_pain",))),
        _narrowed(demo, "00C", Selection()),
    )
    assert _figure_of(of_one, "gp_mri_rate") == _figure_of(of_both, "gp_mri_rate")
    assert _figure_of(of_one, "referral_rate") != _figure_of(of_both, "referral_rate")
    app = opened(app, "profile", ccg="00C", presentation="Radicular pain")
    charts = {item.split("</a>")[0].rsplit(">", 1)[1]: item for item in html(app).split('<span class="name">')[1:]}
    assert ", both presentations</span>" in charts[load()["gp_mri_rate"].name]
    assert "both presentations" not in charts[load()["referral_rate"].name]


def test_the_table_names_what_is_not_known_by_presentation(app: AppTest) -> None:
    app = opened(app, "profile", ccg="00C", presentation="Radicular pain", profile_view="Table")
    (said,) = [text.value for text in app.caption if text.value.startswith("Not known by presentation, so shown")]
    assert load()["gp_mri_rate"].name in said
    assert load()["referral_rate"].name not in said


def _figure_of(found: Profile, key: str) -> float | None:
    return next(one.last.figure.value for one in found.tracks if one.measure.key == key)


@pytest.mark.parametrize(("to", "missing"), [("Aug 2016", True), ("Jul 2016", False)])
def test_what_is_missing_is_of_the_months_selected(app: AppTest, to: str, missing: bool) -> None:
    page = html(opened(app, "profile", ccg="00L", to=to))
    assert ("pathway referrals of August 2016 from DP4" in page) is missing


def test_what_was_received_is_of_the_months_selected(app: AppTest) -> None:
    page = html(opened(app, "profile", ccg="00L", to="Mar 2016"))
    assert ">2015/16</th>" in page
    assert ">2016/17</th>" not in page


def test_ccgs_and_geography_are_named_as_not_used(app: AppTest) -> None:
    opened(app, "profile", ccg="00C", ccgs="South Tees", geography="CCGs since April 2020")
    assert "**Not used on this page:** CCGs and geography" in [text.value for text in app.sidebar.markdown]
