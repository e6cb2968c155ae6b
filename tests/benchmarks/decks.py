"""How long decks take: python -m tests.benchmarks.decks WAREHOUSE. Prints JSON.

Cold is the first time that a release is asked; warm is the same process once every page was asked for;
`processor` is what it took of that without waiting for others on a busy machine.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence


def _seconds(task: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    task()
    return clock() - start


def measured(runs: int = 3) -> Sequence[dict[str, float | str]]:
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
            "cold": _seconds(lambda decks=decks: write(decks)),  # type: ignore[misc]
            "warm": min(_seconds(lambda decks=decks: write(decks)) for _ in range(runs)),  # type: ignore[misc]
            "processor": _seconds(lambda decks=decks: write(decks), time.process_time),  # type: ignore[misc]
        }
        for name, decks in packs.items()
    ]


if __name__ == "__main__":
    os.environ["WAREHOUSE"] = sys.argv[1]
    logging.disable(logging.WARNING)
    print(json.dumps(measured()))
