"""What readers look at first was drawn before they come."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from dashboard import cached, unseen, warm
from dashboard.card import PAGES

Asked = list[tuple[str, unseen.Choices]]


@pytest.mark.slow
def test_pages_as_they_open_and_the_steps_of_waiting_are_drawn_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))
    warm.first_page()
    warm.next_pages(Event())
    monkeypatch.setattr(unseen, "_drawn", lambda page, _release: pytest.fail(f"{page} is drawn only now"))

    assert all(unseen.cards_of(page, {}, 1) for page in PAGES)
    assert unseen.cards_of("waiting", {"wait": cached.measures()["wait_imaging"].name}, 1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path) -> Asked:
    """What is drawn from now on, which takes no time."""
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))
    pages: Asked = []

    def drawn(page: str, choices: unseen.Choices, _release: int) -> Sequence[object]:
        pages.append((page, choices))
        return []

    monkeypatch.setattr(warm, "cards_of", drawn)
    for work in ("figures_of", "profile_of", "findings_of", "changes_of"):
        monkeypatch.setattr(cached, work, lambda *asked, work=work: pages.append((work, {"asked": str(asked)})))
    return pages


@pytest.mark.slow
def test_then_comes_what_people_choose_next(asked: Asked) -> None:
    warm.next_choices(Event())

    step = {"wait": cached.measures()["wait_imaging"].name}
    assert ("waiting", {"presentation": "Radicular pain", **step}) in asked
    assert ("compare", {"time": "Months since go-live"}) in asked
    assert ("outcomes", {"geography": "CCGs since April 2020"}) in asked
    assert ("conversion", {"ccgs": ["Darlington"]}) in asked
    assert ("rollout", {"ccgs": ["Wave 1"]}) in asked
    assert ("profile_of", {"asked": "(1, '00C')"}) in asked
    grid = [choices["asked"] for work, choices in asked if work == "figures_of"]
    assert any("successor" in of for of in grid)


@pytest.mark.slow
def test_a_server_that_ends_draws_no_more(asked: Asked) -> None:
    ended = Event()
    ended.set()
    warm.next_pages(ended)
    warm.next_choices(ended)

    begun = [work for work, _ in asked]
    assert not set(begun) & set(PAGES)
    assert begun.count("profile_of") == 1
