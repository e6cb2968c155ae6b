"""`python -m loaders`: make the demo, load submissions, list releases, sweep."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from sqlalchemy.exc import SQLAlchemyError

from loaders.demo import write_demo
from loaders.loading import Outcome, load_files, load_sources
from loaders.problems import LoadRefused, Problem
from loaders.register import PublishedMeanwhile, WarehouseTooNew
from loaders.submission import Instructions
from loaders.warehouse import Warehouse

SHOWN = 40
"""Problems printed one by one; the rest are counted here and kept, all of them, in the register."""

REFUSED = 1

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Turn submissions into a published release of the warehouse.",
)
console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

WarehousePlace = Annotated[
    str | None,
    typer.Option("--warehouse", envvar="WAREHOUSE", help="Folder or object store address; data/warehouse without."),
]


@app.command()
def load(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files, or folders of files.")] = None,
    mapping: Annotated[str | None, typer.Option(help="A mapping in data/mappings, without .toml.")] = None,
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], help="Month of a file that holds no date itself, as 2015-04.")
    ] = None,
    from_url: Annotated[str | None, typer.Option(help="Read a database through this SQLAlchemy address.")] = None,
    view: Annotated[str | None, typer.Option(help="Table or view to read, with --from-url.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")] = False,
    warehouse: WarehousePlace = None,
) -> None:
    """Check submissions and publish them as one release: all of them, or none."""
    if bool(from_url) != bool(view) or bool(from_url) == bool(paths):
        raise typer.BadParameter("Give files, or --from-url together with --view.")
    try:
        instructions = Instructions(as_at.date() if as_at else None, _mapping(mapping))
        place = _open(warehouse)
        if from_url and view:
            from loaders.database import read_view

            outcome = load_sources([read_view(from_url, view)], place, instructions, dry_run, _progress)
        else:
            outcome = load_files(paths or [], place, instructions, dry_run, _progress)
    except LoadRefused as refusal:
        _print_problems(refusal.problems)
        errors = sum(problem.level == "error" for problem in refusal.problems)
        console.print(f"Refused: {_counted(errors, 'error')}. The published release has not changed.")
        raise typer.Exit(REFUSED) from refusal
    except PublishedMeanwhile as overtaken:
        raise _stopped(str(overtaken)) from overtaken
    _print_outcome(outcome, dry_run)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the synthetic files are written.")] = Path("data/demo"),
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 2015,
    effect: Annotated[bool, typer.Option("--effect/--no-effect", help="Whether the pathway has any effect.")] = True,
    warehouse: WarehousePlace = None,
) -> None:
    """Write synthetic submissions and load them through the ordinary loaders."""
    files = write_demo(folder, seed=seed, effect=effect)
    console.print(f"Wrote {_counted(len(files), 'synthetic file')} to {folder}.")
    load(paths=files, warehouse=warehouse)


@app.command()
def releases(
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing; exit 1 when there is no release.")] = False,
    warehouse: WarehousePlace = None,
) -> None:
    """List what has been published, the newest first."""
    found = _open(warehouse).register.releases()
    if quiet:
        raise typer.Exit(0 if found else REFUSED)
    for release in found:
        rows = sum(snapshot.rows for snapshot in release.snapshots.values())
        when = release.published.strftime("%d %b %Y %H:%M UTC")
        print(f"{release.number:>4}  {when}  {len(release.submissions):>4} submissions  {rows:>12,} rows")
    if not found:
        print("Nothing has been published yet. Run `python -m loaders demo`, or load your own files.")


@app.command()
def sweep(
    older_than_hours: Annotated[float, typer.Option(min=0, help="Leave what is younger: a load may be running.")] = 24,
    warehouse: WarehousePlace = None,
) -> None:
    """Remove what loads that died have left behind. Published releases are not touched."""
    snapshots, files = _open(warehouse).sweep(older_than_hours * 3600)
    print(f"Removed {_counted(snapshots, 'snapshot')} and {_counted(files, 'file')} that no release names.")


def _open(place: str | None) -> Warehouse:
    """The warehouse; where it cannot be opened, the program ends with a sentence that says why."""
    try:
        return Warehouse(place)
    except WarehouseTooNew as newer:
        raise _stopped(str(newer)) from newer
    except (SQLAlchemyError, ImportError, OSError, ValueError) as barred:
        why = str(getattr(barred, "orig", None) or barred).splitlines()[0].rstrip(".")
        raise _stopped(f"The warehouse cannot be opened: {why}. Check --warehouse and CATALOGUE_URL.") from barred


def _stopped(why: str) -> typer.Exit:
    console.print(why)
    return typer.Exit(REFUSED)


def _mapping(name: str | None) -> dict | None:
    if name is None:
        return None
    from loaders.mapping import read_mapping

    return read_mapping(name)


def _progress(items: Sequence, words: str) -> Iterable:
    return track(items, words, console=console, transient=True, disable=not console.is_terminal)


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:SHOWN]:
        mark = "error  " if problem.level == "error" else "warning"
        console.print(f"{mark}  {problem}")
    if len(problems) > SHOWN:
        console.print(f"... and {len(problems) - SHOWN} more; the Data page of the dashboard lists them all.")


def _print_outcome(outcome: Outcome, dry_run: bool) -> None:
    _print_problems(outcome.warnings)
    for name in outcome.superseded:
        print(f"{name}: a file drawn later stands already for every month of it; nothing of it is taken.")
    if outcome.unchanged:
        were = "was" if len(outcome.unchanged) == 1 else "were"
        print(f"{_counted(len(outcome.unchanged), 'file')} {were} loaded before and would change nothing.")
    if outcome.release:
        loaded, warned = len(outcome.loaded), len(outcome.warnings)
        print(f"Published release {outcome.release.number}: {_counted(loaded, 'file')}, {_counted(warned, 'warning')}.")
    elif dry_run:
        print("Nothing was written: this was a dry run, and no file would be refused.")
    else:
        print("Nothing to publish: the release stays as it is.")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    app()
