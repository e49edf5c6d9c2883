"""Files → tables → what they tell; a file that cannot be read says why and hinders no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from kontor.countries.reading import cepii, worldbank
from kontor.countries.reading.found import ReadFile
from kontor.countries.reading.heads import Head, head_of
from kontor.countries.reading.unpacking import LIMITS, unpacked
from kontor.imports import delimited, workbook
from kontor.imports.cells import Cell, shown
from kontor.imports.grid import Grid
from kontor.imports.refused import FieldFault, ImportRefused
from kontor.imports.sniff import kind_of

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AMERICAN_DAY = re.compile(r"last updated:? *(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
_MOST_TITLES = 8
MOST_FIGURES = 1_000_000


def read_files(
    uploads: Iterable[tuple[str, bytes]],
    *,
    home: str,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[ReadFile]:
    """Return what each table among the uploads tells; distances only from `home` (ISO, two letters).

    Archives are opened. Raises ImportRefused where all together is too much.
    """
    files = list(unpacked(uploads))
    found: list[ReadFile] = []
    for number, (name, content) in enumerate(files):
        on_progress(number, len(files))
        found += _read_file(name, content, home)
        if sum(series.count for file in found for series in file.series) > MOST_FIGURES:
            raise ImportRefused("country.too_many_figures", most=MOST_FIGURES)
    on_progress(len(files), len(files))
    return found


def _read_file(name: str, content: bytes | ImportRefused, home: str) -> list[ReadFile]:
    if isinstance(content, ImportRefused):
        return [_refused(name, content)]
    try:
        tables = [_read_table(name, grid, home, content) for grid in _grids(content)]
    except ImportRefused as refusal:
        return [_refused(name, refusal)]
    telling = [table for table in tables if table.kind != "other" or not table.problem]
    return [table for table in telling if table.kind != "other"] or telling[:1] or tables[:1]


def _refused(name: str, refusal: ImportRefused) -> ReadFile:
    return ReadFile(name, problem=(refusal.code, {"name": name, **refusal.params}))


def _grids(content: bytes) -> tuple[Grid, ...]:
    kind = kind_of(content, LIMITS)
    if kind == "csv":
        return (delimited.read_grid(content, LIMITS),)
    return workbook.read_grids(content, kind, LIMITS)


def _read_table(name: str, grid: Grid, home: str, content: bytes) -> ReadFile:
    """Return what one sheet tells; one of no known shape has a problem."""
    head = head_of(grid.rows)
    file = ReadFile(name)
    if head is None:
        titles = next((row for row in grid.rows if any(row)), ())
        listed = ", ".join(shown(cell)[:40] for cell in titles[:_MOST_TITLES] if cell is not None)
        file.problem = ("country.not_recognised", {"name": name, "found": listed or "–"})
        return file
    file.updated_on = _updated_on(grid, head)
    try:
        _read(file, grid, head, home, is_from_excel=_is_from_excel(content))
    except FieldFault as refusal:
        file.problem = (refusal.code, {"name": name, **refusal.params})
    return file


def _read(file: ReadFile, grid: Grid, head: Head, home: str, *, is_from_excel: bool) -> None:
    if head.shape == "along":
        file.problem = ("country.only_descriptions", {"name": file.name})
    elif head.shape == "distances":
        cepii.read_distances(file, grid, head, home)
    elif head.shape == "geography":
        cepii.read_geography(file, grid, head)
    else:
        worldbank.read_indicators(file, grid, head, is_from_excel=is_from_excel)


def _is_from_excel(content: bytes) -> bool:
    """Tell a CSV file that German Excel may have saved: parted by semicolons, which no publisher does."""
    first = content[:2000]
    return first.count(b";") > first.count(b",")


def _updated_on(grid: Grid, head: Head) -> date | None:
    """Return the day on which the publisher brought the figures up to date, above or below the table."""
    around = [*_lines(grid, 0, head.row), *_lines(grid, max(len(grid.rows) - 10, head.row), len(grid.rows))]
    for line in around:
        if "last updated" not in line.casefold():
            continue
        try:
            if match := _DAY.search(line):
                return date(int(match[1]), int(match[2]), int(match[3]))
            if match := _AMERICAN_DAY.search(line):
                return date(int(match[3]), int(match[1]), int(match[2]))
        except ValueError:
            continue
    return None


def _lines(grid: Grid, first: int, last: int) -> Iterator[str]:
    rows: Iterable[list[Cell] | tuple[Cell, ...]] = map(list, grid.rows[first:last])
    return (" ".join(shown(cell) for cell in row[:4]) for row in rows)
