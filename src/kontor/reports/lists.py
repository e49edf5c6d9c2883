"""Lists for Excel: XLSX and CSV that open as meant and never run what somebody typed in.

A text that begins like a formula stays a text: in XLSX it is a string, in CSV it gets an apostrophe.
Plain numbers stay numbers, negative ones too.
"""

import csv
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, TypeAlias

import xlsxwriter
from django.utils.timezone import is_aware, localtime

from kontor.reports.format import clean
from kontor.reports.model import Cell, Column, Text

ListCell: TypeAlias = Cell | date | datetime | bool
ListRow: TypeAlias = Sequence[ListCell]

BOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
NUMBER_FORMATS = {"count": "#,##0", "percent": "0.0%", "decimal": "#,##0.00", "year": "0", "text": "General"}
_LONGEST_TEXT = 32_767
_LARGEST = 1e15  # beyond, Excel loses digits
_WIDEST = 60
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]")
_PLAIN_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")


def write_xlsx(title: Text, columns: Sequence[Column], rows: Iterable[ListRow]) -> bytes:
    """Return a workbook with one sheet: bold head that stays in sight, filter, fitting widths."""
    return write_book(title, [(title, columns, rows)])


def write_book(title: Text, sheets: Sequence[tuple[Text, Sequence[Column], Iterable[ListRow]]]) -> bytes:
    """Return a workbook with a sheet for each (title, columns, rows)."""
    file, taken = BytesIO(), set[str]()
    with xlsxwriter.Workbook(file, BOOK_OPTIONS) as book:
        book.set_properties({"title": clean(title)[:255]})
        for name, columns, rows in sheets:
            write_sheet(book, book.add_worksheet(sheet_name(name, taken)), columns, rows)
    return file.getvalue()


def write_csv(columns: Sequence[Column], rows: Iterable[ListRow], language: str = "de") -> bytes:
    """Return a CSV that Excel of the language opens by a double click: semicolon and comma in German."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerow([guarded(clean(column.title)) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(cell, language) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("-12,5"), guarded("- see below"), guarded("Bremen")
    ("'=1+1", '-12,5', "'- see below", 'Bremen')
    """
    if _FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def write_sheet(
    book: Any, sheet: Any, columns: Sequence[Column], rows: Iterable[ListRow], top: int = 0
) -> int:
    """Write a list into a sheet, its head in row `top`; return how many rows it has."""
    heads = {
        numeric: book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", **align})
        for numeric, align in ((False, {}), (True, {"align": "right"}))
    }
    formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in NUMBER_FORMATS.items()}
    formats["date"] = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    widths = [min(max(len(clean(column.title)) + 3, 8), 24) for column in columns]
    for index, column in enumerate(columns):
        sheet.write_string(top, index, clean(column.title)[:_LONGEST_TEXT], heads[column.kind != "text"])
    count = 0
    for count, row in enumerate(rows, start=1):
        for index, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _xlsx_cell(sheet, (top + count, index), cell, column, formats)
            widths[index] = max(widths[index], min(_printed_length(cell), _WIDEST))
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width + 1)
    if columns:
        sheet.autofilter(top, 0, top + max(count, 1), len(columns) - 1)
    sheet.freeze_panes(top + 1, 0)
    return count


def sheet_name(title: Text, taken: set[str]) -> str:
    """Return a name that Excel allows and that is not taken yet; remember it."""
    plain = _shortened(re.sub(r"[\[\]:*?/\\\n]", " ", clean(title)).strip(" '"), 31)
    plain = plain if plain and plain.lower() != "history" else "Kontor"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{_shortened(plain, 30 - len(str(number)))} {number}"
    taken.add(name.lower())
    return name


def _shortened(text: str, units: int) -> str:
    """Cut a text as Excel counts: a character beyond the basic plane counts twice."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").strip(" '")


def _xlsx_cell(
    sheet: Any, place: tuple[int, int], cell: ListCell, column: Column, formats: dict[str, Any]
) -> None:
    if cell is None or cell == "":
        sheet.write_blank(*place, None)
    elif isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif isinstance(cell, int | float | Decimal) and _fits_excel(cell):
        sheet.write_number(*place, cell, formats[column.kind])
    elif isinstance(cell, datetime | date):
        sheet.write_datetime(*place, _naive(cell), formats["date"])
    else:
        sheet.write_string(*place, clean(cell)[:_LONGEST_TEXT])


def _fits_excel(number: int | float | Decimal) -> bool:
    return math.isfinite(number) and abs(float(number)) < _LARGEST


def _naive(moment: date | datetime) -> date | datetime:
    if isinstance(moment, datetime) and is_aware(moment):
        return localtime(moment).replace(tzinfo=None)
    return moment


def _printed_length(cell: ListCell) -> int:
    if isinstance(cell, date):
        return 11
    return max((len(line) for line in clean(cell).split("\n")), default=0) if cell is not None else 0


def _csv_cell(cell: ListCell, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _naive(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, bool | date):
        return str(cell)
    if isinstance(cell, int | float | Decimal):
        number = format(cell, "f") if isinstance(cell, Decimal) else str(cell)
        return number.replace(".", ",") if language == "de" else number
    return guarded(clean(cell))
