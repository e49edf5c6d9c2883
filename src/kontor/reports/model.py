"""What a report is: sections of blocks, each with its source and date; no chapter, no HTTP, no layout.

Every `Text` may be a lazy translation; writers turn it into words under the report's language.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from django.utils.functional import Promise

Text: TypeAlias = str | Promise
Cell: TypeAlias = str | Promise | int | float | Decimal | None
FigureKind: TypeAlias = Literal["count", "percent", "decimal", "money", "text"]
ColumnKind: TypeAlias = Literal["text", "count", "percent", "decimal", "year"]
ChartKind: TypeAlias = Literal["bar", "line", "stacked"]

LANGUAGES = ("de", "en")
FIGURE_KINDS = ("count", "percent", "decimal", "money", "text")
COLUMN_KINDS = ("text", "count", "percent", "decimal", "year")
CHART_KINDS = ("bar", "line", "stacked")


class ReportError(ValueError):
    """A report that cannot be, named by a stable code."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Prose:
    """Text that people wrote, as Markdown (CommonMark with tables, without HTML and images)."""

    markdown: str


@dataclass(frozen=True)
class Figure:
    """One number that explains itself.

    value: of a percent, a share where 1 means 100 %; None = not known, printed "–".
    explanation: how the number came about. currency: ISO 4217, for money only.

    Raises ReportError "figure.kind_unknown" or "figure.value_not_a_number".
    """

    key: str
    label: Text
    value: Cell
    kind: FigureKind
    explanation: Text
    source: Text
    as_of: date
    currency: str = ""

    def __post_init__(self) -> None:
        _require(self.kind in FIGURE_KINDS, "figure.kind_unknown", key=self.key, kind=self.kind)
        if self.kind != "text":
            _require(is_number_or_none(self.value), "figure.value_not_a_number", key=self.key)


@dataclass(frozen=True)
class FigureRow:
    """A few figures side by side; three or four read best."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Column:
    """A table's column. Raises ReportError "column.kind_unknown"."""

    title: Text
    kind: ColumnKind = "text"

    def __post_init__(self) -> None:
        _require(self.kind in COLUMN_KINDS, "column.kind_unknown", kind=self.kind)


@dataclass(frozen=True)
class Table:
    """Rows under columns, with the source and the date of what they say.

    rows: as wide as columns; percent cells are shares; None = not known, printed "–".
    The first column names the row.

    Raises ReportError "table.no_columns", "table.row_width" or "table.cell_not_a_number".
    """

    key: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: Text
    as_of: date
    explanation: Text = ""
    note: Text = ""

    def __post_init__(self) -> None:
        _require(bool(self.columns), "table.no_columns", key=self.key)
        for number, row in enumerate(self.rows, start=1):
            _require(len(row) == len(self.columns), "table.row_width", key=self.key, row=number)
            for column, cell in zip(self.columns, row, strict=True):
                fits = column.kind == "text" or is_number_or_none(cell)
                _require(fits, "table.cell_not_a_number", key=self.key, row=number)


@dataclass(frozen=True)
class Chart:
    """A picture of a table, which is also its accessible alternative.

    x: index of the column that names what is compared (for a line: a year or an ordered text).
    y: indices of the columns drawn, each a number.

    Raises ReportError "chart.kind_unknown", "chart.column_missing" or "chart.column_not_a_number".
    """

    key: str
    kind: ChartKind
    table: Table
    x: int
    y: tuple[int, ...]

    def __post_init__(self) -> None:
        _require(self.kind in CHART_KINDS, "chart.kind_unknown", key=self.key, kind=self.kind)
        width = len(self.table.columns)
        known = bool(self.y) and all(0 <= index < width for index in (self.x, *self.y))
        _require(known, "chart.column_missing", key=self.key)
        drawable = all(self.table.columns[index].kind != "text" for index in self.y)
        _require(drawable, "chart.column_not_a_number", key=self.key)


@dataclass(frozen=True)
class Missing:
    """Content that is not there yet: why, and what to do next."""

    reason: Text
    next_step: Text


Block: TypeAlias = Prose | Figure | FigureRow | Table | Chart | Missing


@dataclass(frozen=True)
class Section:
    """A chapter of a report. code: stable, unique in the report, used for anchors and comparison."""

    code: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """One report, from which every writer prints.

    Keys of figures, tables and charts are unique; a chart's own table may share the chart's key.

    Raises ReportError "report.language_unknown", "report.section_repeated" or "report.key_repeated".
    """

    title: Text
    subtitle: Text
    author: Text
    language: str
    as_of: date
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        _require(self.language in LANGUAGES, "report.language_unknown", language=self.language)
        _require_unique((section.code for section in self.sections), "report.section_repeated")
        _require_unique((block.key for block in keyed_blocks(self)), "report.key_repeated")


def keyed_blocks(report: Report) -> Iterator[Figure | Table | Chart]:
    """Yield every figure, table and chart in reading order; figures of a row one by one."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, FigureRow):
                yield from block.figures
            elif isinstance(block, Figure | Table | Chart):
                yield block


def is_number_or_none(value: object) -> bool:
    """Tell whether a value can stand where a number or "not known" is expected."""
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def _require(condition: bool, code: str, **params: object) -> None:
    if not condition:
        raise ReportError(code, **params)


def _require_unique(keys: Iterable[str], code: str) -> None:
    seen: set[str] = set()
    for key in keys:
        _require(key not in seen, code, key=key)
        seen.add(key)
