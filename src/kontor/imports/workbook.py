"""Workbooks (.xlsx, .ods, .xls) → grid, read in a bounded process of their own."""

from __future__ import annotations

import json
import subprocess  # nosec B404 # our own script, our own interpreter, no shell
import sys
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from kontor.imports.archive import inspected
from kontor.imports.cells import Cell, plain
from kontor.imports.grid import Grid, Merge, Note
from kontor.imports.limits import HEADER_WITHIN_ROWS, Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import Kind

_PROCESS = Path(__file__).with_name("workbook_process.py")
# How rlimits end a process: abort after a failed allocation, kill, CPU time.
_OUT_OF_BOUNDS = (-6, -9, -24, 134, 137)


def read_grid(data: bytes, kind: Kind, limits: Limits) -> Grid:
    """Return the first sheet with data. Raises ImportRefused for whatever goes wrong."""
    if kind == "zip":
        data = inspected(data, limits)
    lines = _told(data, limits, every_sheet=False)
    return _grid(lines[0], lines[1:])


def read_grids(data: bytes, kind: Kind, limits: Limits) -> tuple[Grid, ...]:
    """Return every sheet that holds anything, hidden ones too; the limits hold for each, unpacked for all.

    Raises ImportRefused for whatever goes wrong, "import.empty" where no sheet holds anything.
    """
    if kind == "zip":
        data = inspected(data, limits)
    grids: list[tuple[str, list[str]]] = []
    for line in _told(data, limits, every_sheet=True):
        if line.startswith("{"):
            grids.append((line, []))
        else:
            grids[-1][1].append(line)
    return tuple(_grid(meta, rows) for meta, rows in grids)


def _told(data: bytes, limits: Limits, *, every_sheet: bool) -> list[str]:
    """Return what the process tells, or raise its refusal."""
    lines = _answer(data, limits, every_sheet=every_sheet).splitlines()
    if not lines:
        raise ImportRefused("import.empty" if every_sheet else "import.damaged")
    for line in (lines[0], lines[-1]):
        found = json.loads(line)
        if isinstance(found, dict) and "refused" in found:
            raise ImportRefused(found["refused"], **found["params"])
    return lines


def _grid(meta_line: str, lines: list[str]) -> Grid:
    meta = json.loads(meta_line)
    return Grid(
        rows=_rows(lines, [None] * meta["column"]),
        sheet=meta["sheet"],
        notes=_notes(meta),
        merges=tuple(Merge(*merge) for merge in meta["merges"]),
    )


def _answer(data: bytes, limits: Limits, *, every_sheet: bool) -> str:
    """Run the process; its death is a refusal."""
    bounds = json.dumps(
        {**asdict(limits), "header_within_rows": HEADER_WITHIN_ROWS, "every_sheet": every_sheet}
    )
    command = [sys.executable, "-P", "-X", "utf8", str(_PROCESS), bounds]
    too_large = ImportRefused("import.too_large_unpacked", megabytes=limits.unpacked_bytes // 1_000_000)
    try:
        ended = subprocess.run(  # noqa: S603 # nosec B603
            command, input=data, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise too_large from problem
    if ended.returncode in _OUT_OF_BOUNDS or (ended.returncode and b"MemoryError" in ended.stderr[-500:]):
        raise too_large
    if ended.returncode:
        raise ImportRefused("import.damaged")
    return ended.stdout.decode()


def _rows(lines: list[str], indent: list[Cell]) -> list[list[Cell]]:
    return [indent + [plain(_untagged(cell)) for cell in json.loads(line)] for line in lines]


def _untagged(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return None if cell == "" else cell
    ((tag, value),) = cell.items()
    if tag == "seconds":
        return timedelta(seconds=value)
    kinds: dict[str, type[date | time]] = {"datetime": datetime, "date": date, "time": time}
    return kinds[tag].fromisoformat(value)


def _notes(meta: dict[str, Any]) -> tuple[Note, ...]:
    others = [name for name in meta["sheets"] if name != meta["sheet"]]
    if not others:
        return ()
    return (Note("import.other_sheets", {"sheet": meta["sheet"], "others": ", ".join(others[:10])}),)
