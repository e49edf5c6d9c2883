"""What an import of scores would write: candidates down, criteria across, faults by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kontor.imports.cells import Cell, column_letter, is_blank, is_error, shown
from kontor.imports.fields import Fault
from kontor.imports.folding import folded
from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.imports.table import RawRow, RawTable
from kontor.studies.models import StudyCandidate
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.services.judging import Judgement, checked

_RANGE = re.compile(r"^(-?[\d.,]+)\s*(?:–|—|-|bis|to|\.\.\.?|…)\s*(-?[\d.,]+)$")
_UNKNOWN = {"?", "n/a", "na", "k. a.", "k.a.", "unbekannt", "unknown", "not known"}
_YES_NO = {
    "ja": 1.0,
    "yes": 1.0,
    "j": 1.0,
    "y": 1.0,
    "true": 1.0,
    "nein": 0.0,
    "no": 0.0,
    "n": 0.0,
    "false": 0.0,
}
_LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class ImportPlan:
    """What can be written. ready: (candidate, criterion) → judgement; empty: cells left alone.

    ignored: headers that name no criterion and were passed over because their columns are empty.
    """

    ready: Mapping[tuple[int, int], Judgement]
    faults: tuple[Fault, ...]
    empty: int
    criteria: tuple[str, ...]
    candidates: tuple[str, ...]
    sheet: str

    @property
    def can_run(self) -> bool:
        """True where everything can be written as it stands."""
        return bool(self.ready) and not self.faults

    @property
    def unknown(self) -> int:
        """Return how many cells say "not known"."""
        return sum(each.is_unknown for each in self.ready.values())


def plan_import(
    table: RawTable, candidates: Sequence[StudyCandidate], criteria: Sequence[NamedCriterion]
) -> ImportPlan:
    """Return what a table would write; nothing is asked or stored."""
    columns, faults = _columns(table, criteria)
    known = _candidates(candidates)
    ready: dict[tuple[int, int], Judgement] = {}
    seen: dict[int, int] = {}
    empty, names = 0, []
    for row in table.rows:
        candidate = known.get(folded(shown(row.cells[0]))) if row.cells else None
        fault = _row_fault(table, row, candidate, seen)
        if fault is not None:
            faults.append(fault)
            continue
        assert candidate is not None
        seen[candidate.pk] = row.number
        names.append(str(candidate))
        for index, criterion in columns.items():
            found = _read(table, row, index, criterion)
            if isinstance(found, Fault):
                faults.append(found)
            elif found is None:
                empty += 1
            else:
                ready[candidate.pk, criterion.pk] = found
    ordered = tuple(sorted(faults, key=lambda each: (each.row, len(each.column_letter), each.column_letter)))
    return ImportPlan(
        ready, ordered, empty, tuple(each.name for each in columns.values()), tuple(names), table.sheet
    )


def read_score(cell: Cell, criterion: NamedCriterion) -> Judgement | None:
    """Return what a cell says, None where it is empty: a number, "3–4", or "?" for not known.

    Raises FieldFault or StudyError.
    """
    if is_blank(cell):
        return None
    text = shown(cell).strip()
    if text.casefold() in _UNKNOWN:
        return Judgement(None)
    if criterion.scale == "yes_no" and (isinstance(cell, bool) or text.casefold() in _YES_NO):
        judgement = Judgement(float(cell) if isinstance(cell, bool) else _YES_NO[text.casefold()])
    elif match := _RANGE.match(text) if isinstance(cell, str) else None:
        low, high = (float(decimal(part) or 0) for part in match.groups())
        judgement = Judgement((low + high) / 2, low, high)
    else:
        number = decimal(text.rstrip("% ") if isinstance(cell, str) else cell)
        judgement = Judgement(None if number is None else float(number))
    checked(judgement, criterion.row)
    return judgement


def _columns(
    table: RawTable, criteria: Sequence[NamedCriterion]
) -> tuple[dict[int, NamedCriterion], list[Fault]]:
    """Return index → criterion, and a fault for each column with values that no criterion stands for."""
    known: dict[str, NamedCriterion] = {}
    for criterion in criteria:
        for name in (*(criterion.frozen.name.localize(code) for code in _LANGUAGES), criterion.code):
            known.setdefault(folded(name), criterion)
    columns: dict[int, NamedCriterion] = {}
    faults = []
    for index, header in enumerate(table.headers[1:], 1):
        found = known.get(folded(header))
        if found is not None and found not in columns.values():
            columns[index] = found
        elif _has_values(table, index):
            code = "score_import.column_twice" if found else "score_import.column_unknown"
            faults.append(Fault(table.header_row, header, column_letter(index), code, {}, header))
    if not columns:
        faults.append(Fault(table.header_row, "", "", "score_import.no_column"))
    return columns, faults


def _candidates(candidates: Iterable[StudyCandidate]) -> dict[str, StudyCandidate]:
    known: dict[str, StudyCandidate] = {}
    for candidate in candidates:
        for name in (candidate.partner.name, candidate.partner.short_name):
            if name:
                known.setdefault(folded(name), candidate)
    return known


def _row_fault(
    table: RawTable, row: RawRow, candidate: StudyCandidate | None, seen: Mapping[int, int]
) -> Fault | None:
    header, name = table.headers[0] if table.headers else "", shown(row.cells[0]) if row.cells else ""
    if candidate is None:
        return Fault(row.number, header, "A", "score_import.candidate_unknown", {"name": name}, name)
    if candidate.pk in seen:
        return Fault(
            row.number, header, "A", "score_import.candidate_twice", {"row": seen[candidate.pk]}, name
        )
    return None


def _read(table: RawTable, row: RawRow, index: int, criterion: NamedCriterion) -> Judgement | Fault | None:
    cell = row.cells[index]
    place = (row.number, table.headers[index], column_letter(index))
    if is_error(cell):
        return Fault(*place, "score_import.broken_formula", {}, shown(cell))
    try:
        return read_score(cell, criterion)
    except (FieldFault, StudyError) as problem:
        return Fault(*place, problem.code, {"value": shown(cell)} | problem.params, shown(cell))


def _has_values(table: RawTable, index: int) -> bool:
    return any(not is_blank(row.cells[index]) for row in table.rows)
