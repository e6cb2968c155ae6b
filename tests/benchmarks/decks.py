"""How long decks take: python -m tests.benchmarks.decks WAREHOUSE FOLDER. Prints JSON.

Cold is the first time that a release is asked; warm is the same process once every page was asked for;
`processor` is what it took of that without waiting for others on a busy machine. The charts of the board pack go
into the folder as Plotly keeps them, to be drawn by others; `charts` says how long they take natively.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go

from tests.benchmarks.timed import seconds


def measured(runs: int = 3) -> list[dict[str, float | str]]:
    """Seconds of the board pack and of all packs of CCGs; imports the dashboard once the warehouse is named."""
    from dashboard import cached
    from dashboard.slides.deck import deck_file
    from dashboard.slides.packs import board, ccg_pack, deck_of, slides_of
    from dashboard.slides.saved import Saved
    from metrics.areas import ccgs

    release = cached.releases()[0]

    def write(decks: Sequence[Saved]) -> int:
        made = [deck_of(deck.title, slides_of(deck, release.number)[0], release) for deck in decks]
        return sum(len(deck_file(deck)) for deck in made)

    packs = {"board": [board()], "ccgs": [ccg_pack(code) for code in ccgs()]}
    return [
        {
            "deck": name,
            "slides": sum(len(deck.picks) + 1 for deck in decks),
            "cold": seconds(lambda decks=decks: write(decks)),  # type: ignore[misc]
            "warm": min(seconds(lambda decks=decks: write(decks)) for _ in range(runs)),  # type: ignore[misc]
            "processor": seconds(lambda decks=decks: write(decks), time.process_time),  # type: ignore[misc]
        }
        for name, decks in packs.items()
    ]


def charts_alone(folder: Path, runs: int = 3) -> dict[str, float | str]:
    """Seconds to write the charts of the board pack and nothing else; leaves them in the folder for others."""
    from dashboard import cached
    from dashboard.slides.deck import deck_file
    from dashboard.slides.packs import board, deck_of, slides_of

    release = cached.releases()[0]
    drawn = [slide for slide in slides_of(board(), release.number)[0] if isinstance(slide.body, go.Figure)]
    for number, slide in enumerate(drawn):
        (folder / f"{number:02}.json").write_text(go.Figure(slide.body).to_json(), encoding="utf-8")
    alone = deck_of("Charts", drawn, release)
    return {"deck": "charts", "slides": len(drawn), "warm": min(seconds(lambda: deck_file(alone)) for _ in range(runs))}


if __name__ == "__main__":
    os.environ["WAREHOUSE"] = sys.argv[1]
    logging.disable(logging.WARNING)
    print(json.dumps([*measured(), charts_alone(Path(sys.argv[2]))]))
