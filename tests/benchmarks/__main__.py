"""Speed and memory beside what could be had otherwise: python -m tests.benchmarks [--quick].

Prints what it finds and always ends well: a machine that is busy or slow is no fault of the product.
"""

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests import chromium
from tests.benchmarks import kaleido_pictures, nhs_reader
from tests.benchmarks.measured import Measured, Task, measure
from tests.benchmarks.methods import PERMUTATIONS

AIM = 3.0
"""Times as long as DuckDB alone that the product may take."""

SECOND = 1000
"""Milliseconds that the permutations of a whole region's measures may take."""

DECKS = {"board": 1, "ccgs": 10}
"""Seconds that a warm process may take for the board pack and for the packs of all CCGs."""

LIBRARIES = ("duckdb", "pyarrow", "pandas", "sqlalchemy", "pyiceberg")


@dataclass(frozen=True)
class Size:
    """How much is loaded and asked, how often, and for how many sizes of region the methods are timed."""

    referrals: int
    extract_rows: int
    loads: int
    queries: int
    others: bool
    regions: int


FULL = Size(1_000_000, 190_000, 3, 5, True, 2)
QUICK = Size(20_000, 4_800, 1, 1, False, 1)


def main() -> None:
    """Write the files, measure, and print a table for each part."""
    size = QUICK if "--quick" in sys.argv[1:] else FULL
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_about())
    with TemporaryDirectory(prefix="benchmarks-") as place:
        folder = Path(place)
        with console.status("Writing submissions"):
            rows = Task("submissions", (folder, size.referrals, size.extract_rows)).run()
        for words, part in (
            ("Loading an RTT extract", lambda: _extract(folder, rows["extract"], size)),
            ("Loading referrals", lambda: _referrals(folder, rows["referrals"], size)),
            ("Asking for measures", lambda: _measures(folder, rows["referrals"], size)),
            ("Working out methods", lambda: _methods(size)),
            ("Reading a page of four charts", lambda: _readers(folder / "warehouse", size)),
            ("Visiting for the first time", lambda: _first_visit(folder / "warehouse")),
            ("Writing decks", lambda: _decks(folder, size)),
        ):
            with console.status(words):
                answer = _or_reason(part)
            console.print(answer)


def _about() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{date.today()}, Python {platform.python_version()}, {versions}\n"
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores. Medians; memory is the peak of the process."
    )


def _or_reason(part: Callable[[], Table]) -> Table | str:
    try:
        return part()
    except subprocess.CalledProcessError as failed:
        return f"not measured: {_last_words(failed)}"


def _last_words(failed: subprocess.CalledProcessError) -> str:
    return (failed.stderr or str(failed)).strip().splitlines()[-1]


def _extract(folder: Path, rows: int, size: Size) -> Table:
    """One full RTT extract: read, loaded, and what others take for it."""
    file = folder / "rtt.csv"
    copy = "DuckDB: COPY (UNPIVOT)"
    tasks = {
        copy: Task("plain_duckdb", ("copy_unpivoted", file)),
        "read, checked and reshaped": Task("tasks", ("read", file)),
        "loaded to a published release": Task("tasks", ("load", file)),
    }
    other = f"{nhs_reader.RELEASE}: read, totals checked"
    reason = "left out of the quick version"
    if size.others:
        try:
            python = nhs_reader.install(folder / "nhs")
            tasks[other] = Task("nhs_reader", (nhs_reader.zipped(file),), python)
        except subprocess.CalledProcessError as failed:
            reason = _last_words(failed)
    table = _loads(f"A full RTT extract, {rows:,} rows by 121 columns", measure(tasks, size.loads), copy, (copy, other))
    if other not in tasks:
        table.add_row(other, f"not measured: {reason}")
    return table


def _referrals(folder: Path, rows: int, size: Size) -> Table:
    """One pathway submission, as CSV and as Parquet."""
    copy = "DuckDB: COPY of the CSV to Parquet"
    text, parquet = folder / "pathway.csv", folder / "all" / "pathway.parquet"
    tasks = {
        copy: Task("plain_duckdb", ("copy", text)),
        "CSV: read and checked": Task("tasks", ("read", text)),
        "CSV: loaded to a published release": Task("tasks", ("load", text)),
        "Parquet: loaded to a published release": Task("tasks", ("load", parquet)),
    }
    return _loads(f"A pathway submission, {rows:,} referrals", measure(tasks, size.loads), copy, tasks)


def _loads(title: str, found: dict[str, Measured], yardstick: str, without_aim: Collection[str]) -> Table:
    table = _table(title, ("", "seconds", "peak MB", "times COPY", f"aim {AIM:g}"))
    for name, measured in found.items():
        ratio = measured.times(found[yardstick])
        verdict = "" if name in without_aim else _verdict(ratio)
        table.add_row(name, f"{measured.seconds:.2f}", f"{measured.megabytes:,.0f}", f"{ratio:.1f}", verdict)
    return table


def _measures(folder: Path, referrals: int, size: Size) -> Table:
    """Every measure for all CCGs and months: its query, the same by hand, and its figures."""
    Task("tasks", ("keep", folder / "all", folder / "warehouse")).run()
    found = Task("queries", (folder / "warehouse", size.queries)).run()
    within = sum(row["same"] and row["times"] <= AIM for row in found)
    title = f"Measures by CCG and month, {referrals:,} referrals: {within} of {len(found)} within {AIM:g} times"
    table = _table(title, ("", "kind", "rows", "query, ms", "by hand, ms", "times", f"aim {AIM:g}", "figures, ms"))
    for row in found:
        numbers = (f"{row['ours']:.1f}", f"{row['by_hand']:.1f}", f"{row['times']:.1f}")
        verdict = _verdict(row["times"]) if row["same"] else "rows differ"
        table.add_row(row["measure"], row["kind"], f"{row['rows']:,}", *numbers, verdict, f"{row['figures']:.0f}")
    return table


def _readers(warehouse: Path, size: Size) -> Table:
    """A page of charts: another step chosen by one reader, and by many at once."""
    found = Task("readers", (warehouse, "full" if size.others else "quick")).run()
    title = f"Another step on a page of {found[0]['charts']:.0f} charts, one server process"
    table = _table(title, ("readers", "choices", "median, ms", "95%, ms", "aim", "server MB"))
    for row in found:
        verdict = f"{row['aim']:g}: {'pass' if 1000 * row['p95'] <= row['aim'] else 'miss'}"
        numbers = (row["readers"], f"{row['choices']}", f"{1000 * row['p50']:.0f}", f"{1000 * row['p95']:.0f}")
        table.add_row(*numbers, verdict, f"{row['megabytes']:,.0f}")
    return table


def _first_visit(warehouse: Path) -> Table:
    """The same page for the first time over 10 Mbit/s."""
    found = Task("first_load", (warehouse,)).run()
    table = _table("First visit over 10 Mbit/s, nothing in the browser's memory", ("", "median", "aim"))
    for key, words, aim in (("megabytes", "megabytes received", "3.5"), ("every", "seconds to every chart", "5")):
        table.add_row(words, f"{statistics.median(visit[key] for visit in found):.1f}", aim)
    return table


def _methods(size: Size) -> Table:
    """Every method over all CCGs and months of one region, and of England; milliseconds."""
    found = Task("methods", (size.queries, size.regions)).run()
    sizes = list(dict.fromkeys(row["size"] for row in found))
    table = _table("Methods, from counts that are there, milliseconds", ("", *sizes, "aim"))
    for method in dict.fromkeys(row["method"] for row in found):
        each = [row["ms"] for row in found if row["method"] == method]
        aim = ("pass" if each[0] < SECOND else "miss") if method == PERMUTATIONS else ""
        table.add_row(method, *(f"{ms:,.1f}" for ms in each), aim)
    return table


def _decks(folder: Path, size: Size) -> Table:
    """The board pack and the packs of all CCGs, of the demo; and the charts of the board pack beside pictures."""
    subprocess.run(
        [sys.executable, "-m", "loaders", "demo", "--warehouse", str(folder / "demo")], capture_output=True, check=True
    )
    (folder / "charts").mkdir()
    table = _table("Decks of the demo, seconds", ("", "slides", "first time", "warm", "of it processor", "aim"))
    *packs, charts = Task("decks", (folder / "demo", folder / "charts")).run()
    for row in packs:
        aim = DECKS[row["deck"]]
        numbers = (f"{row['cold']:.1f}", f"{row['warm']:.2f}", f"{row['processor']:.2f}")
        table.add_row(row["deck"], f"{row['slides']}", *numbers, f"{aim}: {'pass' if row['warm'] < aim else 'miss'}")
    table.add_row("charts of the board alone", f"{charts['slides']}", "", f"{charts['warm']:.2f}")
    table.add_row(f"the same as pictures, {kaleido_pictures.RELEASE}", *_as_pictures(folder, charts, size))
    return table


def _as_pictures(folder: Path, charts: dict[str, float], size: Size) -> Sequence[str]:
    """The cells of a row: seconds and how many times those of our charts; or why they were not measured."""
    browser = chromium.installed()
    if not size.others or not browser:
        return ("", "", "", "", "not measured: " + ("no Chromium" if size.others else "left out of the quick version"))
    try:
        python = kaleido_pictures.install(folder / "kaleido")
        found = Task("kaleido_pictures", (folder / "charts", browser), python).run()
    except subprocess.CalledProcessError as failed:
        return ("", "", "", "", f"not measured: {_last_words(failed)}")
    times = f"{found['warm'] / charts['warm']:.0f} times as long"
    return (f"{charts['slides']}", f"{found['cold']:.1f}", f"{found['warm']:.2f}", "", times)


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if column in ("", "kind") else "right")
    return table


def _verdict(ratio: float) -> str:
    return "pass" if ratio <= AIM else "miss"


if __name__ == "__main__":
    main()
