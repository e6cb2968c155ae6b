"""What slides have in common that no page has: their words, source and standing."""

from collections.abc import Sequence

import pandas as pd

from dashboard import cached, words
from dashboard.slides.slide import Slide


def standing(release: int, synthetic: bool, source: str) -> str:
    """Source and standing of a slide that rests on the release as a whole."""
    said = cached.engine(release).release
    kind = "Synthetic data. " if synthetic else ""
    return f"{kind}Release {said.number} of {said.published:%d %b %Y} · {source}. {words.NOT_OFFICIAL}"


def summary(headline: str, subtitle: str, body: pd.DataFrame | Sequence[str], source: str, notes: str) -> Slide:
    """A slide of a table or of paragraphs, with its words in the notes too."""
    alt = "" if not isinstance(body, pd.DataFrame) else f"Table of {len(body)} rows. {headline}. {subtitle}."
    return Slide(headline, subtitle, body, alt, source, "\n\n".join([headline, subtitle, notes, source]))


def months_words(number: int) -> str:
    """'1 month' or '7 months'."""
    return f"{number} {'month' if number == 1 else 'months'}"
