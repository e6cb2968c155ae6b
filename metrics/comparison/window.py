"""Which CCGs and months an estimand is about: where there is somebody to compare with, and no further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.areas import ccgs, successors
from metrics.comparison.panel import Panel
from metrics.comparison.refusal import CannotBeTold
from metrics.live import Rollout
from metrics.periods import month_after

Estimand = Literal["early", "all"]
"""`early`: the early CCGs until another one goes live. `all`: every CCG that is live, while enough are not."""

FEWEST_BEFORE = 6
FEWEST_AFTER = 3
FEWEST_CONTROLS = 3
MOST_BEFORE = 24
"""Months before the first go-live that are looked at unless others are asked for: older ones tell little."""


@dataclass(frozen=True)
class Window:
    """CCGs with their month of go-live (None for a control throughout), and the months to compare them in.

    `early` are the early implementers that are live in these months; one that is not is left out.
    """

    starts: Mapping[str, date | None]
    early: tuple[str, ...]
    first: date
    last: date


def window_of(
    rollout: Rollout, estimand: Estimand, codes: Sequence[str] = (), first: date | None = None, last: date | None = None
) -> Window:
    """The window among CCGs of these codes (all 12 when none are given), within the months asked for.

    Raises CannotBeTold for codes of after April 2020, without an early CCG that went live, or without
    three CCGs to compare with.
    """
    require_comparable(codes)
    chosen = list(codes) or list(ccgs())
    early = [code for code in chosen if ccgs()[code].arm == "early"]
    _require_go_live(rollout, early)
    starts = {code: rollout.live[code] for code in chosen if code in rollout.live}
    end = min(_last_month(starts, early, rollout.known_to, estimand), last or date.max)
    within = {code: start if start and start <= end else None for code, start in starts.items()}
    live = tuple(code for code in early if within[code])
    if not live:
        raise CannotBeTold(f"No early implementer was live by {end:%B %Y}, while three CCGs were not.")
    compared = {code: start for code, start in within.items() if start or code not in early}
    began = min(start for start in compared.values() if start)
    return Window(compared, live, first or month_after(began, -MOST_BEFORE), end)


def require_enough(panel: Panel) -> None:
    """Raises CannotBeTold where a panel has too few months before or after go-live, or too few controls."""
    after = len(panel.months) - panel.before
    controls = sum(start is None for start in panel.starts)
    for number, least, what in (
        (panel.before, FEWEST_BEFORE, "months before the first go-live"),
        (after, FEWEST_AFTER, "months after it while others were not live"),
        (controls, FEWEST_CONTROLS, "CCGs not live to compare with"),
    ):
        if number < least:
            raise CannotBeTold(f"There are {number} {what} with a value for every CCG; {least} are needed.")


def require_comparable(codes: Sequence[str]) -> None:
    """Raises CannotBeTold for codes of CCGs that came after April 2020."""
    later = [successors()[code] for code in codes if code in successors()]
    mixed = [ccg.name for ccg in later if ccg.arm == "mixed"]
    if mixed:
        mix, they_are = ("mixes", "it is") if len(mixed) == 1 else ("mix", "they are")
        raise CannotBeTold(f"{' and '.join(mixed)} {mix} early and following CCGs, so {they_are} never compared.")
    if later:
        raise CannotBeTold(f"{later[0].name} came in April 2020; CCGs are compared as they were in 2015.")


def _require_go_live(rollout: Rollout, early: Sequence[str]) -> None:
    if not early:
        raise CannotBeTold("No early implementer is among the CCGs asked for.")
    lacking = [ccgs()[code].short_name for code in early if rollout.live.get(code) is None]
    if lacking:
        raise CannotBeTold(f"No go-live is recorded for {' and '.join(lacking)}.")


def _last_month(starts: Mapping[str, date | None], early: Sequence[str], known_to: date, estimand: Estimand) -> date:
    """The month before a following CCG goes live (`early`), or before fewer than three are without (`all`)."""
    following = sorted(start or date.max for code, start in starts.items() if code not in early)
    if len(following) < FEWEST_CONTROLS:
        raise CannotBeTold(f"There are {len(following)} CCGs to compare with; {FEWEST_CONTROLS} are needed.")
    everybody = sorted(start or date.max for start in starts.values())
    end = following[0] if estimand == "early" else everybody[-FEWEST_CONTROLS]
    return known_to if end == date.max else min(known_to, month_after(end, -1))
