"""Columns → fields: the mapping is guessed, every cell is parsed, every fault has its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from kontor.imports.cells import Cell, column_letter, is_error, shown
from kontor.imports.folding import folded
from kontor.imports.refused import FieldFault
from kontor.imports.table import RawRow, RawTable

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

SIMILAR_ENOUGH = 86.0
LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Field:
    """One thing to read from each row.

    aliases: headers that mean this field, German and English, in any case and spelling of umlauts.
    parse:   cell → value; is also asked for empty cells and must answer with the empty value
             ("" for texts, () for lists, None for all else). Raises FieldFault.
    """

    name: str
    label: StrOrPromise
    aliases: tuple[str, ...]
    parse: Callable[[Cell], object]
    required: bool = False
    help: StrOrPromise = ""


@dataclass(frozen=True)
class Fault:
    """One cell that could not be taken (or was cleaned: then `taken` says what was taken instead).

    column: the header as found; column_letter: "" where the file has no such column.
    code, params: the sentence in `ui.sentences.imports`.
    """

    row: int
    column: str
    column_letter: str
    code: str
    params: dict[str, object] = field(default_factory=dict)
    value: str = ""
    taken: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """The values of one row by field name; every field is there, refused cells hold None."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Parsed:
    """All rows, in the order of the file, and all faults, by row and column."""

    rows: tuple[ParsedRow, ...]
    faults: tuple[Fault, ...]


def normalised(header: str) -> str:
    """Return the header for comparing, without what stands in brackets.

    >>> normalised("Straße / Hausnr. (Pflichtfeld)*")
    'strasse hausnr'
    """
    return folded(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header)) or folded(header)


def guess_mapping(headers: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Return field name → column index for every field whose column can be told from the header.

    Equal names win over similar ones; each column is used once; the same input gives the same answer.
    """
    candidates: list[tuple[float, int, int]] = []
    columns = [normalised(header) for header in headers]
    for place, wanted in enumerate(fields):
        names = {normalised(name) for name in (wanted.name, str(wanted.label), *wanted.aliases)} - {""}
        for index, column in enumerate(columns):
            score = max((_similarity(column, name) for name in names), default=0.0) if column else 0.0
            if score >= SIMILAR_ENOUGH:
                candidates.append((-score, place, index))
    mapping: dict[str, int] = {}
    used: set[int] = set()
    for _score, place, index in sorted(candidates):
        if fields[place].name not in mapping and index not in used:
            mapping[fields[place].name] = index
            used.add(index)
    return mapping


def _similarity(column: str, name: str) -> float:
    """Return 0 to 100; short names must be equal, because "Ort" and "Art" are one letter apart."""
    if column == name:
        return 100.0
    if min(len(column), len(name)) < 5:
        return 0.0
    return min(99.0, max(fuzz.ratio(column, name), fuzz.token_sort_ratio(column, name)))


def read_rows(table: RawTable, mapping: Mapping[str, int], fields: Sequence[Field]) -> Parsed:
    """Return every row with typed values and every fault; nothing is raised for a bad cell."""
    faults = list(_missing_columns(table, mapping, fields))
    rows: list[ParsedRow] = []
    for row in table.rows:
        values: dict[str, Any] = {}
        for wanted in fields:
            index = mapping.get(wanted.name)
            value, fault = _read_cell(table, row, wanted, index)
            values[wanted.name] = value
            if fault:
                faults.append(fault)
        rows.append(ParsedRow(row.number, values))
    return Parsed(tuple(rows), tuple(faults))


def _missing_columns(table: RawTable, mapping: Mapping[str, int], fields: Sequence[Field]) -> Iterator[Fault]:
    """Yield one fault, at the header row, for each required field without a column."""
    for wanted in fields:
        if wanted.required and wanted.name not in mapping:
            yield Fault(
                table.header_row, str(wanted.label), "", "field.no_column", {"field": str(wanted.label)}
            )


def _read_cell(table: RawTable, row: RawRow, wanted: Field, index: int | None) -> tuple[object, Fault | None]:
    """Return the value and None, or the empty value and the fault."""
    if index is None:
        return wanted.parse(None), None
    cell = row.cells[index] if index < len(row.cells) else None
    try:
        if is_error(cell):
            raise FieldFault("field.formula_error")
        value = wanted.parse(cell)
        if wanted.required and value in (None, "", ()):
            raise FieldFault("field.required")
    except FieldFault as problem:
        header = table.headers[index] if index < len(table.headers) else ""
        params = {"field": str(wanted.label), "value": shown(cell)[:LONGEST_QUOTE], **problem.params}
        value = params["value"]
        return None, Fault(
            row.number, header or str(wanted.label), column_letter(index), problem.code, params, str(value)
        )
    return value, None
