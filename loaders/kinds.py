"""The kinds of submission that are known, in the order in which they are tried."""

from loaders import (
    activity,
    boundaries,
    coding,
    list_sizes,
    organisations,
    outcomes,
    pathway,
    pathway_events,
    prescribing,
    procedures,
    rollout,
    rtt,
    rtt_extract,
)
from loaders.problems import LoadRefused, Problem
from loaders.reading import Source
from loaders.submission import Kind

KINDS: tuple[Kind, ...] = (
    rtt.KIND,
    rtt_extract.KIND,
    activity.KIND,
    prescribing.KIND,
    *list_sizes.KINDS,
    *organisations.KINDS,
    boundaries.KIND,
    pathway_events.KIND,
    pathway.KIND,
    outcomes.KIND,
    coding.KIND,
    procedures.KIND,
    rollout.KIND,
)


def recognise(source: Source, key: str | None = None) -> Kind:
    """The kind of a file, by its content; the kind named `key` when a mapping says what it is."""
    if key:
        return next(kind for kind in KINDS if kind.key == key)
    for kind in KINDS:
        if kind.recognise(source):
            return kind
    known = "; ".join(kind.words for kind in KINDS)
    raise LoadRefused(
        [
            Problem(
                "The content is none of the kinds known.",
                f"Check the sheet and the header against docs/submissions.md, or use a mapping. Known: {known}.",
                file=source.name,
            )
        ]
    )
