"""Open one workbook in a process of its own: bytes on stdin, JSON lines on stdout.

A workbook that claims a cell in column XFD of row 1,048,576 makes the reader ask for 300 GB, and a failed
allocation ends the whole process. So this process has bounds of its own, and its end is an answer. It is
started by path, not imported, and uses nothing of Kontor.

First line:  {"sheet": name, "sheets": [names], "column": first column, "merges": [[row, row, column], ...]}
Other lines: one row each, from row 1 on; dates and times as {"date": iso}, {"datetime": iso}, {"time": iso},
             durations as {"seconds": number}.
With the limit "every_sheet" this is told of each sheet in turn, else of the first one with data.
A refusal is one line {"refused": code, "params": {...}}.
"""

import contextlib
import datetime
import io
import json
import sys
from typing import Any

import python_calamine as calamine


def main() -> None:
    """Answer on stdout."""
    limits = json.loads(sys.argv[1])
    _bound(limits["memory_bytes"], limits["seconds"])
    out = sys.stdout
    try:
        _write(out, sys.stdin.buffer.read(), limits)
    except _RefusedError as refusal:
        out.write(json.dumps({"refused": refusal.args[0], "params": refusal.args[1]}) + "\n")
    except calamine.PasswordError:
        out.write(json.dumps({"refused": "import.encrypted", "params": {}}) + "\n")


class _RefusedError(Exception):
    """A code and its parameters, on the way to stdout."""


def _bound(memory_bytes: int, seconds: int) -> None:
    """Let the system end this process where it takes too much; not every system can."""
    try:
        import resource
    except ImportError:
        return
    bounds = ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    for bound, value in bounds:
        # macOS refuses some bounds; a tighter one may already hold.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(bound, (value, value))


def _write(out: Any, data: bytes, limits: dict[str, int]) -> None:
    workbook = calamine.load_workbook(io.BytesIO(data))
    left = limits["unpacked_bytes"]
    if limits.get("every_sheet"):
        for sheet in _all_with_data(workbook):
            left = _write_sheet(out, workbook, sheet, {**limits, "unpacked_bytes": left})
        return
    first = _first_with_data(workbook)
    if first is None:
        raise _RefusedError("import.empty", {})
    _write_sheet(out, workbook, first, limits)


def _write_sheet(out: Any, workbook: Any, sheet: Any, limits: dict[str, int]) -> int:
    """Tell one sheet; return how many bytes are left for others."""
    _check_size(sheet, limits)
    merges = [[first[0], last[0], first[1]] for first, last in _merges(sheet)]
    meta = {"sheet": sheet.name, "sheets": workbook.sheet_names, "column": sheet.start[1], "merges": merges}
    out.write(json.dumps(meta) + "\n")
    left = limits["unpacked_bytes"]
    for row in sheet.iter_rows():
        line = json.dumps(row, default=_tagged)
        left -= len(line)
        if left < 0:
            raise _RefusedError(
                "import.too_large_unpacked", {"megabytes": limits["unpacked_bytes"] // 1_000_000}
            )
        out.write(line + "\n")
    return left


def _all_with_data(workbook: Any) -> list[Any]:
    """Return the sheets that hold anything, in their order, hidden ones too."""
    tables = [found for found in workbook.sheets_metadata if found.typ == calamine.SheetTypeEnum.WorkSheet]
    sheets = [workbook.get_sheet_by_name(found.name) for found in tables]
    return [sheet for sheet in sheets if sheet.start is not None]


def _first_with_data(workbook: Any) -> Any:
    """Return the first visible sheet that holds a table; else the first that holds anything."""
    visible = calamine.SheetVisibleEnum.Visible
    metadata = sorted(workbook.sheets_metadata, key=lambda found: found.visible != visible)
    spare = None
    for found in metadata:
        if found.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(found.name)
        if sheet.start is None:
            continue
        if sheet.end[0] > sheet.start[0] and found.visible == visible:
            return sheet
        spare = spare or sheet
    return spare


def _check_size(sheet: Any, limits: dict[str, int]) -> None:
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows > limits["rows"] + limits["header_within_rows"]:
        raise _RefusedError("import.too_many_rows", {"rows": limits["rows"]})
    if columns > limits["columns"]:
        raise _RefusedError("import.too_many_columns", {"columns": limits["columns"], "found": columns})
    if rows * columns > limits["cells"]:
        raise _RefusedError("import.too_many_cells", {"cells": limits["cells"], "found": rows * columns})


def _merges(sheet: Any) -> Any:
    """Return merged areas; formats that tell none have none."""
    try:
        return sheet.merged_cell_ranges or []
    except calamine.CalamineError:
        return []


def _tagged(value: object) -> dict[str, object]:
    if isinstance(value, datetime.timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, datetime.datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    main()
