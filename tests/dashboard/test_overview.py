"""The Overview as Streamlit draws it: findings, grid, news and gaps as metrics has them."""

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.areas import ccgs
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figure import latest
from metrics.figures import figures
from metrics.findings import findings
from metrics.receipt import gaps
from metrics.spc.series import charts_of
from metrics.told import BY_CCG
from metrics.verdict import assurance, variation
from tests.dashboard.page import html, opened
from tests.metrics.small import ACTIVITY, LISTS
from tests.metrics.warehouses import publish

MEASURES = load()
TARGETS = [key for key, measure in MEASURES.items() if measure.target and measure.how.kind == "wait"]


def _page(app: AppTest, **choices: str | list[str]) -> str:
    return unescape(html(opened(app, "overview", **choices)))


def _row(page: str, ccg: str) -> str:
    return page.split(f">{ccg}</a></th>")[1].split("</tr>")[0]


def test_three_findings_stand_on_top_with_their_pages(app: AppTest, demo: Engine) -> None:
    page = _page(app)
    for finding in findings(demo, MEASURES):
        assert f"<h2>{finding.headline}</h2><p>{finding.detail} Synthetic data.</p>" in page
    assert 'href="compare?measure=Waiting%3A+Wait+for+assessment"' in page
    assert 'href="waiting?wait=Wait+for+assessment"' in page
    assert page.index('class="finding"') < page.index('class="grid"')


def test_the_grid_has_the_newest_value_and_its_direction(app: AppTest, demo: Engine) -> None:
    rows = figures(MEASURES["practices_referring"], BY_CCG, demo)
    newest = latest(rows)["00M"]
    told = variation(charts_of(rows)["00M"], MEASURES["practices_referring"])
    cells = _row(_page(app), "South Tees").split("<td>")
    assert f">{newest.value:.0f}%</a>" in cells[2]  # the second measure of adoption
    assert f'alt="{told.words}"' in cells[2]
    assert "measure=Adoption%3A+Practices+referring&by=Each+CCG&ccgs=South+Tees&per=Quarter" in cells[2]


def test_the_grid_names_both_arms_and_says_that_the_demo_is_synthetic(app: AppTest) -> None:
    page = _page(app)
    grid = page[page.index('<table class="grid">') :]
    assert grid.index("Early implementers") < grid.index("South Tees") < grid.index("Following CCGs")
    assert "synthetic data" in grid[: grid.index("</caption>")]
    assert "Synthetic data: invented" in page


def test_the_grid_says_whether_targets_are_met_only_where_there_is_one(app: AppTest, demo: Engine) -> None:
    page = _page(app, family="Waiting")
    expected: dict[str, int] = {}
    for key in TARGETS:
        for chart in charts_of(figures(MEASURES[key], BY_CCG, demo)).values():
            words = assurance(chart, MEASURES[key]).words
            expected[words] = expected.get(words, 0) + 1
    grid = page[page.index('<table class="grid">') : page.index("</table>")]
    for words in ("consistently met", "consistently missed", "hit and miss"):
        assert grid.count(f'alt="target {words}"') == expected[words]
    assert grid.count("target 42 days (unverified)") == 2  # its source is nobody's publication
    assert 'alt="target' not in _page(app, family="Outcomes")  # none of these measures declares one


def test_the_key_explains_every_mark_in_the_grid(app: AppTest) -> None:
    page = _page(app, family="Waiting")
    key = page[page.index('<p class="legend">') :]
    for words in ("no special change", "too few points", "hit and miss", "consistently missed"):
        assert f"> {words}" in key


def test_there_is_a_tab_for_every_family(app: AppTest) -> None:
    _page(app)
    assert [tab.label for tab in app.tabs] == [
        "Adoption",
        "Waiting",
        "Conversion",
        "Fidelity and activity",
        "Outcomes",
    ]


def test_a_first_release_says_that_it_has_nothing_before_it(app: AppTest) -> None:
    _page(app)
    assert "Release 1 is the first: there is nothing to compare it with." in [text.value for text in app.markdown]


def test_what_did_not_arrive_is_listed_by_table_with_a_link(app: AppTest, demo: Engine) -> None:
    page = _page(app)
    lines = " ".join(text.value for text in app.markdown)
    assert "Aug 2016, from DP4: Northumberland." in lines
    assert "Mar 2018, from DP5: South Tyneside, Sunderland." in lines
    assert {gap.fact for gap in gaps(demo)} == {"referral", "waiting"}
    assert [expander.label for expander in app.expander] == [
        "Pathway referrals: 2 gaps",
        "Waiting lists at month end: 1 gap",
    ]
    assert 'href="data?fact=Pathway+referrals"' in page


def test_ccgs_selected_in_the_sidebar_are_the_rows(app: AppTest) -> None:
    page = _page(app, ccgs=["South Tees", "Darlington"])
    grid = page[page.index('<table class="grid">') :]
    named = [ccg.short_name for ccg in ccgs().values() if f">{ccg.short_name}</a></th>" in grid]
    assert named == ["Darlington", "South Tees"]


def test_the_last_month_selected_is_the_one_as_at_which_the_grid_is_judged(app: AppTest, demo: Engine) -> None:
    measure = MEASURES["wait_assessment"]
    rows = [row for row in figures(measure, BY_CCG, demo) if row.period <= "2016/17 Q1"]
    newest, chart = latest(rows)["00M"], charts_of(rows)["00M"]
    page = _page(app, family="Waiting", to="May 2016")  # a quarter stays whole
    cell = _row(page, "South Tees").split("<td>")[1]
    assert newest.period == "2016/17 Q1"
    assert f">{newest.value:.0f}</a>" in cell
    assert f'alt="{variation(chart, measure).words}"' in cell
    assert f'alt="target {assurance(chart, measure).words}"' in cell
    assert "Only: to May 2016</span></caption>" in page


def test_the_first_month_selected_bounds_what_is_shown_and_not_what_it_is_judged_by(app: AppTest, demo: Engine) -> None:
    measure = MEASURES["wait_assessment"]
    rows = [row for row in figures(measure, BY_CCG, demo) if row.period <= "2016/17 Q1"]
    page = _page(app, family="Waiting", to="Jun 2016", **{"from": "Apr 2016"})
    cell = _row(page, "South Tees").split("<td>")[1]
    assert f">{latest(rows)['00M'].value:.0f}</a>" in cell
    assert f'alt="{variation(charts_of(rows)["00M"], measure).words}"' in cell  # of one quarter: too few points


def test_where_nothing_is_of_the_months_selected_the_months_are_named(app: AppTest) -> None:
    page = opened(app, "overview", family="Outcomes", to="May 2014")
    assert '<table class="grid">' not in html(page)
    assert page.info[0].value.startswith("Nothing received, to May 2014: Change in disability, ")


def test_the_grid_is_of_the_presentation_selected_where_a_measure_knows_it(app: AppTest, demo: Engine) -> None:
    page = _page(app, presentation="Radicular pain")
    radicular = replace(BY_CCG, presentation=("radicular_pain",))
    rate = latest(figures(MEASURES["referral_rate"], radicular, demo))["00M"]
    everybody = latest(figures(MEASURES["referral_rate"], BY_CCG, demo))["00M"]
    cells = _row(page, "South Tees").split("<td>")
    assert rate.value != everybody.value
    assert f">{rate.value:.2f}</a>" in cells[5]  # the fifth measure of adoption
    heads = page[page.index("<thead>") : page.index("</thead>")].split("<th ")
    assert ["both presentations" in head for head in heads[2:]] == [True, False, False, False, False, True, True, True]


def test_ccgs_since_2020_are_the_rows_and_only_those_of_2015_have_a_profile(app: AppTest, demo: Engine) -> None:
    page = _page(app, geography="CCGs since April 2020")
    grid = page[page.index('<table class="grid">') : page.index("</table>")]
    rows = figures(MEASURES["practices_referring"], replace(BY_CCG, by="successor"), demo)
    row = grid.split('<th scope="row">Tees Valley</th>')[1].split("</tr>")[0]
    assert f">{latest(rows)['16C'].value:.0f}%</a>" in row.split("<td>")[2]
    assert "&ccgs=Tees+Valley&" in row
    assert grid.index("Following CCGs") < grid.index("County Durham") < grid.index("Mixed after mergers")
    assert ">Cumbria</a></th>" in grid
    assert "Darlington" not in grid


def test_what_stays_of_the_region_and_what_is_not_used_are_said(app: AppTest) -> None:
    opened(app, "overview", ccgs="South Tees", to="May 2016", time="Months since go-live")
    said = [text.value for text in app.markdown]
    assert any("are of all 12 CCGs" in text and "In the grid, only: South Tees, to May 2016." in text for text in said)
    assert "**Not used on this page:** time axis" in [text.value for text in app.sidebar.markdown]


@pytest.mark.parametrize(
    ("ccg", "to", "missing"), [("Northumberland", "Dec 2016", 1), ("Northumberland", "Jul 2016", 0)]
)
def test_what_did_not_arrive_is_of_the_ccgs_and_months_selected(app: AppTest, ccg: str, to: str, missing: int) -> None:
    opened(app, "overview", ccgs=ccg, to=to)  # August 2016 never came
    assert [expander.label for expander in app.expander] == ["Pathway referrals: 1 gap"] * missing
    assert ("Everything that was expected has arrived." in [text.value for text in app.markdown]) is not missing


def test_an_earlier_release_stays_chosen_in_every_link(
    monkeypatch: pytest.MonkeyPatch, national: Path, app: AppTest
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(national))
    page = _page(app, release="1", family="Fidelity and activity")
    addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert addresses
    assert all(address.endswith("release=1") for address in addresses)


def test_what_is_selected_stays_selected_in_every_link_but_a_link_to_one_ccg_names_that_one(app: AppTest) -> None:
    page = _page(app, ccgs="South Tees", presentation="Radicular pain")
    addresses = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
    assert addresses
    assert all("presentation=Radicular+pain" in address for address in addresses)
    assert all(address.count("ccgs=South+Tees") == 1 for address in addresses if "profile" not in address)


def test_real_returns_alone_say_what_cannot_be_told(
    monkeypatch: pytest.MonkeyPatch, national: Path, app: AppTest
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(national))
    page = _page(app, family="Fidelity and activity")
    for headline in ("How far the pathway reaches cannot be told", "GP referrals to hospital: cannot be told"):
        assert f"<h2>{headline}</h2>" in page
    assert "Synthetic data" not in page
    assert _grid_measures(page) == ["GP referrals to hospital"]
    assert "release=" not in page  # the newest needs no naming
    told = [text.value for text in app.markdown]
    assert "Since release 1: 1 table with new months." in told


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with real counts of GP referrals, and lists in release 2: nothing else."""
    place = tmp_path_factory.mktemp("national")
    publish(place, ({"activity": ACTIVITY}, False), ({"list_size": LISTS}, False)).close()
    return place


def _grid_measures(page: str) -> list[str]:
    head = page[page.index("<thead>") : page.index("</thead>")]
    return [part.split("</a>")[0].rsplit(">", 1)[1] for part in head.split("<a ")[1:]]
