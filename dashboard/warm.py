"""What is worked out before the first reader comes."""

from dashboard import cached
from dashboard.views.overview import GRID


def newest_release() -> None:
    """Fill the cache with what the first page shows of the newest release, if there is one."""
    for release in cached.releases()[:1]:
        for key in cached.measures():
            cached.figures_of(release.number, key, GRID)
