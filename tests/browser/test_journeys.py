"""What people come to do, from a cold start, in a real browser."""

import csv
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched


def test_a_ccg_lead_finds_a_worsening_measure_and_shares_the_link(
    address: str, watched: Watched, browser: Browser
) -> None:
    watched.open(address, "Overview")
    page = watched.page
    page.get_by_role("tab", name="Waiting").click()
    cell = page.get_by_role("row", name="South Tees").locator("td a").first
    value = cell.inner_text()
    cell.click()
    watched.settle("Measure")
    expect(page.get_by_role("figure")).to_be_visible(timeout=30_000)
    finding = f"stood at {value} days in South Tees"
    expect(page.get_by_role("heading", level=3)).to_contain_text(finding)

    # the link alone brings a colleague to the same view
    colleague = browser.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_role("heading", level=3)).to_contain_text(
        f"stood at {value} days in South Tees", timeout=60_000
    )
    colleague.close()


def test_a_clinical_director_finds_who_slips_and_why_in_one_click(address: str, watched: Watched) -> None:
    watched.open(address, "Overview")
    watched.page.get_by_role("link", name="Rollout").click()
    watched.settle("Rollout")
    first = watched.page.get_by_role("table").first.get_by_role("row").nth(1)
    expect(first).to_contain_text("North Durham")
    expect(first).to_contain_text("Imaging route, 25 weeks late")
    expect(first).to_contain_text("Radiology manager")
    expect(first).to_contain_text("puts off going live")


def test_choices_go_into_the_address_and_back(address: str, watched: Watched) -> None:
    watched.open(f"{address}/measure", "Measure")
    page = watched.page
    page.get_by_role("radiogroup", name="Show").get_by_text("The region").click()
    page.wait_for_url("**by=The+region**")
    expect(page.get_by_role("heading", level=3)).to_contain_text("in the region in")


def test_the_download_is_what_the_page_shows(address: str, watched: Watched, tmp_path: Path) -> None:
    watched.open(
        f"{address}/measure?measure=Waiting%3A+Wait+for+assessment&from=Jan+2016&to=Mar+2016&figures_view=Download",
        "Measure",
    )
    with watched.page.expect_download() as waiting:
        watched.page.get_by_role("link", name="Figures as shown (CSV)").click()
    file = tmp_path / "figures.csv"
    waiting.value.save_as(file)
    subtitle, stamp, header, *rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert "in Mar 2016. Wait for assessment, Jan 2016 to Mar 2016, days. Only: Jan 2016 to Mar 2016" in subtitle[0]
    assert stamp[0].startswith("Synthetic data. ")
    assert [row[header.index("period")] for row in rows] == ["2016-01", "2016-02", "2016-03"] * 2


def test_a_programme_manager_picks_ccgs_and_takes_the_workbook_of_the_page(
    address: str, watched: Watched, tmp_path: Path
) -> None:
    watched.open(f"{address}/measure?measure=Waiting%3A+Wait+for+assessment&by=Each+CCG", "Measure")
    page = watched.page
    places = page.get_by_role("combobox", name="CCGs, arms or waves")
    places.press_sequentially("Sunderland")
    places.press("Enter")
    places.press("Escape")  # an open list hides the rest of the page from those who ask by role
    page.wait_for_url("**ccgs=Sunderland**")
    expect(page.get_by_role("heading", level=3).first).to_contain_text("Sunderland", timeout=30_000)
    watched.settle("Measure")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Whole page (Excel)").click()
    waiting.value.save_as(tmp_path / "page.xlsx")
    book = openpyxl.load_workbook(tmp_path / "page.xlsx")
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert notes["This view"].startswith(f"{address}/measure?")
    assert "ccgs=Sunderland" in notes["This view"]
    assert {row[2] for row in book.worksheets[1].iter_rows(min_row=6, values_only=True)} == {"Sunderland"}


def test_a_picture_is_saved_from_the_keyboard(address: str, watched: Watched, tmp_path: Path) -> None:
    watched.open(f"{address}/measure?measure=Waiting%3A+Wait+for+assessment&figures_view=Download", "Measure")
    page = watched.page
    page.get_by_role("radiogroup", name="Picture").get_by_text("SVG").click()
    button = page.get_by_role("button", name="Download plot", exact=True)  # of a PNG its name says so
    button.focus()
    with page.expect_download() as waiting:
        button.press("Enter")
    assert waiting.value.suggested_filename == "wait-for-assessment-may-2014-to-mar-2018-days.svg"
    waiting.value.save_as(tmp_path / "picture.svg")
    drawn = (tmp_path / "picture.svg").read_text("utf-8")
    assert "days in the early implementers" in drawn
    assert "Synthetic data. Data to" in drawn


def test_a_programme_manager_finds_the_month_that_never_came(address: str, watched: Watched) -> None:
    watched.open(f"{address}/data", "Data")
    row = watched.page.get_by_role("row", name="Northumberland")
    expect(row).to_contain_text("11 of 12 months, not Aug 2016")


def test_an_empty_warehouse_says_what_to_do(empty_address: str, watched: Watched) -> None:
    for page in ("", "measure", "data"):
        watched.open(f"{empty_address}/{page}", "Nothing has been published yet")
        expect(watched.page.get_by_text("make demo")).to_be_visible()


def test_every_answer_carries_the_security_headers(address: str, watched: Watched) -> None:
    answer = watched.page.goto(address)
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    refused = watched.page.request.get(f"{address}/_stcore/metrics")
    assert refused.status == 404


def test_bundles_come_compressed(address: str, watched: Watched) -> None:
    sizes: list[str] = []
    watched.page.on(
        "response", lambda r: sizes.append(r.headers.get("content-encoding", "")) if ".js" in r.url else None
    )
    watched.open(address, "Overview")
    assert sizes
    assert set(sizes) == {"zstd"}


def test_a_page_of_charts_has_their_script_fetched_ahead_and_compressed_as_can_be_read(
    address: str, watched: Watched
) -> None:
    request = watched.page.request
    for page, charts in (("waiting", True), ("data", False), ("waiting/_stcore/health", False)):
        assert ("link" in request.get(f"{address}/{page}").headers) is charts
    told = request.get(f"{address}/waiting").headers["link"]
    assert "modulepreload" in told

    script = f"{address}/{told.partition('>')[0].removeprefix('<./')}"
    for accepted, encoding in (("gzip, deflate, br, zstd", "zstd"), ("gzip", "gzip"), ("identity", None)):
        answer = request.get(script, headers={"accept-encoding": accepted})
        assert answer.headers.get("content-encoding") == encoding
        assert "javascript" in answer.headers["content-type"]


def test_the_script_for_charts_is_fetched_once(address: str, watched: Watched) -> None:
    fetched: list[str] = []
    watched.page.on("request", lambda r: fetched.append(r.url) if "/PlotlyChart." in r.url else None)
    watched.open(f"{address}/waiting", "Waiting")
    expect(watched.page.locator(".main-svg").first).to_be_visible(timeout=30_000)
    assert len(fetched) == 1


def test_a_ccg_lead_finds_the_worst_step_of_one_ccg_and_a_colleague_sees_the_same(
    address: str, watched: Watched, browser: Browser
) -> None:
    watched.open(address, "Overview")
    page = watched.page
    page.get_by_role("combobox", name="CCGs, arms or waves").fill("Darlington")
    page.get_by_role("option", name="Darlington").click()
    page.wait_for_url("**Darlington**")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar").get_by_text("Darlington").first).to_be_visible()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Waiting").click()
    watched.settle("Waiting")  # the selection came along
    expect(page.get_by_text("Shown: Darlington, every month")).to_be_visible()

    # the queue that got worse is named in a sentence
    said = page.get_by_role("heading", level=3, name="a year before").first.inner_text(timeout=30_000)
    page.wait_for_url("**ccgs=Darlington**")

    # the link alone brings a colleague, in a browser of their own, to the same view
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    colleague = context.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_text("Shown: Darlington, every month")).to_be_visible(timeout=60_000)
    expect(colleague.locator("h3").filter(has_text=said)).to_be_visible(timeout=60_000)
    context.close()
