"""Outlines of CCGs as GeoJSON (ONS), in longitude and latitude.

The file holds no date: the year is taken from its name, such as ccgs_2019.geojson, and stands for the
April in which the boundaries came in; or it is said with --as-at.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from loaders.contract import FORMULA
from loaders.periods import april_in_name
from loaders.problems import Findings, quoted
from loaders.reading import Source
from loaders.submission import Instructions, Kind, Reading

SLICE = "boundaries"
NAMES = (("ccg_code", "ccg_name"), ("code", "name"))
"""The properties that hold the code and the name, as two publishers call them."""

SHAPES = ("Polygon", "MultiPolygon")


def recognise(source: Source) -> bool:
    """Whether the content is a GeoJSON collection, whole or cut short."""
    return bool(re.match(rb'(\xef\xbb\xbf)?\s*{.{0,1000}"FeatureCollection"', source.content[:2000], re.DOTALL))


def read(source: Source, instructions: Instructions) -> Reading:
    """The outline of every CCG in the file; LoadRefused with every problem."""
    findings = Findings(source.name)
    month = instructions.as_at or april_in_name(source.name)
    if not month:
        why = "The file holds no date, and its name no year such as ccgs_2019.geojson."
        findings.refuse(why, "Say the month the boundaries came in with --as-at.")
    features = _features(source, findings)
    outlines = [_outline(at, feature, findings) for at, feature in enumerate(features, 1)]
    _refuse_repeated([outline["ccg"] for outline in outlines], findings)
    findings.stop_if_refused()
    since = (month or date.min).replace(day=1)
    table = pa.Table.from_pylist([{**outline, "month": since, "slice": SLICE} for outline in outlines])
    return Reading(KIND.key, "ONS", {"boundary": table}, {SLICE: [since]}, warnings=findings.warnings)


def _features(source: Source, findings: Findings) -> Sequence[Mapping]:
    """The features of the collection; LoadRefused when there is none to be had."""
    try:
        features = json.loads(source.content.decode("utf-8-sig")).get("features")
    except (ValueError, RecursionError) as broken:
        findings.refuse(f"The GeoJSON is cut short or damaged ({broken}).", "Fetch it again.")
        findings.stop_if_refused()
        raise
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features) or not features:
        findings.refuse("The collection holds no features.", "Send the whole file.")
        findings.stop_if_refused()
    return features


def _outline(at: int, feature: Mapping, findings: Findings) -> dict[str, str]:
    """Code, name and geometry of one feature, the `at`-th; faults are noted."""
    properties, geometry = (_object(feature.get(part)) for part in ("properties", "geometry"))
    code_key, name_key = next((keys for keys in NAMES if set(keys) <= set(properties)), NAMES[0])
    code, name = (quoted(properties.get(key)) for key in (code_key, name_key))
    if not re.fullmatch(r"[0-9A-Z]{3}", code):
        why = f"Feature {at} has no CCG code such as 00M in '{code_key}'."
        findings.refuse(why, "Add the property; see docs/submissions.md.", value=code)
    elif not properties.get(name_key):
        findings.refuse(f"Feature {at} ({code}) has no name in '{name_key}'.", "Add the property.")
    elif re.match(FORMULA, name):
        findings.refuse("A value may not begin like a formula.", "Remove the first sign.", column=name_key, value=name)
    if geometry.get("type") not in SHAPES or not geometry.get("coordinates"):
        findings.refuse(f"Feature {at} ({code}) is not an outline.", f"Expected {' or '.join(SHAPES)}.")
    elif not _in_degrees(geometry["coordinates"]):
        why = f"Feature {at} ({code}) is not in longitude and latitude."
        findings.refuse(why, "Convert it to WGS84 (EPSG:4326).")
    return {"ccg": code, "name": name, "geometry": json.dumps(geometry, separators=(",", ":"))}


def _object(value: object) -> Mapping:
    """An object of JSON, empty where something else stands in its place."""
    return value if isinstance(value, dict) else {}


def _in_degrees(coordinates: object) -> bool:
    """Whether every point in these nested lists is a longitude and a latitude."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if all(isinstance(number, int | float) for number in coordinates):
        return len(coordinates) > 1 and abs(coordinates[0]) <= 180 and abs(coordinates[1]) <= 90
    return all(_in_degrees(inner) for inner in coordinates)


def _refuse_repeated(codes: Sequence[str], findings: Findings) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        findings.refuse("The CCG stands in the file twice.", "Take one of the outlines out.", value=code)


KIND = Kind("boundaries", "Boundaries of CCGs (GeoJSON)", recognise, read, undated=True)
