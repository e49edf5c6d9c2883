"""Report → workbook: an overview with the figures, then a sheet for each table and each chart's table."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.reports import format as fmt
from kontor.reports.lists import BOOK_OPTIONS, sheet_name, write_sheet
from kontor.reports.model import Chart, Figure, Report, Table, keyed_blocks
from kontor.reports.printed import source_line

_MONEY = "#,##0.00"
_PATTERNS = {"count": "#,##0", "percent": "0.0%", "decimal": "#,##0.00", "text": "General"}


def render_xlsx(report: Report) -> bytes:
    """Return the report's figures and tables as a workbook; numbers stay numbers."""
    file = BytesIO()
    with override(report.language), xlsxwriter.Workbook(file, BOOK_OPTIONS) as book:
        book.set_properties(
            {"title": fmt.clean(report.title)[:255], "author": fmt.clean(report.author)[:255]}
        )
        taken: set[str] = set()
        overview = book.add_worksheet(sheet_name(_("Overview"), taken))
        figures = [block for block in keyed_blocks(report) if isinstance(block, Figure)]
        tables = [
            block.table if isinstance(block, Chart) else block
            for block in keyed_blocks(report)
            if isinstance(block, Chart | Table)
        ]
        links = []
        for number, table in enumerate(tables, start=1):
            name = sheet_name(f"{number} {fmt.clean(table.caption)}", taken)
            _table(book, book.add_worksheet(name), table, report.language)
            links.append((name, fmt.clean(table.caption)))
        _overview(book, overview, report, figures, links)
    return file.getvalue()


def _overview(
    book: Any, sheet: Any, report: Report, figures: list[Figure], links: list[tuple[str, str]]
) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#0f3d5c"})
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top"})
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 3, 52)
    sheet.write_string(0, 0, fmt.clean(report.title), title)
    sheet.write_string(1, 0, fmt.clean(report.subtitle))
    sheet.write_string(2, 0, f"{fmt.clean(report.author)} · {fmt.day(report.as_of, report.language)}")
    for index, head in enumerate((_("Indicator"), _("Value"), _("How it came about"), _("Source"))):
        sheet.write_string(4, index, head, bold)
    for row, figure in enumerate(figures, start=5):
        sheet.write_string(row, 0, fmt.clean(figure.label), wrap)
        _value(book, sheet, row, figure)
        sheet.write_string(row, 2, fmt.clean(figure.explanation), wrap)
        sheet.write_string(row, 3, source_line(figure, report.language), wrap)
    below = 6 + len(figures)
    sheet.write_string(below, 0, _("Tables"), bold)
    for row, (name, caption) in enumerate(links, start=below + 1):
        quoted = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", string=caption[:200] or name)
    sheet.set_row(0, 24, top)


def _value(book: Any, sheet: Any, row: int, figure: Figure) -> None:
    if figure.value is None:
        sheet.write_string(row, 1, fmt.NOT_KNOWN, book.add_format({"align": "right", "valign": "top"}))
    elif isinstance(figure.value, str) or figure.kind == "text":
        sheet.write_string(row, 1, fmt.clean(figure.value), book.add_format({"valign": "top"}))
    else:
        pattern = _PATTERNS.get(figure.kind, f'{_MONEY} "{fmt.clean(figure.currency)[:3]}"')
        number = float(figure.value) if fmt.is_known(figure.value) else None
        shape = book.add_format({"num_format": pattern, "valign": "top"})
        sheet.write(row, 1, number, shape)


def _table(book: Any, sheet: Any, table: Table, language: str) -> None:
    bold = book.add_format({"bold": True, "font_size": 13, "font_color": "#0f3d5c"})
    muted = book.add_format({"font_color": "#4a5a66"})
    sheet.write_string(0, 0, fmt.clean(table.caption), bold)
    sheet.write_string(1, 0, source_line(table, language), muted)
    count = write_sheet(book, sheet, table.columns, table.rows, top=3)
    notes = [text for text in (fmt.clean(table.note), fmt.clean(table.explanation)) if text]
    for row, note in enumerate(notes, start=count + 5):
        sheet.write_string(row, 0, note, muted)
