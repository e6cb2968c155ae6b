"""The written documents that readers can search: the methods by section, the change log by entry."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
METHODS, CHANGES = ROOT / "docs" / "methods.md", ROOT / "CHANGELOG.md"


@dataclass(frozen=True)
class Passage:
    """A piece of a document: where it stands, and its Markdown."""

    title: str
    text: str

    def has(self, wanted: str) -> bool:
        """Whether the words stand in it, however they are written; every passage has a blank."""
        return wanted.strip().lower() in f"{self.title}\n{self.text}".lower()


def sections(document: str) -> Sequence[Passage]:
    """A passage for each heading of the second or third level; one of the third names its parent as well."""
    found, parent = [], ""
    for part in re.split(r"^(?=###? )", document, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        title = heading.lstrip("# ").strip()
        if heading.startswith("## "):
            parent = title
        else:
            title = f"{parent}: {title}"
        if text.strip():
            found.append(Passage(title, text.strip()))
    return found


def entries(document: str) -> Iterator[Passage]:
    """A passage for each point of a change log, under the version and the kind of change that it stands in."""
    for section in sections(document):
        for point in re.split(r"^(?=- )", section.text, flags=re.MULTILINE):
            if point.strip():
                yield Passage(section.title, point.strip())
