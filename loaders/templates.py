"""`python -m loaders.templates`: write what senders are given, from the contracts.

Empty templates and filled examples in docs/templates, and the tables of docs/submissions.md. The
prose of that page is written by hand; what stands between its markers is not.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from loaders.code_sets import rules
from loaders.contract import Contract, Field
from loaders.examples import ABOUT_THE_LEDGER, ONE_SHEET, ROLLOUT, cells
from loaders.outcomes import SCALES
from loaders.places import ccg_names, predecessors
from loaders.programme import CONTRACTS
from loaders.rollout_sheets import ABOUT, SHEETS

DOCS = Path(__file__).parents[1] / "docs"

ROWS_VALIDATED = 2000
"""Rows below a header in which the workbook offers the allowed values."""

_MARKED = re.compile(r"(<!-- table: ([a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_KINDS = {
    "text": "text",
    "code": "code",
    "date": "date",
    "month": "month, as 2016-05",
    "whole": "whole number",
    "number": "number",
}


def main() -> None:
    """Write every generated file."""
    (DOCS / "templates").mkdir(parents=True, exist_ok=True)
    for path, content in generated().items():
        path.write_bytes(content)


def generated() -> dict[Path, bytes]:
    """The content of every file made from the contracts, by its path."""
    files = {DOCS / "submissions.md": submissions_page((DOCS / "submissions.md").read_text(encoding="utf-8")).encode()}
    for key, contract in CONTRACTS.items():
        examples = [cells(row, contract.names) for row in ONE_SHEET[key]()]
        files[DOCS / "templates" / f"{key}.csv"] = _csv([contract.names])
        files[DOCS / "templates" / f"{key}_example.csv"] = _csv([contract.names, *examples])
    files[DOCS / "templates" / "rollout.xlsx"] = _workbook(filled=False)
    files[DOCS / "templates" / "rollout_example.xlsx"] = _workbook(filled=True)
    return files


def submissions_page(page: str) -> str:
    """The page with every marked table made anew."""
    tables = {
        **{key: _columns(contract) for key, contract in CONTRACTS.items()},
        **{f"rollout_{sheet.key.lower()}": _columns(sheet) for sheet in SHEETS},
        "about": _table(("label", "what stands beside it"), ABOUT.items()),
        "ccgs": _table(("code", "CCG in 2015", "also taken"), _ccgs()),
        "instruments": _table(("instrument", "lowest", "highest"), ((i, *ends) for i, ends in SCALES.items())),
        "code_groups": _table(("group", "codes"), _code_groups()),
    }
    return _MARKED.sub(lambda found: f"{found[1]}{tables[found[2]]}{found[3]}", page)


def _columns(contract: Contract) -> str:
    rows = ((f"`{f.name}`", "yes" if f.needed else "", f.about, _values(f), f.example) for f in contract.fields)
    return _table(("column", "needed", "what it holds", "values", "example"), rows)


def _values(field: Field) -> str:
    if field.allowed:
        return ", ".join(f"`{value}`" for value in field.allowed)
    bounds = [f"{field.lowest:g} or more"] if field.lowest is not None and field.highest is None else []
    return ", ".join([_KINDS[field.kind], *bounds])


def _ccgs() -> Iterable[Sequence[str]]:
    for code, name in ccg_names().items():
        yield code, name, ", ".join(old for old, new in predecessors().items() if new == code and old != code)


def _code_groups() -> Iterable[Sequence[str]]:
    for name in ("procedures", "diagnoses"):
        groups: dict[str, list[str]] = {}
        for rule in rules(name):
            if rule.role != "exclude":
                groups.setdefault(rule.group, []).append(f"{rule.code[:3]}.{rule.code[3:]}")
        yield from ((f"`{group}`", ", ".join(codes)) for group, codes in groups.items())


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _workbook(filled: bool) -> bytes:
    """The rollout workbook: a sheet for each contract, notes on the headers, lists of the allowed values."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime(2015, 1, 1)})  # the same content gives the same file
    bold = book.add_format({"bold": True})
    about = book.add_worksheet("About")
    about.set_column(0, 2, 28)
    for row, (label, hint) in enumerate(ABOUT.items()):
        about.write_row(row, 0, [label, ABOUT_THE_LEDGER[label] if filled else "", hint])
    for contract in SHEETS:
        rows = [cells(row, contract.names) for row in ROLLOUT[contract.key]()] if filled else []
        _write_sheet(book.add_worksheet(contract.key), contract, rows, bold)
    book.close()
    return content.getvalue()


def _write_sheet(sheet: Worksheet, contract: Contract, rows: Sequence[Sequence[object]], bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(contract.fields) - 1, 18)
    for at, field in enumerate(contract.fields):
        sheet.write(0, at, field.name, bold)
        sheet.write_comment(0, at, f"{'Needed: ' if field.needed else ''}{field.about} ({_values(field)})")
        if field.allowed:
            sheet.data_validation(1, at, ROWS_VALIDATED, at, {"validate": "list", "source": list(field.allowed)})
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            write = sheet.write_datetime if isinstance(value, date) else sheet.write
            write(number, at, value)


if __name__ == "__main__":
    main()
