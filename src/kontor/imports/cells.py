"""What can stand in a cell, and how a person reads it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

# None is an empty cell; error cells (#REF!) arrive as the text that Excel shows.
Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

_ERRORS = frozenset(
    (
        *("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!"),
        # German Excel writes these into CSV files.
        *("#BEZUG!", "#NV", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "#FELD!"),
    )
)


def is_error(cell: Cell) -> bool:
    """Return whether the cell holds the error of a broken formula."""
    if not isinstance(cell, str) or not cell:
        return False
    # LibreOffice numbers some of its errors (Err:522).
    return cell in _ERRORS or (cell.startswith("Err:") and cell[4:].isdigit())


def is_blank(cell: Cell) -> bool:
    """Return whether a person would call the cell empty."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """Return the cell as text, the way a person would type it.

    >>> shown(100.0), shown(date(2026, 11, 21)), shown(None)
    ('100', '2026-11-21', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def plain(cell: Cell) -> Cell:
    """Return the cell without the accidents of the file format.

    Whole floats become integers (Excel knows no integers), midnight becomes a date, empty text becomes None.
    """
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def column_letter(index: int) -> str:
    """Return the letters that Excel shows above the column with this zero-based index.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
