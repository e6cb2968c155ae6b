"""A programme manager picks CCGs and takes a page away as a workbook."""

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from metrics.areas import REGION_NAME
from tests.browser.conftest import Watched

PICKED = ("Darlington", "South Tees")

CHOOSE_AND_PRESS = """name => {
  const named = (kind, words) => [...document.querySelectorAll(kind)].find(one => one.textContent.includes(words));
  named('[role="radiogroup"] label', name).click();
  setTimeout(() => named('a', 'Whole page (Excel)').click());
}"""
"""Both within the moment in which the choice is being drawn: before any answer of the server."""

ARMS = {"Early implementers", "Following CCGs"}
AREAS = {
    "Each wave": {"Early implementers", "Wave 1", "Wave 2", "Wave 3"},
    "The region": {REGION_NAME},
    "Early and following": ARMS,
}


def test_pressed_right_after_a_choice_the_workbook_is_of_that_choice(
    address: str, watched: Watched, tmp_path: Path
) -> None:
    watched.open(f"{address}/measure?by=Each+CCG", "Measure")
    for name in ("Each wave", "The region", "Early and following"):
        with watched.page.expect_download(timeout=60_000) as waiting:
            watched.page.evaluate(CHOOSE_AND_PRESS, name)
        waiting.value.save_as(tmp_path / "page.xlsx")
        book = openpyxl.load_workbook(tmp_path / "page.xlsx")
        areas = {row[2] for row in book.worksheets[1].iter_rows(min_row=6, values_only=True)}
        assert areas == AREAS[name]
    watched.settle("Measure")


def test_a_workbook_holds_the_ccgs_that_were_picked(address: str, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    watched.open(address, "Overview")
    for name in PICKED:
        page.get_by_role("combobox", name="CCGs, arms or waves").fill(name)
        page.get_by_role("option", name=name).click()
        page.wait_for_url(f"**{name.replace(' ', '+')}**")
    page.keyboard.press("Escape")  # an open list hides the rest of the page from assistive technology
    page.get_by_role("link", name="Waiting", exact=True).click()
    watched.settle("Waiting")
    page.get_by_role("radiogroup", name="Show").get_by_text("Each CCG").click()
    page.wait_for_url("**by=Each+CCG**")
    watched.settle("Waiting")
    expect(page.get_by_role("heading", level=3).first).to_contain_text("Darlington")
    expect(page.get_by_role("heading", level=3).first).to_contain_text("South Tees")
    watched.settle("Waiting")  # the first heading is drawn before the last chart

    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("link", name="Whole page (Excel)").last.click()
    file = tmp_path / "page.xlsx"
    waiting.value.save_as(file)
    book = openpyxl.load_workbook(file)
    charts = page.locator(".stPlotlyChart").count()
    assert book.sheetnames[0] == "Notes"
    assert len(book.sheetnames) == 1 + charts
    notes = "\n".join(str(cell) for row in book["Notes"].iter_rows(values_only=True) for cell in row if cell)
    assert "Synthetic data" in notes
    assert "Darlington" in notes
    first = book[book.sheetnames[1]]
    header, *rows = list(first.iter_rows(min_row=5, values_only=True))
    areas = {row[header.index("area_name")] for row in rows}
    assert areas == set(PICKED)
