"""axe (WCAG 2.2 A and AA) over every page in both themes: nothing may be found that is ours to mend."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import Watched

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

OF_THE_FRAMEWORK: dict[str, str] = {}
"""Rules that Streamlit's own controls break, each with the reason why we cannot mend it here."""

PAGES = {
    "": "Overview",
    "?family=Waiting": "Overview",
    "measure?measure=Waiting%3A+Wait+for+assessment": "Measure",
    "deck?slide=waiting%2Fqueues&slide=rollout%2Fmap": "Deck",
    "measure?measure=Waiting%3A+Wait+for+assessment&figures_view=Table": "Measure",
    "measure?measure=Waiting%3A+Wait+for+assessment&figures_view=About": "Measure",
    "measure?measure=Waiting%3A+Wait+for+assessment&figures_view=Download": "Measure",
    "profile?ccg=00C": "Profile",
    "profile?ccg=00J&profile_view=Table": "Profile",
    "rollout": "Rollout",
    "rollout?map=Patients+covered&map_view=Table": "Rollout",
    "outcomes": "Outcomes",
    "compare?measure=Waiting%3A+Wait+for+assessment": "Compare",
    "waiting?ccgs=South+Tees": "Waiting",
    "waiting?queues_view=Table": "Waiting",
    "conversion?ccgs=South+Tees": "Conversion",
    "conversion?flow_view=Table&curves_view=Table": "Conversion",
    "definitions?search=imaging": "Definitions",
    "definitions?search=interval&definitions_view=Methods": "Definitions",
    "definitions?definitions_view=What+is+new": "Definitions",
    "data": "Data",
    "data?data_view=Problems": "Data",
}


@pytest.fixture(params=["light", "dark"])
def themed(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 1400}, color_scheme=request.param)
    yield Watched(context.new_page())
    context.close()


def _faults(watched: Watched) -> list[str]:
    found = Axe().run(watched.page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found
        if fault["id"] not in OF_THE_FRAMEWORK
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_fault_of_ours(address: str, themed: Watched, page: str) -> None:
    themed.open(f"{address}/{page}", PAGES[page])
    themed.page.wait_for_timeout(500)
    assert _faults(themed) == []


def test_the_empty_dashboard_has_no_fault_of_ours(empty_address: str, themed: Watched) -> None:
    themed.open(empty_address, "Nothing has been published")
    assert _faults(themed) == []
