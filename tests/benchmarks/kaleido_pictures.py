"""Charts as pictures through kaleido (PyPI, MIT), run by a Python of its own: the product has no need of it.

Kaleido draws with the Chromium that it is told of and starts once.
"""

import json
import os
import sys
from pathlib import Path

from tests.benchmarks.own_python import own_python
from tests.benchmarks.timed import seconds

RELEASE = "kaleido==1.5.0"

TOPOJSON = Path(__file__).parents[2] / "dashboard" / "static" / "topojson"
"""The empty base layer of maps, which kaleido would otherwise ask Plotly's server for."""


def install(folder: Path) -> Path:
    """A Python with kaleido and our version of Plotly, whose script it draws with; raises CalledProcessError."""
    return own_python(folder, ["plotly"], RELEASE)


def draw(folder: Path, runs: int = 3) -> dict[str, float]:
    """Seconds for every chart in the folder as PNG: with the start of the browser, and with it running."""
    import kaleido

    charts = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    size = {"format": "png", "width": 1180, "height": 400, "scale": 2}  # the room on a slide, sharp on a projector

    def pictures() -> None:
        for chart in charts:
            kaleido.calc_fig_sync(chart, opts=size, topojson=f"{TOPOJSON.as_uri()}/")

    def begin() -> None:
        kaleido.start_sync_server(silence_warnings=True)
        pictures()

    found = {"cold": seconds(begin), "warm": min(seconds(pictures) for _ in range(runs))}
    kaleido.stop_sync_server(silence_warnings=True)
    return found


if __name__ == "__main__":
    os.environ["BROWSER_PATH"] = sys.argv[2]
    print(json.dumps(draw(Path(sys.argv[1]))))
