"""Practices in what people typed: a code or a name of a practice is shown only where practices may be named."""

import os
import re
from collections.abc import Callable

from metrics.engines import Engine
from metrics.query.receipts import practice_names

NAMED = "NAMED_PRACTICES"
ALLOWED = "allowed"
MASK = "(not named)"

CODE = r"[A-Z]\d{5}(?:\d{3})?|\d{2}[A-Z]-[A-Z]\d{2}"
"""A practice (A81001), a branch surgery (A81001001), or a practice of the synthetic data (00M-D05)."""

Mask = Callable[[str], str]


def practices_named() -> bool:
    """Whether the environment variable NAMED_PRACTICES lets practices be named one by one."""
    return os.environ.get(NAMED) == ALLOWED


def without_codes(text: str, names: str = "") -> str:
    """The text with codes of practices masked, and those of `names`, a pattern; as it is where they may be named."""
    if practices_named():
        return text
    return re.sub(rf"\b(?:{CODE}{names})\b", MASK, text, flags=re.IGNORECASE)


def mask_of(engine: Engine) -> Mask:
    """What masks codes, and the names of the practices of a release."""
    known = {row["name"] for real in (True, False) for row in engine.counts(practice_names(not real)).to_pylist()}
    names = "".join(f"|{re.escape(name)}" for name in sorted(filter(None, known), key=len, reverse=True))
    return lambda text: without_codes(text, names)
