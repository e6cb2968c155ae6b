"""A release that is published while the dashboard runs."""

from pathlib import Path

import pytest

from dashboard import cached
from loaders.register import Release, Snapshot
from loaders.warehouse import Warehouse
from tests.loaders.test_register import release


@pytest.fixture
def warehouse(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Warehouse:
    """An empty one, which the dashboard reads."""
    monkeypatch.setenv("WAREHOUSE", str(tmp_path))
    return Warehouse(str(tmp_path))


def _published(warehouse: Warehouse, number: int) -> Release:
    published = release(number, practice_coding=Snapshot(number, 2))
    warehouse.register.publish(published, [])
    return published


def test_a_new_release_is_offered_at_once_and_asked_for_in_full_only_then(warehouse: Warehouse) -> None:
    assert cached.releases() == []

    first = _published(warehouse, 1)
    assert cached.releases() == [first]
    assert cached.releases() is cached.releases()

    second = _published(warehouse, 2)
    assert cached.releases() == [second, first]
