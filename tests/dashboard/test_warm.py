"""What readers look at first was drawn before they come."""

from pathlib import Path

import pytest

from dashboard import cached, unseen, warm
from dashboard.card import PAGES


@pytest.mark.slow
def test_pages_and_what_people_ask_next_are_drawn_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))
    warm.first_page()
    warm.next_pages()
    monkeypatch.setattr(unseen, "_drawn", lambda page, _release: pytest.fail(f"{page} is drawn only now"))
    step = {"wait": cached.measures()["wait_imaging"].name}

    assert all(unseen.cards_of(page, {}, 1) for page in PAGES)
    assert unseen.cards_of("waiting", step, 1)
    assert unseen.cards_of("waiting", {"presentation": "Radicular pain", **step}, 1)
    assert unseen.cards_of("compare", {"time": "Months since go-live"}, 1)
    assert unseen.cards_of("outcomes", {"geography": "CCGs since April 2020"}, 1)
    assert unseen.cards_of("conversion", {"ccgs": "Darlington"}, 1)
    assert unseen.cards_of("rollout", {"ccgs": "Wave 1"}, 1)
