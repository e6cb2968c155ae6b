"""What readers look at first was drawn before they come."""

from pathlib import Path

import pytest

from dashboard import cached, unseen, warm
from dashboard.card import PAGES


@pytest.mark.slow
def test_pages_as_they_open_and_the_steps_of_waiting_are_drawn_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))
    warm.first_page()
    warm.next_pages()
    monkeypatch.setattr(unseen, "_drawn", lambda page, _release: pytest.fail(f"{page} is drawn only now"))

    assert all(unseen.cards_of(page, {}, 1) for page in PAGES)
    assert unseen.cards_of("waiting", {"wait": cached.measures()["wait_imaging"].name}, 1)
