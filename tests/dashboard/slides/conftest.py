"""The board pack and the pack of Darlington over the demo, made once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import cached
from dashboard.slides import pdf
from dashboard.slides.deck import deck_file
from dashboard.slides.packs import board, ccg_pack, deck_of, slides_of
from dashboard.slides.saved import Saved
from tests.needs import lacking

RELEASE = 1


def made(saved: Saved) -> bytes:
    """The file of a deck."""
    slides, lacking = slides_of(saved, RELEASE)
    assert lacking == []
    return deck_file(deck_of(saved.title, slides, cached.engine(RELEASE).release))


@pytest.fixture(scope="session")
def demo(demo_warehouse: Path) -> Iterator[Path]:
    """The demo as the warehouse of every answer."""
    before = os.environ.get("WAREHOUSE")
    os.environ["WAREHOUSE"] = str(demo_warehouse)
    yield demo_warehouse
    if before is None:
        del os.environ["WAREHOUSE"]
    else:
        os.environ["WAREHOUSE"] = before


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """Without LibreOffice, which the product can do without, a test is skipped, but fails under CI."""
    if not pdf.can_write():
        lacking(
            "there is no LibreOffice, so that no deck was drawn or made into a PDF: "
            "apt-get install libreoffice-impress fonts-liberation (elsewhere see libreoffice.org)"
        )


@pytest.fixture(scope="session")
def board_pack(demo: Path) -> bytes:
    return made(board())


@pytest.fixture(scope="session")
def darlington(demo: Path) -> bytes:
    return made(ccg_pack("00C"))
