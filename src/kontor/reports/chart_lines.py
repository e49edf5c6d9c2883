"""Lines: along the years, or along an order of names; each named at its end."""

import json
import math

from kontor.reports.chart_parts import (
    INK,
    RULE,
    SERIES,
    Point,
    Spec,
    domain,
    names,
    number_of,
    points,
    series_names,
    wrap,
)
from kontor.reports.model import Chart

_ROOM = 1.08  # above the highest point of a line


def lines(chart: Chart, language: str) -> Spec:
    """Return the part of a specification that draws lines."""
    values = [point for point in points(chart, language) if point.known]
    by_year = chart.table.columns[chart.x].kind == "year"
    series = [wrap(name, 24, 3) for name in series_names(chart)]
    data = [
        {"x": _position(chart, point, by_year), "value": point.value, "number": point.series}
        for point in values
    ]
    colours = [SERIES[number % len(SERIES)] for number in range(len(series))]
    scale = {"domain": list(range(len(series))), "range": colours}
    colour = {"field": "number", "type": "nominal", "scale": scale, "legend": None}
    return {
        "height": 250,
        "padding": {"left": 4, "top": 12, "bottom": 4, "right": 8},
        "encoding": {"x": _line_x(chart, language, by_year), "y": _line_y(chart, values)},
        "layer": [
            {
                "data": {"values": data},
                "mark": {"type": "line", "strokeWidth": 2.2, "point": {"size": 34, "filled": True}},
                "encoding": {"color": colour},
            },
            *_ends_of_lines(chart, data, series),
        ],
    }


def _ends_of_lines(chart: Chart, data: list[Spec], series: list[str]) -> list[Spec]:
    """Name each line at its last point, moved apart where names would overlap."""
    last: dict[int, Spec] = {entry["number"]: entry for entry in data}
    low, high = domain([entry["value"] for entry in data])
    pixel = (high - low) * _ROOM / 250
    layers, floor = [], -math.inf
    for number, entry in sorted(last.items(), key=lambda item: item[1]["value"]):
        rows = series[number].split("\n")
        height = (15 * len(rows) + 3) * pixel
        middle = max(entry["value"], floor + height / 2)
        floor = middle + height / 2
        where = {"x": entry["x"], "value": entry["value"]}
        shift = -(middle - entry["value"]) / pixel
        text = {"type": "text", "align": "left", "dx": 9, "dy": shift, "baseline": "middle", "color": INK}
        block = {"lineHeight": 15, "text": rows}
        if len(rows) > 1:
            text["dy"] = shift - 7.5 * (len(rows) - 1)
        layers.append({"data": {"values": [where]}, "mark": {**text, **block}})
    return layers if len(chart.y) > 1 else []


def _position(chart: Chart, point: Point, by_year: bool) -> float:
    return number_of(chart.table.rows[point.row][chart.x]) if by_year else point.row


def _line_x(chart: Chart, language: str, by_year: bool) -> Spec:
    axis: Spec = {"domainColor": RULE, "ticks": False, "title": None, "grid": False, "labelPadding": 8}
    if by_year:
        rows = [number_of(row[chart.x]) for row in chart.table.rows if row[chart.x] is not None]
        span = [min(rows), max(rows)] if rows and min(rows) < max(rows) else None
        scale = {"nice": False, "zero": False, **({"domain": span} if span else {})}
        axis |= {"format": "d", "tickMinStep": 1, "labelFlush": False, "labelOverlap": True}
        return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}
    words = json.dumps([wrap(name.replace("\n", " "), 14, 2) for name in names(chart, language)])
    axis |= {"labelExpr": f"split({words}[datum.value], '\\n')", "labelAngle": 0, "labelOverlap": True}
    return {"field": "x", "type": "ordinal", "scale": {"padding": 0.3}, "axis": axis}


def _line_y(chart: Chart, values: list[Point]) -> Spec:
    kinds = {chart.table.columns[index].kind for index in chart.y}
    pattern = ".0%" if kinds == {"percent"} else ",.1~f" if kinds == {"decimal"} else ",d"
    step = 0.01 if kinds == {"percent"} else 0 if kinds == {"decimal"} else 1
    axis: Spec = {"domain": False, "ticks": False, "title": None, "gridColor": RULE, "format": pattern}
    axis |= {"tickCount": 5, "labelPadding": 6, "tickMinStep": step}
    low, high = domain([point.value for point in values])
    scale = {"domain": [low * _ROOM, high * _ROOM], "nice": False}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}
