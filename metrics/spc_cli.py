"""`python -m metrics spc`: the XmR chart of a measure as a table, CSV or JSON."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from loaders.register import WarehouseTooNew
from loaders.warehouse import ReleaseGone
from metrics.control_chart import ControlChart, control_charts
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.selection import Selection
from metrics.spc.chart import Point, Rebase
from metrics.spc.rules import RULE_SETS
from metrics.verdict import Verdict, variations

MONTH = "%Y-%m"
WIDTH = 160
"""Columns of a table that is written to a file or to another program."""

Rules = Literal["making_data_count_r", "making_data_count_excel_6", "making_data_count_excel_7"]

Row = dict[str, object]


def add_spc(
    app: typer.Typer,
    measure_named: Callable[[str], Measure],
    engine_at: Callable[[str | None, int | None], Engine],
    ccgs_named: Callable[[str], tuple[str, ...]],
    stop: Callable[[str], NoReturn],
) -> None:
    """Add the command to a command line that finds measures, releases and CCGs by name, and says why it stops."""

    @app.command("spc")
    def spc(
        key: Annotated[str, typer.Argument(help="A measure's key; `python -m metrics list` gives them.")],
        ccg: Annotated[str, typer.Option(help="Codes of CCGs, separated by commas; all 12.")] = "",
        by: Annotated[Literal["region", "arm", "wave", "ccg"], typer.Option(help="What a chart is about.")] = "ccg",
        per: Annotated[Literal["month", "quarter"], typer.Option(help="What a point is about.")] = "month",
        first: Annotated[datetime | None, typer.Option("--from", formats=[MONTH], help="First month.")] = None,
        last: Annotated[datetime | None, typer.Option("--to", formats=[MONTH], help="Last month, as 2015-11.")] = None,
        rebase: Annotated[
            list[str] | None,
            typer.Option(help="New limits from this month on, and why: '2016-11 NICE NG59'. May be given again."),
        ] = None,
        rules: Annotated[Rules, typer.Option(help="Which rules mark points.")] = "making_data_count_r",
        release: Annotated[int | None, typer.Option(help="As at this release; the newest.")] = None,
        format: Annotated[Literal["table", "csv", "json"], typer.Option(help="How it is written.")] = "table",
        warehouse: Annotated[str | None, typer.Option(envvar="WAREHOUSE", help="Folder; data/warehouse.")] = None,
    ) -> None:
        """Chart a measure over time (XmR): mean, limits, what stands out, and how often that happens by chance."""
        measure, rebases = measure_named(key), [_rebase(text) for text in rebase or []]
        selection = Selection(by, ccgs_named(ccg), first=first and first.date(), last=last and last.date(), per=per)
        try:
            charts = control_charts(
                measure, selection, engine_at(warehouse, release), rule_set=RULE_SETS[rules], rebases=rebases
            )
        except (WarehouseTooNew, ReleaseGone, OSError, ValueError) as refusal:
            stop(str(refusal))
        _write(charts, format)


def _rebase(text: str) -> Rebase:
    """From "2016-11 the reason"; a rebase without one says so on the chart."""
    month, _, reason = text.strip().partition(" ")
    try:
        return Rebase(_month(month), reason.strip() or "no reason given")
    except ValueError as wrong:
        raise typer.BadParameter(f"'{month}' is not a month such as 2016-11.", param_hint="--rebase") from wrong


def _month(text: str) -> date:
    return datetime.strptime(text, MONTH).date()


def _write(charts: Sequence[ControlChart], written: Literal["table", "csv", "json"]) -> None:
    if written == "json":
        print(json.dumps([_as_json(found) for found in charts], indent=1, allow_nan=False))
    elif written == "csv":
        rows = [{**_about(found), **row} for found in charts for row in _rows(found)]
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        _print(charts)


def _as_json(found: ControlChart) -> Row:
    return {
        **_about(found),
        "sentence": found.sentence,
        "rule_words": found.chart.rule_set.words,
        "points": list(_rows(found)),
    }


def _about(found: ControlChart) -> Row:
    """What is the same for every point of a chart."""
    figure = found.figures[0]
    return {
        **{name: getattr(figure, name) for name in ("measure", "area", "area_name", "arm", "unit")},
        "rules": found.chart.rule_set.key,
        "variation": found.variation.words,
        "assurance": found.assurance.words,
        "autocorrelation": found.autocorrelation,
        "quiet_share": found.quiet_share,
        "release": figure.release,
        "synthetic": figure.synthetic,
    }


def _rows(found: ControlChart) -> Iterator[Row]:
    """A row for each period: the value, its lines, what marks it, what that means, and why new limits start there."""
    started = {group.start: group.rebase.reason for group in found.chart.groups if group.rebase}
    for figure, point, verdict in _points(found):
        yield {
            "period": figure.period,
            "value": point.value,
            "mean": point.mean,
            "lower": point.lower,
            "upper": point.upper,
            "signal": point.signal,
            "direction": point.direction,
            "signal_words": _signal(found, point),
            "verdict": verdict.words,
            "status": figure.status,
            "reason": figure.reason,
            "rebase": started.get(point.date, ""),
        }


def _points(found: ControlChart) -> Iterable[tuple[Figure, Point, Verdict]]:
    return zip(found.figures, found.chart.points, variations(found.chart, found.measure), strict=True)


def _signal(found: ControlChart, point: Point) -> str:
    """The rule that marks a point, in words; blank for none."""
    if point.signal is None or point.direction is None:
        return ""
    return found.chart.rule_set.in_words(point.signal, point.direction)


def _print(charts: Sequence[ControlChart]) -> None:
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH)
    if not charts:
        console.print("Nothing has been received for this measure.")
        return
    for found in charts:
        console.print(found.sentence)
        console.print(_table(found))
    console.print(charts[0].chart.rule_set.words)
    figure = charts[0].figures[0]
    what = "synthetic data" if figure.synthetic else "real returns"
    console.print(f"Release {figure.release}, {what}. Management information, not official statistics.")


def _table(found: ControlChart) -> Table:
    table = Table("Period")
    for name in ("Value", "Mean", "Lower limit", "Upper limit"):
        table.add_column(name, justify="right")
    for name in ("Signal", "Verdict", "Note"):
        table.add_column(name)
    for row, (figure, point, verdict) in zip(_rows(found), _points(found), strict=True):
        value = figure.status.replace("_", " ") if point.value is None else found.measure.in_words(point.value)
        lines = [_number(line, found.measure) for line in (point.mean, point.lower, point.upper)]
        note = f"New limits: {row['rebase']}." if row["rebase"] else ""
        words = "" if point.value is None else verdict.words
        table.add_row(figure.period, value, *lines, str(row["signal_words"]), words, note)
    return table


def _number(line: float | None, measure: Measure) -> str:
    return "" if line is None else f"{line:,.{measure.decimals}f}"
