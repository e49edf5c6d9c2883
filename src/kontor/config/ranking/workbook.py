"""A study in an Excel workbook with the sheets “criteria” and “scores”."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from kontor.config.ranking.numbers import is_benefit, number, score, weight
from kontor.config.ranking.study import (
    MOST_CANDIDATES,
    MOST_CRITERIA,
    UNKNOWN,
    Fault,
    Range,
    RankStudy,
    StudyCriterion,
    StudyRefused,
    name_faults,
    preference_of,
    refuse,
    scale_faults,
    weight_faults,
)
from kontor.imports.cells import Cell, column_letter, is_blank, shown
from kontor.imports.folding import folded
from kontor.imports.grid import Grid
from kontor.imports.limits import Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import kind_of
from kontor.imports.workbook import read_grids
from kontor.ui.errors import explain

LIMITS = Limits(rows=MOST_CANDIDATES + 10, columns=MOST_CRITERIA + 10)
SHEETS = {"criteria": ("criteria", "kriterien"), "scores": ("scores", "bewertungen")}
# The columns of the sheet “criteria”: what the template calls them first, then other ways to say it.
COLUMNS = {
    "name": ("name", "criterion", "kriterium"),
    "weight": ("weight", "gewicht"),
    "direction": ("direction", "richtung"),
    "low": ("scale low", "skala unten"),
    "high": ("scale high", "skala oben"),
    "below": ("knock-out below", "k.-o. unter"),
    "above": ("knock-out above", "k.-o. über"),
    "shape": ("preference function", "präferenzfunktion"),
    "q": ("q", "indifference"),
    "p": ("p", "preference"),
    "s": ("s", "gaussian s"),
}


def read_workbook(data: bytes, title: str) -> RankStudy:
    """Return the study in the bytes of a workbook. Raises StudyRefused for whatever is wrong with it."""
    sheets = _sheets(data)
    criteria, faults = _criteria(sheets["criteria"])
    refuse(faults)
    candidates, cells, faults = _scores(sheets["scores"], [each.name for each in criteria])
    refuse(faults)
    bounds = np.array(cells, dtype=np.float64).reshape(len(candidates), len(criteria), 2)
    return RankStudy(title, tuple(candidates), tuple(criteria), bounds[:, :, 0], bounds[:, :, 1])


def _sheets(data: bytes) -> dict[str, Grid]:
    try:
        kind = kind_of(data, LIMITS)
        grids = read_grids(data, kind, LIMITS) if kind != "csv" else ()
    except ImportRefused as refusal:
        raise StudyRefused([Fault("", explain(refusal))]) from refusal
    found = {
        wanted: grid
        for wanted, names in SHEETS.items()
        for grid in grids
        if folded(grid.sheet) in map(folded, names)
    }
    missing = [wanted for wanted in SHEETS if wanted not in found]
    refuse([Fault("", f"There is no sheet “{wanted}”, or it is empty.") for wanted in missing])
    return found


def _criteria(grid: Grid) -> tuple[list[StudyCriterion], list[Fault]]:
    top, headings = _headings(grid)
    known = {folded(alias): key for key, aliases in COLUMNS.items() for alias in aliases}
    columns = {known[text]: index for index, text in enumerate(map(folded, headings)) if text in known}
    missing = [key for key in ("name", "weight") if key not in columns]
    if missing:
        place = _at(grid, top)
        return [], [Fault(place, f"There is no column “{COLUMNS[key][0]}”.") for key in missing]
    criteria, faults, names = [], list[Fault](), list[tuple[str, str]]()
    for index, row in _filled(grid, top):
        line = _Line(grid.sheet, index, row, columns)
        criteria.append(_criterion(line))
        names.append((line.place("name"), criteria[-1].name))
        faults += line.faults or scale_faults(criteria[-1], _at(grid, index))
    if not criteria:
        faults.append(Fault(_at(grid, top + 1), "There is no criterion."))
    if not faults:
        faults += weight_faults(criteria, f"{grid.sheet}, column {column_letter(columns['weight'])}")
    return criteria, faults + name_faults(names, "criterion")


class _Line:
    """One row of the sheet “criteria”; what cannot be read is gathered as faults."""

    def __init__(self, sheet: str, index: int, row: Sequence[Cell], columns: Mapping[str, int]) -> None:
        self.sheet, self.index, self.row, self.columns = sheet, index, row, columns
        self.faults: list[Fault] = []

    def cell(self, key: str) -> Cell:
        column = self.columns.get(key)
        return self.row[column] if column is not None and column < len(self.row) else None

    def place(self, key: str) -> str:
        column = self.columns.get(key, 0)
        return f"{self.sheet}, row {self.index + 1}, column {column_letter(column)}"

    def read(self, key: str, parse: Callable[[Cell], Any], otherwise: Any) -> Any:
        try:
            return parse(self.cell(key))
        except ValueError as problem:
            self.faults.append(Fault(self.place(key), str(problem)))
            return otherwise


def _criterion(line: _Line) -> StudyCriterion:
    ends = {key: line.read(key, number, np.nan) for key in ("low", "high", "below", "above")}
    thresholds = {key: line.read(key, _threshold, 0.0) for key in ("q", "p", "s")}

    def preference(cell: Cell) -> Any:
        return preference_of("_".join(shown(cell).casefold().replace("-", " ").split()), thresholds)

    return StudyCriterion(
        name=_name(line.cell("name")),
        weight=line.read("weight", weight, 0.0),
        is_benefit=line.read("direction", is_benefit, True),
        **ends,
        **({"preference": found} if (found := line.read("shape", preference, None)) else {}),
    )


def _threshold(cell: Cell) -> float:
    return 0.0 if is_blank(cell) else number(cell)


def _scores(grid: Grid, criteria: Sequence[str]) -> tuple[list[str], list[list[Range]], list[Fault]]:
    top, headings = _headings(grid)
    named = [
        (f"{grid.sheet}, column {column_letter(at)}", text) for at, text in enumerate(headings) if at and text
    ]
    faults = name_faults(named, "criterion")
    faults += [
        Fault(place, f"“{text}” does not stand among the criteria.")
        for place, text in named
        if text not in criteria
    ]
    columns = [headings.index(name, 1) if name in headings[1:] else None for name in criteria]
    faults += [
        Fault(_at(grid, top), f"There is no column for the criterion “{name}”.")
        for name, column in zip(criteria, columns, strict=True)
        if column is None
    ]
    candidates, cells, names = list[str](), list[list[Range]](), list[tuple[str, str]]()
    for index, row in _filled(grid, top):
        candidates.append(_name(row[0] if row else None))
        names.append((f"{_at(grid, index)}, column A", candidates[-1]))
        cells.append([_score(grid, index, row, column, faults) for column in columns])
    if not candidates:
        faults.append(Fault(_at(grid, top + 1), "There is no candidate."))
    return candidates, cells, faults + name_faults(names, "candidate")


def _score(grid: Grid, index: int, row: Sequence[Cell], column: int | None, faults: list[Fault]) -> Range:
    if column is None or column >= len(row):
        return UNKNOWN
    try:
        return score(row[column])
    except ValueError as problem:
        faults.append(Fault(f"{_at(grid, index)}, column {column_letter(column)}", str(problem)))
        return UNKNOWN


def _headings(grid: Grid) -> tuple[int, list[str]]:
    """Return the index of the first row that holds anything, and its texts."""
    for index, row in enumerate(grid.rows):
        if not all(map(is_blank, row)):
            return index, [_name(cell) for cell in row]
    return 0, []


def _filled(grid: Grid, top: int) -> list[tuple[int, Sequence[Cell]]]:
    rows = list(enumerate(grid.rows))[top + 1 :]
    return [(index, row) for index, row in rows if not all(map(is_blank, row))]


def _name(cell: Cell) -> str:
    return " ".join(shown(cell).split())


def _at(grid: Grid, index: int) -> str:
    return f"{grid.sheet}, row {index + 1}"
