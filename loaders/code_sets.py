"""Groups of OPCS-4 and ICD-10 codes, as data/reference/code_sets.csv defines them (rules in its README)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from loaders.places import reference_rows

OTHER = "other"
"""The group of a spell that meets no rule."""


@dataclass(frozen=True)
class Rule:
    """One code of a group. `sites` are codes of which one has to stand in the spell as well, if there are any."""

    group: str
    code: str
    role: str
    sites: tuple[str, ...] = ()

    def is_met(self, codes: Sequence[str]) -> bool:
        """Whether the code stands among those of a spell, the primary first."""
        looked_at = codes[:1] if self.role == "primary" else codes
        placed = not self.sites or any(code.startswith(self.sites) for code in codes)
        return placed and any(code.startswith(self.code) for code in looked_at)


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of a set, `procedures` or `diagnoses`, in the order of the file; codes are without dots."""
    return tuple(
        Rule(row["group"], bare(row["code"]), row["role"], tuple(bare(site) for site in row["site"].split()))
        for row in reference_rows("code_sets")
        if row["set"] == name
    )


def group_of(codes: Sequence[str], name: str) -> str:
    """The first group whose rule a spell's codes meet and none of whose exclusions they hold; else `other`."""
    met = [rule for rule in rules(name) if rule.is_met(codes)]
    excluded = {rule.group for rule in met if rule.role == "exclude"}
    return next((rule.group for rule in met if rule.group not in excluded), OTHER)


def bare(code: str) -> str:
    """A code as it is compared: v54.4 is V544."""
    return code.strip().upper().replace(".", "")
