"""Where in a grid the table stands: header, rows, and what was skipped."""

from __future__ import annotations

from collections.abc import Sequence

from kontor.imports.cells import Cell, column_letter, is_blank, shown
from kontor.imports.grid import Grid, Merge, Note
from kontor.imports.limits import HEADER_WITHIN_ROWS, Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.table import RawRow, RawTable

_LOOKED_AT = 40
# A title fills one or two cells, a header most of the columns.
_HEADER_SHARE = 0.6


def arranged(grid: Grid, limits: Limits) -> RawTable:
    """Return the table in the grid. Raises ImportRefused."""
    rows = [list(row) for row in grid.rows]
    merged = _fill_merged(rows, grid.merges)
    header = _header_row(rows)
    titles = any(not is_blank(cell) for row in rows[:header] for cell in row)
    width = 1 + max(
        (index for row in rows[header:] for index, cell in enumerate(row) if not is_blank(cell)), default=0
    )
    if width > limits.columns:
        raise ImportRefused("import.too_many_columns", columns=limits.columns, found=width)
    headers = tuple(" ".join(shown(cell).split()) for cell in _exactly(rows[header], width))
    body = _body(rows, header, width, limits)
    if not body:
        raise ImportRefused("import.no_rows", row=header + 1)
    if len(body) > limits.rows:
        raise ImportRefused("import.too_many_rows", rows=limits.rows)
    notes = list(grid.notes)
    if titles:
        notes.append(Note("import.title_rows_skipped", {"row": header + 1}))
    if merged:
        notes.append(Note("import.merged_cells_filled", {"cells": merged}))
    return RawTable(headers, body, grid.sheet, tuple(notes), header + 1)


def _header_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the index of the header: the first row of texts that fills most of the columns."""
    filled = [sum(not is_blank(cell) for cell in row) for row in rows[:_LOOKED_AT]]
    widest = max(filled, default=0)
    if not widest:
        raise ImportRefused("import.empty")
    names = [sum(map(_is_name, row)) for row in rows[:HEADER_WITHIN_ROWS]]
    for index, count in enumerate(names):
        if filled[index] < widest * _HEADER_SHARE:
            continue
        if count * 2 > filled[index]:
            return index
        if filled[index] == widest:  # a full row of numbers is data, and nothing above it was a header
            raise ImportRefused("import.no_header", rows=HEADER_WITHIN_ROWS)
    # Where a stray note makes one row wider than the table, the row with most names is the header.
    header = max(range(len(names)), key=lambda index: (names[index], -index))
    if names[header] * 2 <= filled[header]:
        raise ImportRefused("import.no_header", rows=HEADER_WITHIN_ROWS)
    return header


def _is_name(cell: Cell) -> bool:
    """Return whether the cell is a text with a letter: numbers of a CSV file are texts too."""
    return isinstance(cell, str) and any(character.isalpha() for character in cell)


def _body(rows: Sequence[Sequence[Cell]], header: int, width: int, limits: Limits) -> tuple[RawRow, ...]:
    """Return the rows that hold something, without repetitions of the header right below it."""
    head = _exactly(rows[header], width)
    body: list[RawRow] = []
    for index in range(header + 1, len(rows)):
        cells = _exactly(rows[index], width)
        if all(is_blank(cell) for cell in cells) or (not body and cells == head):
            continue
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > limits.cell_chars:
                raise ImportRefused(
                    "import.cell_too_long",
                    row=index + 1,
                    column=column_letter(column),
                    longest=limits.cell_chars,
                )
        body.append(RawRow(index + 1, cells))
    return tuple(body)


def _exactly(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return tuple(row[:width]) + (None,) * (width - len(row))


def _fill_merged(rows: list[list[Cell]], merges: Sequence[Merge]) -> int:
    """Write the value of each cell that was merged downwards into the cells below; return how many.

    Merged areas cannot overlap in a sound file, so together they cannot be longer than the grid.
    """
    left = sum(map(len, rows))
    filled = 0
    for merge in merges:
        last = min(merge.last_row, len(rows) - 1)
        if merge.first_row >= last or merge.column >= len(rows[merge.first_row]):
            continue
        left -= last - merge.first_row
        if left < 0:
            raise ImportRefused("import.damaged")
        value = rows[merge.first_row][merge.column]
        for row in rows[merge.first_row + 1 : last + 1]:
            if value is not None and merge.column < len(row) and row[merge.column] is None:
                row[merge.column] = value
                filled += 1
    return filled
