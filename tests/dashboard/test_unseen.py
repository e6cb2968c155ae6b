"""Pages worked out with nobody looking: the cards that a reader of the same address sees."""

from pathlib import Path

import pytest

from dashboard.unseen import cards_of


@pytest.fixture(autouse=True)
def _over_the_demo(monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path) -> None:
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))


def test_choices_of_the_address_are_heeded() -> None:
    choices = {"measure": "Waiting: Wait for assessment", "by": "Each CCG", "ccgs": ["South Tees", "Darlington"]}
    (card,) = cards_of("measure", choices, 1)
    assert "South Tees" in card.headline
    assert "Darlington" in card.headline
    assert set(card.figures()["area_name"]) == {"South Tees", "Darlington"}


def test_a_choice_that_no_control_has_is_passed_over() -> None:
    (card,) = cards_of("measure", {"measure": "Waiting: Nothing of the kind", "colour": "red"}, 1)
    assert card.key == "figures"


def test_no_other_module_is_ever_run() -> None:
    with pytest.raises(KeyError, match="no page"):
        cards_of("../card", {}, 1)
