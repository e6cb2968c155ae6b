"""When to do again what another program overtook."""

import logging

import tenacity
from pyiceberg.exceptions import CommitFailedException
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from loaders.register import PublishedMeanwhile

logging.getLogger("pyiceberg").setLevel(logging.ERROR)  # it warns of every attempt


def _did_not_land(wrong: BaseException) -> bool:
    """Whether a commit was certainly not made, because another one came first on this branch or on another."""
    return isinstance(wrong, CommitFailedException) or "older than last sequence number" in str(wrong)


def _give_up(state: tenacity.RetryCallState) -> None:
    wrong = state.outcome.exception() if state.outcome else None
    raise PublishedMeanwhile("Other loads keep writing; nothing of this one was published: run again.") from wrong


commit_again = tenacity.retry(
    retry=tenacity.retry_if_exception(_did_not_land),
    stop=tenacity.stop_after_attempt(25),
    wait=tenacity.wait_random_exponential(0.05, max=2),
    retry_error_callback=_give_up,
)
"""Other loads commit to the same tables, on branches of their own. PublishedMeanwhile when they never stop."""

open_again = tenacity.retry(
    retry=tenacity.retry_if_exception_type((IntegrityError, OperationalError, ProgrammingError)),
    stop=tenacity.stop_after_attempt(5),
    wait=tenacity.wait_random(0.1, 0.6),
    reraise=True,
)
"""Programs that open a new warehouse at the same moment all create its records: the losers find them made."""

find_again = tenacity.retry(
    retry=tenacity.retry_if_exception_type(FileNotFoundError),
    stop=tenacity.stop_after_attempt(10),
    wait=tenacity.wait_random(0.01, 0.1),
    reraise=True,
)
"""The catalogue names the file that describes a table; others may replace it several times before it is read."""
