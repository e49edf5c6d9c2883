"""A report in words: every number, date and label printed in the report's language.

Writers set what stands here and decide nothing about content, so that all papers say the same.
"""

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.reports import format as fmt
from kontor.reports.model import (
    Block,
    Cell,
    Chart,
    Figure,
    FigureRow,
    Missing,
    Prose,
    Report,
    Section,
    Table,
    Text,
)

_ALT_ROWS = 12


@dataclass(frozen=True)
class PrintedFigure:
    """A figure in words; value is "–" where it is not known."""

    key: str
    label: str
    value: str
    explanation: str
    source: str


@dataclass(frozen=True)
class PrintedFigures:
    """Figures side by side; an explanation or a source that all share stands once, below them."""

    figures: tuple[PrintedFigure, ...]
    explanation: str = ""
    source: str = ""


@dataclass(frozen=True)
class PrintedTable:
    """A table in words. label: "Table 3"; numeric: whether a column is set flush right."""

    key: str
    label: str
    caption: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    explanation: str
    note: str


@dataclass(frozen=True)
class PrintedChart:
    """A chart with its words. label: "Figure 2"; alternative: what it shows, for those who cannot see it."""

    key: str
    label: str
    chart: Chart
    table: PrintedTable
    alternative: str


@dataclass(frozen=True)
class PrintedProse:
    """Text that people wrote, still Markdown."""

    markdown: str


@dataclass(frozen=True)
class PrintedMissing:
    """What is not there yet."""

    title: str
    reason: str
    next_step: str


PrintedBlock: TypeAlias = PrintedProse | PrintedFigures | PrintedTable | PrintedChart | PrintedMissing


@dataclass(frozen=True)
class PrintedSection:
    """A numbered section. anchor: usable as an id and as a bookmark."""

    number: int
    anchor: str
    title: str
    blocks: tuple[PrintedBlock, ...]


@dataclass(frozen=True)
class PrintedReport:
    """A report in words, with the words that frame it."""

    title: str
    subtitle: str
    author: str
    language: str
    as_of: str
    contents: str
    page_of: str
    no_data: str
    sections: tuple[PrintedSection, ...]


def printed(report: Report) -> PrintedReport:
    """Print a report in its own language, whatever language is active."""
    with override(report.language):
        numbers = _Numbers()
        return PrintedReport(
            title=fmt.clean(report.title),
            subtitle=fmt.clean(report.subtitle),
            author=fmt.clean(report.author),
            language=report.language,
            as_of=_("As of %(date)s") % {"date": fmt.day(report.as_of, report.language)},
            contents=_("Contents"),
            page_of=_("Page %(page)s of %(pages)s"),
            no_data=_("No data."),
            sections=tuple(
                _section(number, section, report.language, numbers)
                for number, section in enumerate(report.sections, start=1)
            ),
        )


class _Numbers:
    """Counts tables and pictures through a report."""

    def __init__(self) -> None:
        self.tables = 0
        self.charts = 0

    def next_table(self) -> str:
        self.tables += 1
        return _("Table %(number)s") % {"number": self.tables}

    def next_chart(self) -> str:
        self.charts += 1
        return _("Figure %(number)s") % {"number": self.charts}


def _section(number: int, section: Section, language: str, numbers: _Numbers) -> PrintedSection:
    slug = re.sub(r"[^a-z0-9]+", "-", section.code.lower()).strip("-")
    return PrintedSection(
        number=number,
        anchor=f"section-{number}-{slug}".strip("-")[:40],
        title=fmt.clean(section.title),
        blocks=tuple(_block(block, language, numbers) for block in section.blocks),
    )


def _block(block: Block, language: str, numbers: _Numbers) -> PrintedBlock:
    match block:
        case Prose():
            return PrintedProse(fmt.clean(block.markdown))
        case Figure():
            return PrintedFigures((_figure(block, language),))
        case FigureRow():
            return _figures(tuple(_figure(figure, language) for figure in block.figures))
        case Table():
            return _table(block, language, numbers.next_table())
        case Chart():
            return _chart(block, language, numbers.next_chart())
        case Missing():
            return PrintedMissing(
                title=_("Not there yet"),
                reason=fmt.clean(block.reason),
                next_step=_("Next step: %(step)s") % {"step": fmt.clean(block.next_step)},
            )


def _figure(figure: Figure, language: str) -> PrintedFigure:
    return PrintedFigure(
        key=figure.key,
        label=fmt.clean(figure.label),
        value=fmt.figure_value(figure.value, figure.kind, language, figure.currency),
        explanation=fmt.clean(figure.explanation),
        source=source_line(figure, language),
    )


def _figures(figures: tuple[PrintedFigure, ...]) -> PrintedFigures:
    explanation, source = "", ""
    if len(figures) > 1 and len({figure.explanation for figure in figures}) == 1:
        explanation = figures[0].explanation
        figures = tuple(replace(figure, explanation="") for figure in figures)
    if len(figures) > 1 and len({figure.source for figure in figures}) == 1:
        source = figures[0].source
        figures = tuple(replace(figure, source="") for figure in figures)
    return PrintedFigures(figures, explanation, source)


def source_line(block: Figure | Table, language: str) -> str:
    """Say where a figure or a table comes from and of when it is, in the active language."""
    when = fmt.day(block.as_of, language)
    source = fmt.clean(block.source)
    if not source:
        return _("As of %(date)s") % {"date": when}
    return _("Source: %(source)s · as of %(date)s") % {"source": source, "date": when}


def _table(table: Table, language: str, label: str) -> PrintedTable:
    return PrintedTable(
        key=table.key,
        label=label,
        caption=fmt.clean(table.caption),
        heads=tuple(fmt.clean(column.title) for column in table.columns),
        numeric=tuple(column.kind != "text" for column in table.columns),
        rows=tuple(_row(table, row, language) for row in table.rows),
        source=source_line(table, language),
        explanation=fmt.clean(table.explanation),
        note=fmt.clean(table.note),
    )


def _row(table: Table, row: tuple[Cell, ...], language: str) -> tuple[str, ...]:
    return tuple(
        fmt.cell(cell, column.kind, language) for column, cell in zip(table.columns, row, strict=True)
    )


def _chart(chart: Chart, language: str, label: str) -> PrintedChart:
    table = _table(chart.table, language, label)
    return PrintedChart(chart.key, label, chart, table, _alternative(chart, table))


def _alternative(chart: Chart, table: PrintedTable) -> str:
    kinds: dict[str, Text] = {
        "bar": _("Bar chart"),
        "line": _("Line chart"),
        "stacked": _("Stacked bar chart"),
    }
    opening = f"{kinds[chart.kind]}: {table.caption}."
    if not table.rows:
        return f"{opening} {_('No data.')}"
    rows = [f"{row[chart.x]}: {_values(chart, table, row)}" for row in table.rows[:_ALT_ROWS]]
    rest = len(table.rows) - len(rows)
    more = _(" … and %(count)s more.") % {"count": rest} if rest else "."
    return f"{opening} {'; '.join(rows)}{more}"


def _values(chart: Chart, table: PrintedTable, row: tuple[str, ...]) -> str:
    if len(chart.y) == 1:
        return row[chart.y[0]]
    return ", ".join(f"{table.heads[index]} {row[index]}" for index in chart.y)


def column_shares(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Return the share of a table's width that suits each column; they sum to 1.

    A column asks for its longest cell, but a long text never starves the numbers beside it.
    """
    asked = []
    for index, head in enumerate(heads):
        word = max((len(part) for part in head.split()), default=1)
        longest = max((len(row[index]) for row in rows), default=1)
        asked.append(float(min(max(word, longest, 6), 42)) + 2)
    return [width / sum(asked) for width in asked]
