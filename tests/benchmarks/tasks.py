"""Loads of the product, each in a process of its own: python -m tests.benchmarks.tasks NAME ARGUMENTS."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.kinds import recognise
from loaders.loading import load_files
from loaders.reading import open_file
from loaders.submission import Instructions
from loaders.warehouse import Warehouse
from tests.benchmarks.timed import report


def read(file: str) -> None:
    """One submission, checked and reshaped into rows of the tables, not yet stored."""
    source = open_file(Path(file))[0]
    recognise(source).read(source, Instructions())


def load(file: str) -> None:
    """One submission, through to a published release of a new warehouse."""
    with TemporaryDirectory(dir=Path(file).parent) as place:
        load_files([Path(file)], Warehouse(place))


def keep(folder: str, place: str) -> None:
    """Everything in a folder, into a warehouse that stays."""
    load_files([Path(folder)], Warehouse(place))


if __name__ == "__main__":
    report(globals()[sys.argv[1]], *sys.argv[2:])
