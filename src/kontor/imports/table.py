"""Bytes of any office table → headers and rows, or one refusal that a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from kontor.imports.cells import Cell
from kontor.imports.grid import Note
from kontor.imports.limits import DEFAULT_LIMITS, Limits
from kontor.imports.refused import ImportRefused

__all__ = ["Cell", "Limits", "Note", "RawRow", "RawTable", "read_table"]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as found. number: the row number that Excel shows. cells: as many as there are headers."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RawTable:
    """A table as found: cells have the types of the file, nothing is interpreted yet.

    headers:    one per column, "" where the header is empty; index 0 is column A.
    rows:       rows that hold at least one value, below the header.
    sheet:      the name of the sheet, "" for CSV.
    header_row: the row number of the header.
    """

    headers: tuple[str, ...]
    rows: tuple[RawRow, ...]
    sheet: str = ""
    notes: tuple[Note, ...] = ()
    header_row: int = 1


def read_table(data: bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> RawTable:
    """Return the table in the bytes of an .xlsx, .ods, .xls, .csv or .tsv file.

    The content decides what it is, not the name. Raises ImportRefused, and nothing else, for any bytes.
    """
    from kontor.imports import delimited, layout, workbook
    from kontor.imports.sniff import kind_of

    try:
        kind = kind_of(data, limits)
        grid = delimited.read_grid(data, limits) if kind == "csv" else workbook.read_grid(data, kind, limits)
        return layout.arranged(grid, limits)
    except ImportRefused as refusal:
        refusal.params.setdefault("name", PurePath(filename).name)
        raise
