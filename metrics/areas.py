"""The areas that figures are shown for: the region, its two arms, its waves, CCGs, their successors and practices.

Arms belong to the CCG of 2015 for ever. CCGs can be added up to what they became in April 2020, whose arm is `mixed`
where it fuses both. Codes of that time can also be selected by name, for what is published under them: they are
never part of an arm, a wave or the region.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from loaders.places import predecessors, reference_rows
from metrics.selection import Selection

REGION = "region"
REGION_NAME = "North East and Cumbria programme area"


@dataclass(frozen=True)
class Area:
    """A place of the answer. `arm` is early, following or mixed; blank where it does not apply."""

    code: str
    name: str
    arm: str


@dataclass(frozen=True)
class Ccg:
    """One CCG as it was in 2015. Wave 0 is the early implementers. `successor` is the code since April 2020."""

    code: str
    name: str
    arm: str
    wave: int
    successor: str

    @property
    def short_name(self) -> str:
        """The name without NHS and CCG, as people say it."""
        return self.name.removeprefix("NHS ").removesuffix(" CCG").strip()


@cache
def ccgs() -> dict[str, Ccg]:
    """The 12 CCGs by code, in alphabetical order of their names."""
    rows = [
        Ccg(row["code"], row["name"], row["arm"], int(row["wave"]), row["successor"]) for row in reference_rows("ccgs")
    ]
    return {ccg.code: ccg for ccg in sorted(rows, key=lambda ccg: ccg.name)}


@cache
def successors() -> dict[str, Ccg]:
    """The CCGs that came after April 2020; their wave is -1, for they are of none."""
    rows = reference_rows("successors")
    return {row["code"]: Ccg(row["code"], row["name"], row["arm"], -1, row["code"]) for row in rows}


@cache
def known_ccgs() -> dict[str, Ccg]:
    """The 12 CCGs, and those that came after them, by code."""
    return {**ccgs(), **successors()}


def selected_ccgs(selection: Selection) -> list[Ccg]:
    """The CCGs that a selection names, all 12 when it names none; KeyError for a code that is unknown."""
    known = known_ccgs()
    chosen = [known[code] for code in dict.fromkeys(selection.ccgs)] if selection.ccgs else list(ccgs().values())
    if selection.by in ("region", "arm", "wave", "successor"):
        chosen = [ccg for ccg in chosen if ccg.code in ccgs()]
    return [
        ccg
        for ccg in chosen
        if (not selection.arms or ccg.arm in selection.arms) and (not selection.waves or ccg.wave in selection.waves)
    ]


def area_of(ccg: Ccg, by: str) -> Area:
    """The area that a CCG's figures count for."""
    if by == "region":
        return Area(REGION, REGION_NAME, "")
    if by == "arm":
        return Area(ccg.arm, "Early implementers" if ccg.arm == "early" else "Following CCGs", ccg.arm)
    if by == "wave":
        return Area(f"wave {ccg.wave}", "Early implementers" if ccg.wave == 0 else f"Wave {ccg.wave}", ccg.arm)
    if by == "successor":
        ccg = known_ccgs()[ccg.successor]
    return Area(ccg.code, ccg.short_name, ccg.arm)


def areas_of(selection: Selection) -> list[Area]:
    """The areas of a selection, each once; CCGs in alphabetical order of name, never ranked.

    Of an area that is selected in part the name says so: 'Following CCGs (3 of 10)', or the one CCG's own.
    """
    members, everybody = members_of(selection), members_of(Selection(by=selection.by))
    areas = [
        _named(area, members[area.code], everybody.get(area.code, ()))
        for area in dict.fromkeys(area_of(ccg, selection.by) for ccg in selected_ccgs(selection))
    ]
    return sorted(areas, key=lambda area: area.code if selection.by == "wave" else area.name)


def _named(area: Area, members: Sequence[str], everybody: Sequence[str]) -> Area:
    if len(members) >= len(everybody):
        return area
    if len(members) == 1:
        return replace(area, name=ccgs()[members[0]].short_name)
    return replace(area, name=f"{area.name} ({len(members)} of {len(everybody)})")


def members_of(selection: Selection) -> Mapping[str, Sequence[str]]:
    """The CCGs of each area of a selection, by the area's code."""
    found: dict[str, list[str]] = {}
    for ccg in selected_ccgs(selection):
        found.setdefault(area_of(ccg, selection.by).code, []).append(ccg.code)
    return found


def places_of(selection: Selection) -> tuple[tuple[str, str], ...]:
    """(published code, 2015 CCG) for every code whose rows count: predecessors count for their successor."""
    chosen = [ccg.code for ccg in selected_ccgs(selection)]
    merged = [(old, new) for old, new in predecessors().items() if new in chosen]
    return (*((code, code) for code in chosen), *merged)
