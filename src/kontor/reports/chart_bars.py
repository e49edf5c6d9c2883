"""Bars: across the page for names, upright for years; side by side or stacked."""

import json

from kontor.reports import format as fmt
from kontor.reports.chart_parts import (
    CROWDED,
    INK,
    NAME_LINES,
    ON_DARK,
    ON_SERIES,
    RULE,
    SERIES,
    Point,
    Spec,
    domain,
    names,
    points,
    series_names,
)
from kontor.reports.model import Chart


def bars(chart: Chart, language: str, *, stacked: bool) -> Spec:
    """Return the part of a specification that draws bars."""
    upright = chart.table.columns[chart.x].kind == "year"
    values = points(chart, language)
    rows = names(chart, language)
    category, length = ("x", "y") if upright else ("y", "x")
    axis = _year_axis(rows) if upright else None
    along = {"field": "row", "type": "ordinal", "axis": axis, "scale": {"domain": list(range(len(rows)))}}
    layers = _stacked(chart, values, length) if stacked else _side_by_side(chart, values, category, length)
    layers += [] if upright else _name_layers(rows)
    reach = domain(_ends(values, stacked=stacked))
    scale = {"domain": reach, "nice": False, "zero": True}
    size = {"height": 240} if upright else {"height": max(len(rows), 1) * _step(chart, rows, stacked=stacked)}
    return {
        **size,
        "data": {"values": _rows(values, series_names(chart), stacked, language)},
        "encoding": {category: along, length: {"type": "quantitative", "axis": None, "scale": scale}},
        "layer": layers,
    }


def _side_by_side(chart: Chart, values: list[Point], category: str, length: str) -> list[Spec]:
    several = len(chart.y) > 1
    offset = {f"{category}Offset": {"field": "series", "type": "ordinal", "sort": None}} if several else {}
    upright = length == "y"
    place = {"baseline": "bottom", "dy": -3} if upright else {"align": "left", "dx": 5}
    below = {"baseline": "top", "dy": 3} if upright else {"align": "right", "dx": -5}
    crowded = upright and len(values) > 18
    labels = (
        []
        if crowded
        else [
            _label("datum.value >= 0", {**place}, length, offset),
            _label("datum.value < 0", {**below}, length, offset),
        ]
    )
    colour = _colour(series_names(chart)) if several else {"value": SERIES[0]}
    bar = {"mark": {"type": "bar"}, "encoding": {length: {"field": "value"}, "color": colour, **offset}}
    return [bar, *labels]


def _label(condition: str, place: Spec, length: str, offset: Spec) -> Spec:
    return {
        "transform": [{"filter": condition}],
        "mark": {"type": "text", "color": INK, **place},
        "encoding": {length: {"field": "value"}, "text": {"field": "print"}, **offset},
    }


def _stacked(chart: Chart, values: list[Point], length: str) -> list[Spec]:
    """Segments lie by their own start and end, so that a label can stand in the middle of each."""
    end = f"{length}2"
    bar = {
        "mark": {"type": "bar", "stroke": ON_DARK, "strokeWidth": 0.6},
        "encoding": {
            length: {"field": "start"},
            end: {"field": "end"},
            "color": _colour(series_names(chart)),
        },
    }
    total = max((abs(end) for end in _ends(values, stacked=True)), default=0.0)
    pixels = 430 if length == "x" else 200
    roomy = f"(datum.end - datum.start) * {pixels} > {total or 1} * (10 + 6 * length(datum.print))"
    inside = [
        {
            "transform": [{"filter": f"datum.number == {number} && {roomy}"}],
            "mark": {"type": "text", "color": ON_SERIES[number % len(ON_SERIES)]},
            "encoding": {length: {"field": "middle"}, "text": {"field": "print"}},
        }
        for number in range(len(chart.y))
    ]
    shares = {chart.table.columns[index].kind for index in chart.y} == {"percent"}
    return [bar, *inside, *([] if shares else [_total(length)])]


def _total(length: str) -> Spec:
    place = {"baseline": "bottom", "dy": -3} if length == "y" else {"align": "left", "dx": 5}
    return {
        "transform": [{"filter": "datum.total != null"}],
        "mark": {"type": "text", "color": INK, **place},
        "encoding": {length: {"field": "end"}, "text": {"field": "total"}},
    }


def _rows(values: list[Point], series: list[str], stacked: bool, language: str) -> list[Spec]:
    found, start, row = [], 0.0, -1
    for point in values:
        start = start if point.row == row else 0.0
        row = point.row
        entry: Spec = {"row": point.row, "series": series[point.series], "number": point.series}
        entry |= {"value": point.value, "print": point.print}
        if stacked:
            entry |= {"start": start, "end": start + point.value, "middle": start + point.value / 2}
            start += point.value
            entry["total"] = fmt.count(round(start, 2), language) if point.series == len(series) - 1 else None
        found.append(entry)
    return found


def _ends(values: list[Point], *, stacked: bool) -> list[float]:
    if not stacked:
        return [point.value for point in values]
    totals: dict[int, float] = {}
    for point in values:
        totals[point.row] = totals.get(point.row, 0.0) + point.value
    return list(totals.values())


def _step(chart: Chart, rows: list[str], *, stacked: bool) -> int:
    lines = max((name.count("\n") + 1 for name in rows), default=1)
    side_by_side = 1 if stacked else len(chart.y)
    single = 14 if len(rows) > CROWDED else 28
    return max(single, 15 * lines + 8 if lines > 1 else 0, 15 * side_by_side + 8 if side_by_side > 1 else 0)


def _name_layers(rows: list[str]) -> list[Spec]:
    """Set the names left of the bars, centred on them, one layer for each number of lines."""
    size = 10.5 if len(rows) > CROWDED else 12.5
    found = []
    for lines in range(1, NAME_LINES + 1):
        data = [
            {"row": row, "name": name.split("\n")}
            for row, name in enumerate(rows)
            if name.count("\n") + 1 == lines
        ]
        mark = {"type": "text", "align": "right", "dx": -8, "dy": -7.5 * (lines - 1), "lineHeight": 15}
        words = {"x": {"value": 0}, "text": {"field": "name"}}
        if data:
            layer = {"mark": {**mark, "fontSize": size, "baseline": "middle"}, "encoding": words}
            found.append({"data": {"values": data}, **layer})
    return found


def _year_axis(rows: list[str]) -> Spec:
    expression = f"{json.dumps(rows)}[datum.value]"
    return {
        "domainColor": RULE,
        "ticks": False,
        "labelExpr": expression,
        "labelPadding": 8,
        "labelAngle": 0,
        "labelOverlap": True,
        "title": None,
    }


def _colour(series: list[str]) -> Spec:
    colours = [SERIES[number % len(SERIES)] for number in range(len(series))]
    legend = {"orient": "top", "title": None, "symbolType": "square", "labelLimit": 280, "columns": 4}
    scale = {"domain": series, "range": colours}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": legend, "sort": None}
