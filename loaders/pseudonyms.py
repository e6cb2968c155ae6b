"""Refusing columns that would tell who somebody is: submissions hold pseudonyms only.

Every column of a file is looked at, whether the contract knows it or not, by its name and by its
values. A message names the column and never quotes a value.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings
from loaders.sheet import Body

FEWEST = 10
"""Values below which a column is judged by its name alone."""

SHARE = 0.9
"""Share of values from which a column is taken to hold identifiers. A tenth of ordinary numbers of
ten digits pass the NHS number check by chance (one check digit in eleven), so fewer prove nothing."""

SAMPLE = 10_000
"""Values looked at in a column, spread evenly over it."""

_NAMES = {
    "an NHS number": r"\bnhs ?(no|num|number|id)\b",
    "a name": r"\b(sur|fore|first|last|family|given|middle|maiden|full|patient) ?names?\b|\bnames?\b",
    "a postcode": r"\b(post|zip) ?codes?\b(?! (sector|district|area))|\bpostal code\b",
    "a date of birth": r"\bd ?o ?b\b|\b(date|day) ?of ?birth\b|\bbirth ?(date|day)\b",
    "an address": r"\baddress(es)?\b|\bstreet\b|\bhouse (no|number)\b",
    "a telephone number or e-mail address": r"\b(tele)?phone\b|\bmobile ?(no|num|number)\b|\be ?mail\b",
}
_ORGANISATION_NAME = (
    r"^(practice|gp practice|provider|ccg|trust|hospital|site|organisation|commissioner|sender) name( \d+)?$"
)
_NHS_NUMBER = r"^\d{3}[ -]?\d{3}[ -]?\d{4}$"
_POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$"
_WORDS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"


def refuse_identifiable(body: Body, findings: Findings) -> None:
    """Note an error for every column that looks like an NHS number, a name, a full postcode or the like."""
    for column in body.text.column_names:
        looks_like = identifier_named(column) or _identifier_held(body.column(column))
        if looks_like:
            findings.refuse(
                f"The column looks like {looks_like}; submissions hold pseudonyms only. Its values were not kept.",
                "Take the column out, or put a pseudonym in its place, and export the file again.",
                column=column,
            )


def identifier_named(column: str) -> str | None:
    """What the name of a column says it identifies people by, or None."""
    words = " ".join(re.findall(_WORDS, column)).lower()
    if re.match(_ORGANISATION_NAME, words):
        return None
    return next((what for what, pattern in _NAMES.items() if re.search(pattern, words)), None)


def _identifier_held(text: pa.Array) -> str | None:
    """What nearly all values of a column look like, or None."""
    values = _sample(text)
    if len(values) < FEWEST:
        return None
    if pc.mean(pc.match_substring_regex(pc.utf8_upper(values), _POSTCODE)).as_py() >= SHARE:
        return "a full postcode"
    if _nhs_numbers(values) / len(values) >= SHARE:
        return "an NHS number"
    return None


def _sample(text: pa.Array) -> pa.Array:
    filled = text.filter(pc.not_equal(text, ""))
    spread = np.linspace(0, max(len(filled) - 1, 0), min(len(filled), SAMPLE)).astype(int)
    return pc.utf8_trim_whitespace(filled.take(spread))


def _nhs_numbers(values: pa.Array) -> int:
    """How many values are ten digits whose last one is the NHS number check digit (modulus 11)."""
    shaped = values.filter(pc.match_substring_regex(values, _NHS_NUMBER))
    plain = pc.replace_substring_regex(shaped, "[ -]", "")
    digits = np.array([list(value) for value in plain.to_pylist()], dtype=int).reshape(-1, 10)
    check = 11 - digits[:, :9] @ np.arange(10, 1, -1) % 11
    return int((check % 11 == digits[:, 9]).sum())
