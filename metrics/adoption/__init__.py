"""Adoption of the pathway: reach and fidelity, practices and the time they take, milestones."""

from metrics.adoption.curve import SCurve, s_curve
from metrics.adoption.milestones import Milestone, milestones
from metrics.adoption.reach import Reach, reach
from metrics.adoption.states import AreaPractices, PracticeState, practice_states
from metrics.adoption.uptake import Uptake, uptake

__all__ = [
    "AreaPractices",
    "Milestone",
    "PracticeState",
    "Reach",
    "SCurve",
    "Uptake",
    "milestones",
    "practice_states",
    "reach",
    "s_curve",
    "uptake",
]
