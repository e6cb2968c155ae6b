"""`python -m metrics compare`: what may be said of a measure in live CCGs against those not yet live."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from metrics.comparison.alignment import aligned
from metrics.comparison.compare import compare
from metrics.comparison.lag import Lag, lags
from metrics.comparison.result import Basis, Change, Comparison, SecondOpinion, Since
from metrics.comparison.window import Estimand
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.live import rollout
from metrics.measure import MINUS, Measure
from metrics.selection import Selection

ONLY_ESTIMATES = (
    "Estimates over several CCGs and months, from unrounded counts; no value of one CCG in one month is given. "
    "Management information, not official statistics."
)
MONTH = ["%Y-%m"]
WIDTH = 160
"""Columns of a table that is written to a file or to another program."""

Row = Mapping[str, object]


def add_compare(
    app: typer.Typer, measure_named: Callable[[str], Measure], engine_at: Callable[[str | None, int | None], Engine]
) -> None:
    """Add the command to a command line that finds measures by key, and a release by warehouse and number."""

    @app.command("compare")
    def compare_measure(
        key: Annotated[str, typer.Argument(help="A measure's key; `python -m metrics list` gives them.")],
        estimand: Annotated[
            Estimand, typer.Option(help="early: until another CCG goes live; all: every CCG that is live.")
        ] = "early",
        align: Annotated[
            Literal["go-live"] | None, typer.Option(help="By months since each CCG's go-live, with each one's lag.")
        ] = None,
        first: Annotated[
            datetime | None, typer.Option("--from", formats=MONTH, help="First month; two years before it.")
        ] = None,
        last: Annotated[datetime | None, typer.Option("--to", formats=MONTH, help="Last month, as 2015-11.")] = None,
        release: Annotated[int | None, typer.Option(help="As at this release; the newest.")] = None,
        format: Annotated[Literal["table", "csv", "json"], typer.Option(help="How it is written.")] = "table",
        warehouse: Annotated[str | None, typer.Option(envvar="WAREHOUSE", help="Folder; data/warehouse.")] = None,
    ) -> None:
        """Compare a measure between CCGs that are live and those not yet live."""
        measure, engine = measure_named(key), engine_at(warehouse, release)
        selection = Selection(first=first and first.date(), last=last and last.date())
        found = compare(measure, engine, estimand, selection)
        behind = _lags(measure, engine, selection) if align else []
        if format == "json":
            print(json.dumps({**asdict(found), "lags": [asdict(lag) for lag in behind]}, indent=1))
        elif format == "csv":
            _write_csv(_since_rows(found.since_go_live, behind) if align else [_flat(found)])
        else:
            _print(found, behind, bool(align))


def _lags(measure: Measure, engine: Engine, selection: Selection) -> list[Lag]:
    points = figures(measure, selection, engine, NONE)
    return lags(aligned(points, rollout(engine, engine.is_synthetic(measure.how.table))), measure.better)


def _flat(found: Comparison) -> Row:
    """One row, with the same columns whether it can be told or not; None where it cannot."""
    asked = {name: getattr(found, name) for name in ("measure", "estimand", "release", "synthetic")}
    change = {f.name: getattr(found.change, f.name, None) for f in fields(Change) if f.name != "words"}
    basis = {f.name: getattr(found.basis, f.name, None) for f in fields(Basis)}
    return {**asked, "judgement": found.judgement.key, "words": found.judgement.words, **change, **basis}


def _since_rows(since: Iterable[Since], behind: Iterable[Lag]) -> list[Row]:
    """Changes by months since go-live, then the lag of each CCG."""
    names = ("about", "ccg", "months", "estimate", "lower", "upper", "ccgs", "answer", "reason")
    rows: list[Row] = [
        dict(
            zip(names, ("change", "", s.months, s.estimate, s.quiet_lower, s.quiet_upper, s.ccgs, "", ""), strict=True)
        )
        for s in since
    ]
    return rows + [
        dict(zip(names, ("lag", x.ccg, x.live_for, x.months, x.lower, x.upper, 1, x.answer, x.reason), strict=True))
        for x in behind
    ]


def _write_csv(rows: Sequence[Row]) -> None:
    writer = csv.writer(sys.stdout)
    for at, row in enumerate(rows):
        if at == 0:
            writer.writerow(row)
        writer.writerow(["; ".join(map(str, v)) if isinstance(v, tuple) else v for v in row.values()])


def _print(found: Comparison, behind: Sequence[Lag], by_month: bool) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    console.print(found.judgement.words, markup=False)
    if found.change and found.basis:
        console.print(_facts(found.change, found.basis))
        console.print(_opinions(found.second_opinions, found.change.unit))
    if by_month and found.change:
        console.print(_months(found.since_go_live, found.change.unit))
    if behind:
        console.print(_behind(behind))
    what = "synthetic data" if found.synthetic else "real returns"
    console.print(f"Release {found.release}, {what}. {ONLY_ESTIMATES}", markup=False)


def _facts(change: Change, basis: Basis) -> Table:
    table = Table("About", "Says", show_header=False)
    for about, says in (
        ("Change", f"{_signed(change.estimate)} {change.unit}, 95% {_signed(change.lower)} to {_signed(change.upper)}"),
        ("p by permutation", f"{change.p:.3f} (plain {change.p_plain:.3f}, studentised {change.p_studentised:.3f})"),
        ("Place by size", f"{change.rank} of {change.arrangements} ways to deal out the dates of go-live"),
        (
            "Test that counts",
            f"{change.test}: the early CCGs are {change.noise_ratio:.2f} times as noisy as the others",
        ),
        ("Smallest change seen", f"{_signed(change.smallest_detectable)} {change.unit}, four times in five"),
        ("Months", f"{basis.first} to {basis.last}: {basis.months_before} before, {basis.months_after} after"),
        ("Months left out", f"{basis.months_left_out}, in which some CCG has no value"),
        ("CCGs live", ", ".join(basis.live)),
        ("CCGs to compare with", ", ".join(basis.controls)),
        ("CCGs left out", ", ".join(basis.ccgs_left_out) or "none"),
        ("Go-live", basis.go_live),
        ("Uptake", "not known" if basis.uptake is None else f"{basis.uptake:.0f}% of practices referring, on average"),
        *(("Note", note) for note in basis.notes),
    ):
        table.add_row(about, says)
    return table


def _opinions(opinions: Iterable[SecondOpinion], unit: str) -> Table:
    table = Table("Other method", "CCG", f"Change ({unit})", "Place by size", "Weights")
    for found in opinions:
        weights = ", ".join(f"{ccg} {share:.2f}" for ccg, share in found.weights)
        table.add_row(found.method, found.ccg, _signed(found.estimate), f"{found.rank} of {found.out_of}", weights)
    return table


def _months(since: Iterable[Since], unit: str) -> Table:
    table = Table("Months since go-live", f"Change ({unit})", "Quiet from", "to", "CCGs")
    for found in since:
        numbers = (found.estimate, found.quiet_lower, found.quiet_upper)
        table.add_row(str(found.months), *map(_signed, numbers), str(found.ccgs))
    return table


def _behind(found: Iterable[Lag]) -> Table:
    table = Table("CCG", "Live for", "Months behind", "95% from", "to", "")
    for lag in found:
        live_for = "" if lag.live_for is None else f"{lag.live_for} months"
        table.add_row(lag.ccg, live_for, *map(_signed, (lag.months, lag.lower, lag.upper)), lag.reason)
    return table


def _signed(number: float | None) -> str:
    return "" if number is None else f"{number:+.1f}".replace("-", MINUS)
