"""Mappings: one TOML in data/mappings for each provider whose extract uses its own names and codes.

kind = "pathway"              # optional: what the file is, whatever its columns are called
[columns]                     # theirs = "ours"
"Date Ref Recd" = "received"
[values.presentation]         # for a column of ours: theirs = "ours", in any case
"LBP" = "low_back_pain"
[constants]                   # columns of ours that the file does not hold
provider = "DP1"
"""

import difflib
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from loaders.contract import Field
from loaders.problems import Findings, LoadRefused, Problem
from loaders.programme import CONTRACTS
from loaders.translation import part

MAPPINGS = Path(__file__).parents[1] / "data" / "mappings"

_PARTS = ("kind", "columns", "values", "constants")


def read_mapping(name: str, folder: Path = MAPPINGS) -> dict[str, object]:
    """The mapping of this name, checked against the contracts; LoadRefused with every fault in it."""
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml"))) or "none"
        raise LoadRefused([Problem("There is no such mapping.", f"Known are: {known}.", file=path.name)])
    try:
        mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise LoadRefused([Problem(f"This is not TOML: {wrong}.", "Correct it.", file=path.name)]) from wrong
    findings = Findings(path.name)
    _check(mapping, findings)
    findings.stop_if_refused()
    return mapping


def _check(mapping: Mapping[str, object], findings: Findings) -> None:
    for name in mapping:
        if name not in _PARTS:
            findings.refuse(f"A mapping holds {', '.join(_PARTS)}.", "Take this out.", column=name)
    kind = mapping.get("kind")
    if kind is not None and kind not in CONTRACTS:
        findings.refuse(f"The known kinds are {', '.join(CONTRACTS)}.", "Correct it.", column="kind", value=kind)
    fields = _fields(kind)
    columns, constants = (_words(mapping, name, findings) for name in ("columns", "constants"))
    for theirs, ours in columns.items():
        _known(ours, fields, findings, theirs)
    for ours, times in Counter([*columns.values(), *constants]).items():
        if times > 1:
            findings.refuse(f"{times} entries give '{ours}' its values.", "Keep one of them.", column=ours)
    for ours, value in constants.items():
        _check_value(ours, value, fields, findings)
    for ours in part(mapping, "values"):
        for value in _words(part(mapping, "values"), ours, findings).values():
            _check_value(ours, value, fields, findings)


def _fields(kind: object) -> dict[str, list[Field]]:
    """The fields a mapping may speak of, by name: those of its kind, or of every kind."""
    contracts = [contract for key, contract in CONTRACTS.items() if key == kind or kind not in CONTRACTS]
    fields: dict[str, list[Field]] = {}
    for field in (field for contract in contracts for field in contract.fields):
        fields.setdefault(field.name, []).append(field)
    return fields


def _words(mapping: Mapping[str, object], name: str, findings: Findings) -> Mapping[str, str]:
    """One table of a mapping; empty, with an error noted, when it is not text = "text"."""
    words = mapping.get(name, {})
    if isinstance(words, dict) and all(isinstance(word, str) for word in words.values()):
        return words
    findings.refuse('Expected lines such as "theirs" = "ours", all in quotes.', "Correct it.", column=name)
    return {}


def _known(ours: str, fields: Mapping[str, list[Field]], findings: Findings, entry: str) -> bool:
    if ours in fields:
        return True
    near = difflib.get_close_matches(ours, fields, 1, 0.6)
    hint = f"Is it '{near[0]}'?" if near else "See docs/submissions.md for the columns."
    findings.refuse(f"No contract has a column '{ours}'.", hint, column=entry)
    return False


def _check_value(ours: str, value: str, fields: Mapping[str, list[Field]], findings: Findings) -> None:
    if _known(ours, fields, findings, ours):
        allowed = {word for field in fields[ours] for word in field.allowed}
        if value and allowed and value not in allowed:
            findings.refuse(f"Expected one of {', '.join(sorted(allowed))}.", "Correct it.", column=ours, value=value)
