"""`python -m metrics`: list the measures, show one."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from loaders.warehouse import Warehouse
from metrics.areas import ccgs, successors
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import NotSelectable, figures
from metrics.measure import Measure
from metrics.selection import By, Selection

REFUSED = 1
MONTH = ["%Y-%m"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Figures of the pathway's measures, worked out from a release.",
)


Format = Literal["table", "csv", "json"]

WarehousePlace = Annotated[
    str | None,
    typer.Option("--warehouse", envvar="WAREHOUSE", help="Folder or object store address [data/warehouse]."),
]


@app.command("list")
def list_measures() -> None:
    """List every measure: key, family and name."""
    for measure in load().values():
        print(f"{measure.key:<40} {measure.family:<11} {measure.name}")


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="A measure's key; `python -m metrics list` gives them.")],
    by: Annotated[By, typer.Option(help="What a row is about.")] = "ccg",
    ccg: Annotated[str, typer.Option(help="Codes of CCGs, separated by commas [all 12].")] = "",
    practice: Annotated[str, typer.Option(help="Codes of practices, separated by commas.")] = "",
    first: Annotated[datetime | None, typer.Option("--from", formats=MONTH, help="First month, as 2015-01.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=MONTH, help="Last month, as 2015-05.")] = None,
    presentation: Annotated[str, typer.Option(help="low_back_pain or radicular_pain.")] = "",
    start_back: Annotated[str, typer.Option(help="low, medium, high; several with commas.")] = "",
    release: Annotated[int | None, typer.Option(help="As at this release [the newest].")] = None,
    format: Annotated[Format, typer.Option(help="How the rows are written.")] = "table",
    warehouse: WarehousePlace = None,
) -> None:
    """Show a measure: a row for each area and month."""
    measure = _measure(key)
    selection = Selection(
        by=by,
        ccgs=_codes(ccg),
        practices=_listed(practice),
        first=first.date() if first else None,
        last=last.date() if last else None,
        presentation=_listed(presentation),
        start_back=_listed(start_back),
    )
    try:
        rows = figures(measure, selection, _engine(warehouse, release))
    except NotSelectable as refusal:
        _stop(str(refusal))
    _write(rows, measure, format)


def _measure(key: str) -> Measure:
    measures = load()
    if key not in measures:
        raise typer.BadParameter(f"There is no measure '{key}'. `python -m metrics list` gives them.")
    return measures[key]


def _engine(warehouse: str | None, number: int | None) -> Engine:
    place = Warehouse(warehouse)
    release = place.register.release(number)
    if release is None:
        _stop(f"There is no release {number}." if number else "Nothing has been published yet. Load something first.")
    return Engine(place, release)


def _stop(words: str) -> NoReturn:
    Console(stderr=True, highlight=False, markup=False).print(words)
    raise typer.Exit(REFUSED)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _codes(text: str) -> tuple[str, ...]:
    codes = _listed(text.upper())
    unknown = [code for code in codes if code not in ccgs() and code not in successors()]
    if unknown:
        raise typer.BadParameter(f"Unknown CCG: {', '.join(unknown)}. Known: {', '.join(ccgs())}.", param_hint="--ccg")
    return codes


def _write(rows: Sequence[Figure], measure: Measure, format: Format) -> None:
    if format == "json":
        print(json.dumps([asdict(row) for row in rows], indent=1))
    elif format == "csv":
        writer = csv.writer(sys.stdout)
        names = [field.name for field in fields(Figure)]
        writer.writerow(names)
        writer.writerows([getattr(row, name) for name in names] for row in rows)
    else:
        _print_table(rows, measure)


def _print_table(rows: Sequence[Figure], measure: Measure) -> None:
    table = Table(title=f"{measure.name} ({measure.unit})", caption=_caption(rows), title_justify="left")
    for name in ("Area", "Arm", "Month"):
        table.add_column(name)
    for name in ("Value", "95% from", "to", "Number", "Out of"):
        table.add_column(name, justify="right")
    for row in rows:
        value = measure.in_words(row.value) if row.status == "ok" else row.status.replace("_", " ")
        counts = [_count(row.numerator), _count(row.denominator)]
        limits = ["" if limit is None else f"{limit:.{measure.decimals}f}" for limit in (row.lower, row.upper)]
        table.add_row(row.area_name, row.arm, row.period, value, *limits, *counts)
    Console(highlight=False).print(table)


def _caption(rows: Sequence[Figure]) -> str:
    if not rows:
        return "Nothing has been received for this measure."
    what = "synthetic data" if rows[0].synthetic else "real returns"
    return f"Release {rows[0].release}, {what}. Management information, not official statistics."


def _count(count: float | None) -> str:
    return "" if count is None else f"{count:,.0f}"


if __name__ == "__main__":
    app()
