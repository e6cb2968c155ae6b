"""What is worked out before the first reader comes."""

import logging
from collections.abc import Iterator

from dashboard import access, cached
from dashboard.card import PAGES
from dashboard.selected import AS_IT_IS, PRESENTATIONS, SINCE, places
from dashboard.unseen import Choices, cards_of
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


def next_pages() -> None:
    """Go on with every page as it opens, while the first page can be read already.

    Then with each control of the sidebar that has few choices, and with each area by itself: what people ask for next.
    """
    for release in cached.releases()[:1]:
        cached.findings_of(release.number)
        cached.changes_of(release.number)
        for key, measure in cached.measures().items():
            if measure.family == "adoption":  # whose months tell how far behind the early implementers a CCG is
                cached.figures_of(release.number, key, EVERYTHING)
        for choices in ({}, *_few_choices()):
            _pages(choices, release.number)
            for measure in cached.measures().values():
                if isinstance(measure.how, Wait):
                    cards_of("waiting", {**choices, "wait": measure.name}, release.number)
        for place in places().values():
            _pages({"ccgs": place.name}, release.number)


def _few_choices() -> Iterator[Choices]:
    yield {"time": SINCE}
    yield from ({"presentation": presentation} for presentation in PRESENTATIONS.values())
    yield {"geography": AS_IT_IS}


def _pages(choices: Choices, release: int) -> None:
    for page in PAGES:
        cards_of(page, choices, release)
