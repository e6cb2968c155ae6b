"""`python -m metrics`: list the measures, show one, chart one, compare one."""

import csv
import difflib
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from loaders.pathway import CONTRACT as PATHWAY
from loaders.register import WarehouseTooNew
from loaders.warehouse import ReleaseGone, Warehouse
from metrics.areas import known_ccgs
from metrics.catalogue import load
from metrics.compare_cli import add_compare
from metrics.disclosure import policy_in_force
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.periods import Per
from metrics.selection import By, NotSelectable, Selection
from metrics.spc_cli import add_spc

REFUSED = 1
MONTH = ["%Y-%m"]
WIDTH = 160
"""Columns of a table that is written to a file or to another program."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Figures of the pathway's measures, worked out from a release.",
)


Format = Literal["table", "csv", "json"]

Written = Annotated[Format, typer.Option("--format", help="How the rows are written.")]
WarehousePlace = Annotated[
    str | None,
    typer.Option("--warehouse", envvar="WAREHOUSE", help="Folder or object store address [data/warehouse]."),
]


@app.command("list")
def list_measures(written: Written = "table", warehouse: WarehousePlace = None) -> None:
    """List every measure: key, family, name, and whether the newest release answers it with real or synthetic data."""
    names = ("key", "family", "name", "unit", "better", "question")
    held = _data_held(warehouse)
    rows = [
        {**{name: getattr(measure, name) for name in names}, "data": held.get(measure.how.table, "none")}
        for measure in load().values()
    ]
    if written == "table":
        for row in rows:
            print(f"{row['key']:<40} {row['family']:<11} {row['data']:<10} {row['name']}")
    else:
        _write_plain(rows, [*names, "data"], written)


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="A measure's key; `python -m metrics list` gives them.")],
    by: Annotated[By, typer.Option(help="What a row is about.")] = "ccg",
    ccg: Annotated[str, typer.Option(help="Codes of CCGs, separated by commas [all 12].")] = "",
    practice: Annotated[str, typer.Option(help="Codes of practices, separated by commas.")] = "",
    first: Annotated[datetime | None, typer.Option("--from", formats=MONTH, help="First month, as 2015-01.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=MONTH, help="Last month, as 2015-05.")] = None,
    per: Annotated[Per, typer.Option(help="Months, financial quarters (Q1 is April to June) or years.")] = "month",
    presentation: Annotated[str, typer.Option(help="low_back_pain or radicular_pain.")] = "",
    start_back: Annotated[str, typer.Option(help="low, medium, high; several with commas.")] = "",
    release: Annotated[int | None, typer.Option(help="As at this release [the newest].")] = None,
    written: Written = "table",
    warehouse: WarehousePlace = None,
) -> None:
    """Show a measure: a row for each area and period."""
    measure = _measure(key)
    selection = Selection(
        by=by,
        ccgs=_codes(ccg),
        practices=_listed(practice.upper()),
        first=first.date() if first else None,
        last=last.date() if last else None,
        presentation=_allowed(presentation, "presentation"),
        start_back=_allowed(start_back, "start_back"),
        per=per,
    )
    try:
        policy = policy_in_force()
        rows = figures(measure, selection, _engine(warehouse, release), policy)
    except (NotSelectable, WarehouseTooNew, ReleaseGone, OSError, ValueError) as refusal:
        _stop(str(refusal))
    if written == "table":
        _print_table(rows, measure)
    else:
        _write_plain([asdict(row) for row in rows], [field.name for field in fields(Figure)], written)


def _data_held(warehouse: str | None) -> dict[str, str]:
    """'real' or 'synthetic' by table of the newest release; nothing where nothing was published."""
    place = Warehouse(warehouse)
    release = place.register.release()
    if release is None:
        return {}
    engine = Engine(place, release)
    return {fact: "synthetic" if engine.is_synthetic(fact) else "real" for fact in engine.tables_received()}


def _measure(key: str) -> Measure:
    measures = load()
    if key not in measures:
        near = _near(key, measures)
        raise typer.BadParameter(f"There is no measure '{key}'.{near} `python -m metrics list` gives them all.")
    return measures[key]


def _near(word: str, known: Collection[str]) -> str:
    """What somebody may have meant, as the end of a sentence; blank where nothing comes near."""
    holding = [name for name in known if word.lower() in name.lower()]
    meant = list(dict.fromkeys([*difflib.get_close_matches(word, known, 3, 0.5), *holding]))[:3]
    return f" Did you mean {' or '.join(meant)}?" if meant else ""


def _engine(warehouse: str | None, number: int | None) -> Engine:
    place = Warehouse(warehouse)
    release = place.register.release(number)
    if release is None and number:
        _stop(f"There is no release {number}. `python -m loaders releases` lists them.")
    if release is None:
        _stop("Nothing has been published yet. Run `python -m loaders demo`, or load your own files.")
    return Engine(place, release)


def _stop(words: str) -> NoReturn:
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(words)
    raise typer.Exit(REFUSED)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _allowed(text: str, column: str) -> tuple[str, ...]:
    """The values listed, when a referral can hold all of them."""
    values, allowed = _listed(text), PATHWAY.field(column).allowed
    unknown = [value for value in values if value not in allowed]
    if unknown:
        raise typer.BadParameter(f"Unknown: {', '.join(unknown)}. Known: {', '.join(allowed)}.", param_hint=column)
    return values


def _codes(text: str) -> tuple[str, ...]:
    codes, known = _listed(text.upper()), known_ccgs()
    unknown = [code for code in codes if code not in known]
    if unknown:
        names = [f"{code} ({ccg.short_name})" for code, ccg in known.items()]
        near = "".join(_near(code, names) for code in unknown)
        every = f" Known: {', '.join(names)}."
        raise typer.BadParameter(f"Unknown CCG: {', '.join(unknown)}.{near}{every}", param_hint="--ccg")
    return codes


def _write_plain(rows: Sequence[Mapping[str, object]], names: Sequence[str], written: Format) -> None:
    if written == "json":
        print(json.dumps(rows, indent=1, allow_nan=False))
    else:
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _print_table(rows: Sequence[Figure], measure: Measure) -> None:
    table = Table(title=f"{measure.name} ({measure.unit})", caption=_caption(rows), title_justify="left")
    for name in ("Area", "Arm", "Period"):
        table.add_column(name)
    for name in ("Value", "95% from", "to", "Number", "Out of"):
        table.add_column(name, justify="right")
    table.add_column("Note")
    for row in rows:
        value = measure.in_words(row.value) if row.status == "ok" else row.status.replace("_", " ")
        counts = [_count(row.numerator), _count(row.denominator)]
        limits = ["" if limit is None else f"{limit:.{measure.decimals}f}" for limit in (row.lower, row.upper)]
        table.add_row(row.area_name, row.arm, row.period, value, *limits, *counts, row.reason)
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH).print(table)


def _caption(rows: Sequence[Figure]) -> str:
    if not rows:
        return "Nothing has been received for this measure."
    what = "synthetic data" if rows[0].synthetic else "real returns"
    return f"Release {rows[0].release}, {what}. Management information, not official statistics."


def _count(count: float | None) -> str:
    return "" if count is None else f"{count:,.0f}"


add_compare(app, _measure, _engine)
add_spc(app, _measure, _engine, _codes, _stop)

if __name__ == "__main__":
    app()
