"""What a task took, and printing it for the process that started this one to read."""

import json
import resource
import time
from collections.abc import Callable


def seconds(task: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """What a task took by this clock."""
    start = clock()
    task()
    return clock() - start


def report(task: Callable[..., object], *arguments: object) -> None:
    """Run the task and print its seconds and the peak memory of this process as JSON."""
    start = time.perf_counter()
    task(*arguments)
    seconds = time.perf_counter() - start
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "megabytes": kilobytes / 1000}))
