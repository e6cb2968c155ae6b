"""A Monthly Activity Return as literal rows, and one figure of its reading."""

from collections.abc import Mapping, Sequence

import pyarrow.compute as pc

from loaders.activity_sums import ITEMS
from loaders.reading import Source
from loaders.submission import Reading
from tests.loaders.published import pasted, source

TITLE = {
    "Title:": "Monthly Hospital Activity",
    "Period:": "January 2015",
    "Published:": "13th March 2015",
    "Revised:": "-",
}
HEADER = ["Year", "Period", "Region Code", "Region Name", "Org Code", "Org Name", *ITEMS.values()]
GP_REFERRALS = "GP Referrals Made (G&A)"

# Made up so that ordinary and daycase admissions are the total, and items differ
FIGURES = (10, 40, 50, 2, 10, 12, 3, 45, 120, 100, 110, 90, 60, 130)


def row(code: str, figures: Sequence[object] = FIGURES, name: str = "", **more: str) -> list[object]:
    month = {"year": "2014-15", "month": "JANUARY", "region": "NORTH OF ENGLAND", **more}
    return [month["year"], month["month"], "Y54", month["region"], code, name or f"NHS {code} CCG", *figures]


def england(figures: Sequence[object]) -> list[object]:
    return ["2014-15", "JANUARY", "", "", "", "England", *figures]


def code(number: int) -> str:
    return f"{number // 10:02d}{'CDFGHJKLMN'[number % 10]}"


def full(changed: Mapping[str, Mapping[str, int]] | None = None, **title: str) -> Source:
    """A sheet of 120 organisations and England, the sum of them, in which some figures were changed afterwards."""
    # Organisation 0 is the smallest, 119 six times as large; all have the same proportions
    true = {code(n): {item: f * (n + 24) for item, f in zip(ITEMS, FIGURES, strict=True)} for n in range(120)}
    total = [sum(figures[item] for figures in true.values()) for item in ITEMS]
    printed = {owner: {**figures, **(changed or {}).get(owner, {})} for owner, figures in true.items()}
    rows = [row(owner, list(figures.values())) for owner, figures in printed.items()]
    return sent([england(total), *rows], **title)


def sent(rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, **title: str) -> Source:
    return source(pasted({**TITLE, **{f"{label}:": value for label, value in title.items()}}, header, rows))


def count(reading: Reading, ccg: str, item: str) -> int:
    table = reading.tables["activity"]
    return table.filter(pc.and_(pc.equal(table["ccg"], ccg), pc.equal(table["item"], item)))["count"][0].as_py()
