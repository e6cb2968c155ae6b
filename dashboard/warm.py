"""What is worked out before the first reader comes."""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event

from dashboard import access, cached
from dashboard.card import PAGES
from dashboard.selected import PRESENTATIONS, Selected, places
from dashboard.unseen import Choices, cards_of
from metrics.areas import ccgs
from metrics.comparison.compare import EVERYTHING
from metrics.measure import Wait
from metrics.told import BY_CCG


def first_page() -> None:
    """Fill the cache with the grid of the newest release, if there is one: what the first reader looks at."""
    # nobody is looking yet, and Streamlit would say so in the log for every answer
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    access.practices_named()  # reads the secrets before anything is kept that may name practices
    for release in cached.releases()[:1]:
        for key in cached.measures():
            cached.figures_of(release.number, key, BY_CCG)


def next_pages(stop: Event) -> None:
    """Go on with every page as it opens and each step of Waiting, while the first page can be read already."""
    for release in cached.releases()[:1]:
        cached.findings_of(release.number)
        cached.changes_of(release.number)
        for key, measure in cached.measures().items():
            if measure.family == "adoption":  # whose months tell how far behind the early implementers a CCG is
                cached.figures_of(release.number, key, EVERYTHING)
        for page, choices in _as_they_open():
            if stop.is_set():
                return
            cards_of(page, choices, release.number)


def next_choices(stop: Event) -> None:
    """Go on with what people choose next, awake for half of the time: readers come first.

    It is each CCG's profile, each control of the sidebar that has few choices, and each area by itself.
    """
    for release in cached.releases()[:1]:
        for work in _chosen_next(release.number):
            start = time.perf_counter()
            work()
            if stop.wait(time.perf_counter() - start):
                return


def _as_they_open() -> Iterator[tuple[str, Choices]]:
    yield from ((page, {}) for page in PAGES)
    waits = (measure for measure in cached.measures().values() if isinstance(measure.how, Wait))
    yield from (("waiting", {"wait": measure.name}) for measure in waits)


def _chosen_next(release: int) -> Iterator[Callable[[], object]]:
    yield from (partial(cached.profile_of, release, ccg) for ccg in ccgs())
    presentations = (Selected(presentation=key) for key in PRESENTATIONS)
    for selected in (*presentations, Selected(as_now=True), Selected(since_go_live=True)):
        for key, measure in cached.measures().items():  # for the grid of the Overview
            yield partial(cached.figures_of, release, key, selected.selection("ccg", BY_CCG.per, measure))
        yield from (partial(_drawn, page, selected, choices, release) for page, choices in _as_they_open())
    for code in places():
        yield from (partial(_drawn, page, Selected(codes=(code,)), {}, release) for page in PAGES)


def _drawn(page: str, selected: Selected, choices: Choices, release: int) -> None:
    made = {name: value for name, value in selected.choices.items() if value}
    cards_of(page, {**made, **choices}, release)
