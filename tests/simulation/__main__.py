"""`python -m tests.simulation`: the acceptance table. Ends with 1 when a line of it is not met."""

import sys
from collections.abc import Iterable
from time import perf_counter

from rich.console import Console
from rich.table import Table

from tests.simulation.check import Check
from tests.simulation.table import acceptance

TARGETS = {"near": "", "at least": "at least ", "must miss": "must miss "}


def main() -> int:
    """Work the table out and print it."""
    began = perf_counter()
    checks = list(acceptance())
    Console(width=120, highlight=False).print(_table(checks))
    missed = sum(not check.ok for check in checks)
    print(f"{len(checks)} lines, {missed} not met, {perf_counter() - began:.0f} seconds. Fixed seeds.")
    return int(missed > 0)


def _table(checks: Iterable[Check]) -> Table:
    table = Table("Quantity", "Target", "Found", "Tolerance", "")
    for check in checks:
        target = f"{TARGETS[check.asked]}{check.target:.4g}"
        table.add_row(
            check.quantity, target, f"{check.found:.4f}", f"{check.tolerance:.2g}", "ok" if check.ok else "NO"
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
