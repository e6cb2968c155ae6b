"""The catalogue: every measure of metrics/definitions, read and checked.

To add a measure is to add a file, its name the key. A folder with any fault is refused as a whole,
with every fault of every file at once.
"""

import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from metrics.measure import Family, Measure

DEFINITIONS = Path(__file__).parent / "definitions"

_FAMILIES = get_args(Family)
_MEASURE = TypeAdapter(Measure)
_PLAINLY = {
    "missing": "this key is missing",
    "unexpected_keyword_argument": "no measure of this kind has such a key",
    "union_tag_not_found": "the kind of measure is missing",
    "union_tag_invalid": "'{tag}' is not a kind of measure: there are {expected_tags}",
    "string_too_short": "this may not be empty",
}
"""What pydantic finds, in words for the author of a definition; where none stand here, its own will do."""


class CatalogueRefused(Exception):
    """Definitions that cannot be used. `faults` has a line for each: file, key, what is wrong."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def load(folder: Path | None = None) -> dict[str, Measure]:
    """Every measure by its key, in the order in which families and measures are shown.

    Without a folder those of the environment variable DEFINITIONS, or of metrics/definitions. Raises
    CatalogueRefused with everything that is wrong in any of the files.
    """
    folder = folder or Path(os.environ.get("DEFINITIONS") or DEFINITIONS)
    measures: list[Measure] = []
    faults: list[str] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            measures.append(read(file))
        except CatalogueRefused as refused:
            faults += refused.faults
    faults += _shared_names(measures)
    if not (measures or faults):
        faults.append(f"{folder}: there is no definition here")
    if faults:
        raise CatalogueRefused(faults)
    shown = sorted(measures, key=lambda measure: (_FAMILIES.index(measure.family), measure.order, measure.key))
    return {measure.key: measure for measure in shown}


def read(file: Path) -> Measure:
    """One definition. Raises CatalogueRefused with everything that is wrong in it."""
    try:
        definition = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueRefused([f"{file.name}: this is not TOML: {error}"]) from error
    if "key" in definition:
        raise CatalogueRefused([f"{file.name}: key: the name of the file is the key; take this line out"])
    try:
        return _MEASURE.validate_python({**definition, "key": file.stem})
    except ValidationError as error:
        raise CatalogueRefused(_in_words(file, fault) for fault in error.errors()) from error


def _in_words(file: Path, fault: ErrorDetails) -> str:
    at = fault["loc"]
    if at[0] == "how":
        at = at[:1] + at[2:]  # pydantic puts the kind between, which is no key of the file
    why = _PLAINLY.get(fault["type"], fault["msg"].removeprefix("Value error, ")).format(**fault.get("ctx", {}))
    return f"{file.name}: {'.'.join(str(part) for part in at if part != '[key]')}: {why}"


def _shared_names(measures: Iterable[Measure]) -> Iterator[str]:
    files = defaultdict(list)
    for measure in measures:
        files[measure.name].append(f"{measure.key}.toml")
    for name, sharing in files.items():
        if len(sharing) > 1:
            yield f"{', '.join(sharing)}: name: '{name}' is used more than once"
