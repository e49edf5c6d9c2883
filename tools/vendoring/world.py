"""The world as a small GeoJSON: decoded from TopoJSON, simplified along shared borders, ISO codes."""

import json
import math
from itertools import pairwise
from pathlib import Path

from vendoring.iso import ISO2_OF_NUMBER

Point = tuple[float, float]
Ring = list[Point]
# Europe is looked at closely, the rest of the world from afar: tolerance in degrees, and the smallest island
# that stays, in square degrees (a country's largest piece always stays).
EUROPE = (-25.0, 33.0, 46.0, 72.5)  # west, south, east, north
FINE, COARSE = 0.03, 0.22
SMALLEST_IN_EUROPE, SMALLEST_ELSEWHERE = 0.02, 0.6


def write_world(source: Path, target: Path) -> None:
    """Write one feature for each country with the property `code`; Antarctica is left out."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [simplified(arc) for arc in decoded(topology)]
    features = []
    for country in topology["objects"]["countries"]["geometries"]:
        code = ISO2_OF_NUMBER.get(
            country.get("id", ""), "XK" if country["properties"]["name"] == "Kosovo" else ""
        )
        if code == "AQ":
            continue
        polygons = kept([outline(polygon, arcs) for polygon in polygons_of(country)])
        geometry = {"type": "MultiPolygon", "coordinates": polygons}
        features.append({"type": "Feature", "properties": {"code": code}, "geometry": geometry})
    world = {"type": "FeatureCollection", "features": features}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(world, separators=(",", ":")), encoding="utf-8")


def decoded(topology: dict) -> list[Ring]:
    """Return the arcs in degrees: they are stored as whole-number steps from point to point."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    return arcs


def simplified(points: Ring) -> Ring:
    """Drop points nearer than the tolerance to the line of their neighbours (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    far, distance = max(
        ((index, distance_to(points[index], first, last)) for index in range(1, len(points) - 1)),
        key=lambda pair: pair[1],
    )
    if distance <= (FINE if is_in_europe(points[far]) else COARSE):
        return [first, last]
    return simplified(points[: far + 1])[:-1] + simplified(points[far:])


def is_in_europe(point: Point) -> bool:
    """Say whether a point lies where members and partners are looked for most."""
    west, south, east, north = EUROPE
    return west <= point[0] <= east and south <= point[1] <= north


def distance_to(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a stretch, degrees of longitude shrunk by the latitude."""
    shrink = math.cos(math.radians(point[1]))
    px, py = (point[0] - start[0]) * shrink, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * shrink, end[1] - start[1]
    length = ex * ex + ey * ey
    along = 0.0 if length == 0 else max(0.0, min(1.0, (px * ex + py * ey) / length))
    return math.hypot(px - along * ex, py - along * ey)


def polygons_of(country: dict) -> list:
    """Return a country's polygons as lists of rings of arc numbers."""
    if country["type"] == "Polygon":
        return [country["arcs"]]
    return country["arcs"] if country["type"] == "MultiPolygon" else []


def outline(polygon: list[list[int]], arcs: list[Ring]) -> list[Ring]:
    """Join arcs to rings; a negative number means the arc backwards."""
    rings = []
    for numbers in polygon:
        ring: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring.extend(arc[1:] if ring else arc)
        rings.append([(round(x, 2), round(y, 2)) for x, y in ring])
    return rings


def kept(polygons: list[list[Ring]]) -> list[list[Ring]]:
    """Return the polygons that are large enough to see; the largest always."""
    by_size = sorted(polygons, key=lambda rings: -area(rings[0]))
    return [
        [ring for ring in rings if len(ring) > 3]
        for place, rings in enumerate(by_size)
        if len(rings[0]) > 3 and (place == 0 or area(rings[0]) >= smallest(rings[0]))
    ]


def smallest(ring: Ring) -> float:
    """Return the size below which a piece is left out."""
    return SMALLEST_IN_EUROPE if is_in_europe(ring[0]) else SMALLEST_ELSEWHERE


def area(ring: Ring) -> float:
    """Return the area of a ring in square degrees."""
    pairs = pairwise(ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
