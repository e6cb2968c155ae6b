"""What is worked out before the first reader comes."""

import logging

from dashboard import cached
from metrics.comparison.compare import EVERYTHING
from metrics.told import BY_CCG


def newest_release() -> None:
    """Fill the cache with what the first pages show of the newest release, if there is one."""
    # nobody is looking yet, and Streamlit would say so in the log for every answer
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for release in cached.releases()[:1]:
        for key, measure in cached.measures().items():
            cached.figures_of(release.number, key, BY_CCG)
            if measure.family == "adoption":  # whose months tell how far behind the early implementers a CCG is
                cached.figures_of(release.number, key, EVERYTHING)
        cached.findings_of(release.number)
        cached.changes_of(release.number)
