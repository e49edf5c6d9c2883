"""How much a file may bring."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The bounds of one file; a refusal names the bound that was met.

    unpacked_ratio: unpacked over packed size, asked only above 10 MB unpacked.
    cells:          rows × columns of the used area, because a workbook is read as a full grid.
    cell_chars:     Excel's own bound.
    memory_bytes:   what the process that opens a workbook may take (where the system can enforce it).
    """

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    unpacked_ratio: int = 400
    entries: int = 2_000
    rows: int = 50_000
    columns: int = 200
    cells: int = 5_000_000
    cell_chars: int = 32_767
    memory_bytes: int = 1_500_000_000
    seconds: int = 60


DEFAULT_LIMITS = Limits()
# Title lines, remarks and a logo may stand above the header.
HEADER_WITHIN_ROWS = 15
