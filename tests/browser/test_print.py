"""On paper: words, charts and whole tables, and nothing that can only be clicked."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Watched

CLICKED = (
    '[data-testid="stSidebar"]',
    '[role="tablist"]',
    '[data-testid="stDownloadButton"]',
    '[data-testid="stRadio"]',
)


def test_a_printed_page_keeps_what_is_read_and_leaves_out_what_is_clicked(address: str, watched: Watched) -> None:
    watched.open(f"{address}/waiting?queues_view=Table", "Waiting")
    page = watched.page
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
    page.emulate_media(media="print")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(page.get_by_role("heading", level=3).first).to_be_visible()
    for hidden in CLICKED:
        for control in page.get_by_test_id(hidden).all():
            expect(control).to_be_hidden()
    expect(page.get_by_test_id("stDataFrame")).to_be_hidden()  # it scrolls, so paper has the table below instead
    expect(page.locator("table.printed").get_by_text("Core therapies")).to_be_visible()


def test_a_profile_is_two_pages_of_paper(address: str, watched: Watched) -> None:
    watched.open(f"{address}/profile?ccg=00C", "Profile")
    expect(watched.page.locator("table.received")).to_be_visible(timeout=30_000)
    paper = watched.page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
