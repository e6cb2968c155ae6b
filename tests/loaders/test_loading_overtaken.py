"""A load while another publishes. Several processes at the same moment are in test_at_once.py."""

from collections.abc import Callable
from typing import Any

import pytest

from loaders import loading
from loaders.register import PublishedMeanwhile, Register, Release
from loaders.warehouse import Warehouse
from tests.loaders.returns_made import JUNE, figures, load, sent


def test_a_file_that_another_load_publishes_meanwhile_is_not_added_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = sent(JUNE, drawn="2015-09-10")
    _publish_first(monkeypatch, lambda: load(warehouse, same))
    outcome = load(warehouse, same)
    assert (outcome.release, outcome.unchanged) == (None, ["sent.csv"])
    assert figures(warehouse) == {"DS1": JUNE}


def test_a_load_that_is_overtaken_starts_over_and_loses_nothing(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sent({"2015-07": 28}, drawn="2015-10-10")
    _publish_first(monkeypatch, lambda: load(warehouse, other))
    outcome = load(warehouse, sent({"2015-06": 31, "2015-07": 27}, drawn="2015-09-10"))
    assert outcome.release
    assert outcome.release.number == 2
    assert figures(warehouse) == {"DS1": {"2015-06": 31, "2015-07": 28}}


def test_a_load_that_is_always_overtaken_gives_up_and_changes_nothing(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    tries = []

    def taken(_register: Register, release: Release, _submissions: object) -> None:
        tries.append(release.number)
        raise PublishedMeanwhile(f"Release {release.number} was published meanwhile: run again.")

    monkeypatch.setattr(Register, "publish", taken)
    with pytest.raises(PublishedMeanwhile, match="Release 2 was published meanwhile: run again"):
        load(warehouse, sent({"2015-06": 32}, drawn="2015-10-10"))
    assert tries == [2] * loading.ATTEMPTS
    assert figures(warehouse) == {"DS1": JUNE}


def _publish_first(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Let another load publish just before this one does."""
    publish = Register.publish

    def overtaken(*args: Any) -> None:
        monkeypatch.setattr(Register, "publish", publish)
        other()
        publish(*args)

    monkeypatch.setattr(Register, "publish", overtaken)
