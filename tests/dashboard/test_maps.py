"""The map: outlines that are filled inside, a sign beside every colour, and nothing fetched from elsewhere."""

import itertools
import json
from pathlib import Path

from dashboard import maps
from metrics.areas import ccgs
from metrics.figure import Figure, Status

STATIC = Path(maps.__file__).parent / "static" / "topojson"


def test_the_base_layer_is_here_and_empty() -> None:
    assert json.loads((STATIC / "world_110m.json").read_text()) == {"type": "Topology", "objects": {}, "arcs": []}


def test_there_is_an_outline_for_each_of_the_12_ccgs_and_outer_rings_run_clockwise() -> None:
    features = maps.outlines()["features"]
    assert {feature["properties"]["code"] for feature in features} == set(ccgs())
    for feature in features:
        shape = feature["geometry"]
        for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
            outer = polygon[0]
            area = sum(x * v - u * y for (x, y), (u, v) in itertools.pairwise(outer))
            assert area < 0, feature["properties"]["name"]  # anticlockwise rings would fill the rest of the world


def test_every_name_bears_the_sign_of_where_its_ccg_stands() -> None:
    chart = maps.standing_map({"00M": "live_early", "00C": "live_following", "01H": "not_live"})
    names = [text for trace in chart.data if trace.type == "scattergeo" for text in trace.text or () if text]
    assert names == ["Cumbria <b>○</b>", "Darlington <b>◆</b>", "South Tees <b>●</b>"]
    legend = {trace.name: list(trace.locations) for trace in chart.data if trace.type == "choropleth"}
    assert legend == {
        "● Live: early implementer": ["00M"],
        "◆ Live: following CCG": ["00C"],
        "○ Not yet live": ["01H"],
    }


def test_a_hidden_value_has_no_shade_and_its_reason_in_words() -> None:
    def figure(code: str, value: float | None) -> Figure:
        status: Status = "suppressed" if value is None else "ok"
        return Figure("m", code, code, "early", "2018-03", None, None, value, None, None, "%", status, 1, True)

    chart = maps.measure_map({"00M": figure("00M", 40.0), "03D": figure("03D", None)}, {"00M": "40%", "03D": "hidden"})
    shaded, grey = (trace for trace in chart.data if trace.type == "choropleth")
    assert (list(shaded.locations), list(shaded.z)) == (["00M"], [40.0])
    assert list(grey.locations) == ["03D"]
    assert any(str(text).endswith("<b>hidden</b>") for trace in chart.data for text in trace.text or ())
