"""What bars and lines share: sizes, colours, and a chart's values and names ready to be drawn."""

import math
import textwrap
from dataclasses import dataclass
from typing import Any, TypeAlias

from kontor.reports import format as fmt
from kontor.reports.model import Cell, Chart

Spec: TypeAlias = dict[str, Any]

WIDTH = 640
INK, MUTED, RULE = "#16242f", "#4a5a66", "#e3ded4"
ON_DARK, ON_LIGHT = "#ffffff", "#16242e"
# Told apart by lightness first, so that they hold for colour-blind readers and in grey print.
SERIES = ("#0f3d5c", "#6e9dbd", "#d1a94f", "#a63d2a", "#9aa5ad", "#5b3f6e")
ON_SERIES = (ON_DARK, ON_LIGHT, ON_LIGHT, ON_DARK, ON_LIGHT, ON_DARK)
# "Kontor Sans" is our cut of Source Sans 3. Unquoted, a name that ends in a figure would be no name at all.
FONT = "'Kontor Sans', 'Source Sans 3', 'Liberation Sans', Arial, sans-serif"
MOST_ROWS = 60
CROWDED = 24
_NAME_WIDTH, NAME_LINES = 30, 3


@dataclass(frozen=True)
class Point:
    """One value of a chart: its row and series by index, its number (0 where not known) and its print."""

    row: int
    series: int
    value: float
    known: bool
    print: str


def points(chart: Chart, language: str) -> list[Point]:
    """Return a chart's values in order, at most those of the first 60 rows."""
    found = []
    for number, row in enumerate(chart.table.rows[:MOST_ROWS]):
        for series, index in enumerate(chart.y):
            words = fmt.cell(row[index], chart.table.columns[index].kind, language)
            found.append(Point(number, series, number_of(row[index]), row[index] is not None, words))
    return found


def names(chart: Chart, language: str) -> list[str]:
    """Return the names of a chart's rows, wrapped by newlines and shortened where they are long."""
    kind = chart.table.columns[chart.x].kind
    rows = chart.table.rows[:MOST_ROWS]
    lines = 1 if len(rows) > CROWDED else NAME_LINES
    width = 44 if len(rows) > CROWDED else _NAME_WIDTH
    return [wrap(fmt.cell(row[chart.x], kind, language), width, lines) for row in rows]


def series_names(chart: Chart) -> list[str]:
    """Return the names of what is drawn."""
    return [fmt.clean(chart.table.columns[index].title) for index in chart.y]


def wrap(text: str, width: int, lines: int) -> str:
    """Break a text into at most so many lines, the last one shortened by an ellipsis."""
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" …")) or fmt.NOT_KNOWN


def number_of(value: Cell) -> float:
    number = float(value) if value is not None and not isinstance(value, str) else 0.0  # type: ignore[arg-type]
    return number if math.isfinite(number) else 0.0


def domain(ends: list[float]) -> list[float]:
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        return [0.0, 1.0]
    room = 0.12 * (high - low) if low < 0 else 0.0  # for the value printed left of a negative bar
    return [low - room, high]
