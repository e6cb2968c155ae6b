"""A programme manager makes a deck of three pages, gives a slide a headline and takes it away."""

from pathlib import Path

from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.conftest import Watched

HEADLINE = "Early implementers see people sooner"
REGION = "in the region"


def test_a_deck_of_three_pages_is_arranged_and_downloaded(address: str, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    watched.open(f"{address}/rollout", "Rollout")
    page.locator(".st-key-timeline_deck button").click()
    expect(page.get_by_text("Slide 1 of your deck")).to_be_visible()
    for number, (name, card) in enumerate((("Waiting", "wait_figures"), ("Outcomes", "forms_returned")), 2):
        page.get_by_role("link", name=name, exact=True).click()
        watched.settle(name)
        if name == "Outcomes":
            page.get_by_role("radiogroup", name="Show").get_by_text("The region").click()
            expect(page.locator(f".st-key-card_{card} h3")).to_contain_text(REGION)
        page.locator(f".st-key-{card}_deck button").click()
        expect(page.get_by_text(f"Slide {number} of your deck")).to_be_visible()
    page.get_by_role("link", name="Deck", exact=True).click()
    watched.settle("Deck")
    page.get_by_role("textbox", name="Headline of slide 2").fill(HEADLINE)
    page.get_by_role("textbox", name="Headline of slide 2").press("Enter")
    page.wait_for_url("**headline**")
    watched.settle("Deck")
    page.get_by_role("button", name="Up: slide 2").click()
    expect(page.get_by_role("textbox", name="Headline of slide 1")).to_have_value(HEADLINE)
    watched.settle("Deck")

    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="Download (PowerPoint)").click()
    file = tmp_path / "deck.pptx"
    waiting.value.save_as(file)
    titles = [slide.shapes.title.text for slide in Presentation(str(file)).slides]
    assert titles[:2] == ["My deck", HEADLINE]
    assert titles[2].startswith("Go-live: ")
    assert len(titles) == 4
    assert REGION in titles[3]  # the choice of its page came with it

    # the address alone brings the deck back
    colleague = watched.page.context.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_role("textbox", name="Headline of slide 1")).to_have_value(HEADLINE, timeout=60_000)
