"""`python -m dashboard.slides`: write a deck to a file, for a scheduler or by hand."""

import logging
import os
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from loaders.register import Release, WarehouseTooNew
from loaders.warehouse import ReleaseGone, Warehouse
from metrics.areas import ccgs


class Ended(IntEnum):
    """What the exit code says."""

    WELL = 0
    REFUSED = 1
    MISUSED = 2


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
said = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@app.command()
def main(
    deck: Annotated[str, typer.Option(help="board, ccg, briefing (HTML), or a saved deck (.toml).")] = "board",
    ccg: Annotated[str, typer.Option(help="With --deck ccg: a code such as 00C, or all.")] = "",
    release: Annotated[int | None, typer.Option(help="As at this release [the newest].")] = None,
    template: Annotated[
        Path | None, typer.Option(envvar="DECK_TEMPLATE", help="The organisation's own .pptx [a plain one].")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write; a folder with --ccg all [named for the deck].")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write a PDF as well, where LibreOffice is installed.")] = False,
    address: Annotated[
        str | None, typer.Option(envvar="DASHBOARD_ADDRESS", help="Where the dashboard is, for the links in notes.")
    ] = None,
    warehouse: Annotated[str | None, typer.Option(envvar="WAREHOUSE", help="Folder or object store address.")] = None,
) -> None:
    """Write a deck in PowerPoint. Exit code 0: written; 1: nothing to write, or refused; 2: wrongly asked."""
    wanted = _wanted(deck, ccg.upper())
    for name, value in (("WAREHOUSE", warehouse), ("DASHBOARD_ADDRESS", address)):
        if value:
            os.environ[name] = value
    logging.disable(logging.WARNING)  # Streamlit would say of every answer that nobody is looking
    try:
        held = _release(warehouse, release)
        if deck == "briefing":
            _brief(held, out or Path("briefing.html"))
            return
        look = template.read_bytes() if template else None
        for name in wanted:
            _write(name, deck, held, look, _file(out, name, deck, several=len(wanted) > 1), pdf)
    except (WarehouseTooNew, ReleaseGone, OSError, ValueError) as refusal:
        _stop(str(refusal))


def _wanted(deck: str, ccg: str) -> list[str]:
    """The codes of the CCGs whose packs are asked for; one blank for any other deck."""
    if deck != "ccg":
        if deck not in ("board", "briefing") and not deck.endswith(".toml"):
            raise typer.BadParameter(f"'{deck}' is no deck. Say board, ccg, briefing or the name of a .toml file.")
        if ccg:
            raise typer.BadParameter("--ccg goes with --deck ccg.")
        return [""]
    if ccg == "ALL":
        return list(ccgs())
    if ccg not in ccgs():
        known = ", ".join(f"{code} ({held.short_name})" for code, held in ccgs().items())
        raise typer.BadParameter(f"'{ccg}' is no CCG. Say all or one of: {known}.", param_hint="--ccg")
    return [ccg]


def _release(warehouse: str | None, number: int | None) -> Release:
    held = Warehouse(warehouse).register.release(number)
    if held is None and number:
        _stop(f"There is no release {number}. `python -m loaders releases` lists them.")
    if held is None:
        _stop("Nothing has been published yet. Run `python -m loaders demo`, or load your own files.")
    return held


def _file(out: Path | None, ccg: str, deck: str, several: bool) -> Path:
    name = f"{Path(deck).stem}{'-' + ccg if ccg else ''}.pptx"
    if several:
        folder = out or Path()
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name
    return out or Path(name)


def _write(ccg: str, deck: str, release: Release, template: bytes | None, file: Path, pdf: bool) -> None:
    from dashboard.slides.deck import deck_file  # imports Streamlit, which help and refusals can do without
    from dashboard.slides.packs import board, ccg_pack, deck_of, slides_of
    from dashboard.slides.pdf import written_beside
    from dashboard.slides.saved import read_saved

    own = deck.endswith(".toml")
    saved = ccg_pack(ccg) if ccg else read_saved(Path(deck).read_text(encoding="utf-8")) if own else board()
    with said.status(f"{saved.title} ...") as progress:
        slides, lacking = slides_of(saved, release.number, lambda headline: progress.update(headline))
        if not slides:
            _stop("\n".join([f"No slide of '{saved.title}' can be made of release {release.number}:", *lacking]))
        file.write_bytes(deck_file(deck_of(saved.title, slides, release), template))
    for missing in lacking:
        said.print(f"Left out: {missing}")
    print(f"{file}: {len(slides) + 1} slides of release {release.number}")
    if pdf:
        print(written_beside(file))


def _brief(release: Release, file: Path) -> None:
    """Write the briefing; no file when nothing happened, so that nobody sends an empty one."""
    from dashboard import cached
    from dashboard.slides.briefing import briefing

    synthetic = bool(cached.told_by(release.number).synthetic)
    text = briefing(cached.changes_of(release.number), release, synthetic, os.environ.get("DASHBOARD_ADDRESS", ""))
    if text:
        file.write_text(text, encoding="utf-8")
    print(f"{file}: briefing on release {release.number}" if text else "Nothing happened: no briefing was written.")


def _stop(words: str) -> NoReturn:
    said.print(words)
    raise typer.Exit(Ended.REFUSED)


if __name__ == "__main__":
    app()
