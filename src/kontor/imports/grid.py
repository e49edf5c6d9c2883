"""The common shape of what the readers found, before anyone looks for a header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kontor.imports.cells import Cell


@dataclass(frozen=True)
class Note:
    """Something that the reader decided and the person should know; `code` has a sentence."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Merge:
    """A merged area: zero-based first and last row, and its first column."""

    first_row: int
    last_row: int
    column: int


@dataclass(frozen=True)
class Grid:
    """Rows of cells, row 0 being the first row of the sheet, column 0 its column A."""

    rows: Sequence[Sequence[Cell]]
    sheet: str = ""
    notes: tuple[Note, ...] = ()
    merges: tuple[Merge, ...] = ()
