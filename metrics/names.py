"""The names a measure may be made of: tables, columns, steps, instruments, treatment functions.

Each is a type that refuses a name the warehouse does not know, so that a slip in a definition is a
fault with a reason and never a count of zero.
"""

from collections.abc import Callable, Collection, Container, Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo

from loaders.rollout_sheets import MILESTONES
from loaders.tables import FACTS, REFERRAL, STEPS

RISING_IS_BETTER = {
    "ODI": False,
    "EQ-5D-5L": True,
    "PAIN_NRS": False,
    "GAD-7": False,
    "PHQ-9": False,
    "STARTBACK": False,
}
"""Every instrument, and whether a person who gets better scores higher on it."""

RTT_FUNCTIONS = (
    *("100", "101", "110", "120", "130", "140", "150", "160", "170", "300", "301", "320", "330", "340"),
    *("400", "410", "430", "502", "X01", "999"),
)
"""Treatment functions of the RTT returns of 2014-18; 999 is their total."""

REACHABLE = tuple(name.removeprefix("days_to_") for name in REFERRAL.columns.keys() if name.startswith("days_to_"))  # noqa: SIM118
"""What a referral can reach, requests included: everything that has a column of days from receipt."""


def _one_of(allowed: Collection[str], what: str) -> Callable[[str], str]:
    def known(name: str) -> str:
        if name not in allowed:
            raise ValueError(f"'{name}' is not {what}: there are {', '.join(allowed)}")
        return name

    return known


def _column(holds: Container[type], what: str) -> Callable[[str, ValidationInfo], str]:
    """A check that a name is a column of the definition's own `table`, unless that was refused itself."""

    def known(name: str, info: ValidationInfo) -> str:
        table = FACTS.tables.get(info.data.get("table", ""))
        if table is None:
            return name
        fitting = [column.name for column in table.columns if column.type.python_type in holds]
        if name not in fitting:
            raise ValueError(f"'{name}' is not a column of {what} in {table.name}: there are {', '.join(fitting)}")
        return name

    return known


_amount = _column((int, float), "amounts")


def _counted(name: str, info: ValidationInfo) -> str:
    return name if name == "rows" else _amount(name, info)


def _listed(values: object) -> object:
    return (values,) if isinstance(values, str) else values


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise ValueError("name at least one")
    return names


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Days = Annotated[int, Field(gt=0)]
TableName = Annotated[str, AfterValidator(_one_of(FACTS.tables, "a table"))]
Columns = Annotated[tuple[Annotated[str, AfterValidator(_amount)], ...], AfterValidator(_some)]
Counted = Annotated[str, AfterValidator(_counted)]
"""A column to add up, or `rows` for the number of rows."""
Where = Mapping[
    Annotated[str, AfterValidator(_column((str,), "text"))],
    Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_some)],
]
"""Column to the values that are let through; a definition may give a single value without brackets."""
Step = Annotated[str, AfterValidator(_one_of(STEPS, "a step"))]
Origin = Annotated[str, AfterValidator(_one_of(("received", *STEPS), "where a cohort starts"))]
Reached = Annotated[
    tuple[Annotated[str, AfterValidator(_one_of(REACHABLE, "what a referral can reach"))], ...], AfterValidator(_some)
]
Instrument = Annotated[str, AfterValidator(_one_of(RISING_IS_BETTER, "an instrument"))]
Component = Annotated[str, AfterValidator(_one_of(MILESTONES.field("component").allowed, "a part of the rollout"))]
RttFunction = Annotated[str, AfterValidator(_one_of(RTT_FUNCTIONS, "a treatment function"))]
