"""What is wrong with a submission, said so that the sender can mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One fault. `row` is the row of the file as its sender sees it, 1 for the first; None for the whole file."""

    why: str
    remedy: str = ""
    level: Literal["error", "warning"] = "error"
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = [self.file]
        if self.sheet:
            place.append(f"sheet {self.sheet}")
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column '{self.column}'")
        value = f" '{self.value}':" if self.value else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{', '.join(part for part in place if part)}:{value} {self.why}{remedy}"


def quoted(value: object) -> str:
    """A value as messages quote it: on one line, 80 characters at most, nothing that cannot be printed."""
    return "".join(sign if sign.isprintable() else " " for sign in str(value)[:80])


class LoadRefused(Exception):
    """A submission that cannot be loaded, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(file: str, why: str, remedy: str = "") -> LoadRefused:
    """The refusal of a whole file for one reason."""
    return LoadRefused([Problem(why, remedy, file=file)])


class Findings:
    """Collects the problems of one file; the place (file, sheet) is filled in once."""

    def __init__(self, file: str, sheet: str = "") -> None:
        self._file = file
        self._sheet = sheet
        self._problems: list[Problem] = []

    def refuse(self, why: str, remedy: str = "", **place: object) -> None:
        """Note an error: the file will not load. `place` is row, column, value or sheet."""
        self._add(Problem(why, remedy, "error"), place)

    def warn(self, why: str, remedy: str = "", **place: object) -> None:
        """Note something a reader should know; the file still loads."""
        self._add(Problem(why, remedy, "warning"), place)

    def _add(self, problem: Problem, place: dict[str, object]) -> None:
        here = {"file": self._file, "sheet": self._sheet, **place}
        if "value" in here:
            here["value"] = quoted(here["value"])
        self._problems.append(replace(problem, **here))  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self._problems if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self._problems if problem.level == "warning"]

    def stop_if_refused(self) -> None:
        """Raise LoadRefused with everything found so far, if any of it is an error."""
        if self.errors:
            raise LoadRefused(self._problems)
