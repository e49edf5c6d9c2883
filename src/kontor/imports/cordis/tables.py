"""The files of a CORDIS export: which is which, and their cells, with every cleaning written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import TypeVar

from kontor.imports import parsers
from kontor.imports.cells import Cell, column_letter, shown
from kontor.imports.fields import LONGEST_QUOTE, Fault
from kontor.imports.limits import Limits
from kontor.imports.refused import FieldFault, ImportRefused
from kontor.imports.table import RawRow, read_table

# The complete Horizon Europe dump: over 100,000 participations, objectives of 2,000 characters.
CORDIS_LIMITS = Limits(
    file_bytes=400_000_000,
    unpacked_bytes=1_000_000_000,
    rows=500_000,
    cells=30_000_000,
    memory_bytes=4_000_000_000,
    seconds=600,
)
_NAMES = {
    "project": "projects",
    "projects": "projects",
    "organization": "participants",
    "organisation": "participants",
    "participants": "participants",
    "euroscivoc": "sciences",
    "topics": "topics",
    "legalbasis": "legal_bases",
}
_REQUIRED = {
    "projects": (("id", "projectID"), ("acronym",), ("title",), ("startDate",), ("objective",)),
    "participants": (
        ("projectID",),
        ("organisationID",),
        ("name",),
        ("shortName",),
        ("activityType",),
        ("country",),
        ("role",),
        ("ecContribution",),
    ),
    "sciences": (("projectID",), ("euroSciVocCode",), ("euroSciVocPath",), ("euroSciVocTitle",)),
    "topics": (("projectID",), ("topic",), ("title",)),
    "legal_bases": (("projectID",), ("legalBasis",), ("title",)),
}
_NEEDED = ("projects", "participants")
_OWN_CODES = frozenset(("EL", "UK"))
_KINDS = frozenset(("HES", "REC", "PRC", "PUB", "OTH"))
_Value = TypeVar("_Value")


class CordisTable:
    """One file of the export; `faults` grows with every cell that had to be cleaned."""

    def __init__(self, data: bytes, file: str, table: str, faults: list[Fault]) -> None:
        raw = read_table(data, file, limits=CORDIS_LIMITS)
        self.file = file
        self.rows: tuple[RawRow, ...] = raw.rows
        self.faults = faults
        self._headers = raw.headers
        self._index: dict[str, int] = {}
        for index, header in enumerate(raw.headers):
            self._index.setdefault(header.casefold(), index)
        for spellings in _REQUIRED[table]:
            if not any(spelling.casefold() in self._index for spelling in spellings):
                raise ImportRefused("import.missing_column", file=file, column=spellings[0])

    def cell(self, row: RawRow, *columns: str) -> Cell:
        """Return the cell of the first of these columns that the file has."""
        for column in columns:
            index = self._index.get(column.casefold())
            if index is not None:
                return row.cells[index]
        return None

    def text(self, row: RawRow, *columns: str) -> str:
        """Return the cell as text on one line."""
        return parsers.text(self.cell(row, *columns))

    def parsed(self, row: RawRow, column: str, parse: Callable[[Cell], _Value], empty: _Value) -> _Value:
        """Return the value; a cell that cannot be read is written down and left empty."""
        try:
            return parse(self.cell(row, column))
        except FieldFault:
            self.report(row, column, "cordis.not_readable", "")
            return empty

    def report(self, row: RawRow, column: str, code: str, taken: str) -> None:
        """Write down what was found and what was taken instead."""
        index = self._index.get(column.casefold())
        found = shown(self.cell(row, column))[:LONGEST_QUOTE]
        self.faults.append(
            Fault(
                row=row.number,
                column=column if index is None else self._headers[index],
                column_letter="" if index is None else column_letter(index),
                code=code,
                params={"value": found, "taken": taken},
                value=found,
                taken=taken,
                file=self.file,
            )
        )

    def once(self, row: RawRow, column: str) -> str:
        """Return the text of the cell; a value that stands more than once (PRC;PRC) is taken once."""
        found = self.text(row, column)
        parts = list(dict.fromkeys(part.strip() for part in found.split(";") if part.strip()))
        if ";" in found and len(parts) == 1:
            self.report(row, column, "cordis.repeated_value", parts[0])
            return parts[0]
        return found

    def kind_code(self, row: RawRow) -> str:
        """Return the kind of organisation, or "" where the code is unknown."""
        found = self.once(row, "activityType").upper()
        if found and found not in _KINDS:
            self.report(row, "activityType", "cordis.not_readable", "")
            return ""
        return found

    def country(self, row: RawRow) -> str:
        """Return the ISO code; the Commission's own EL and UK are written down as cleaned."""
        found = self.once(row, "country")
        try:
            code = parsers.country(found) or ""
        except FieldFault:
            self.report(row, "country", "cordis.not_readable", "")
            return ""
        if found.upper() in _OWN_CODES:
            self.report(row, "country", "cordis.country_code", code)
        return code

    def website(self, row: RawRow) -> str:
        """Return the first website of the cell; where it holds several, the others are written down."""
        column = "organizationURL"
        parts = [part.strip() for part in self.text(row, column).split(";") if part.strip()]
        try:
            first = parsers.website(parts[0]) if parts else ""
        except FieldFault:
            self.report(row, column, "cordis.not_readable", "")
            return ""
        if len(parts) > 1:
            self.report(row, column, "cordis.first_of_several", first)
        return first


def tables(files: Mapping[str, bytes], faults: list[Fault]) -> dict[str, CordisTable]:
    """Return the tables of the export by what they hold. Raises ImportRefused where one is missing."""
    found = dict(_recognised(files))
    if not found:
        raise ImportRefused("import.not_cordis")
    for table in _NEEDED:
        if table not in found:
            ecsel = any(PurePath(name).stem in ("participants", "projects") for name in files)
            official = {"projects": "project.csv", "participants": "organization.csv"}
            raise ImportRefused("import.missing_file", file=f"{table}.xlsx" if ecsel else official[table])
    opened: dict[str, CordisTable] = {}
    for table, file in found.items():
        try:
            opened[table] = CordisTable(files[file], PurePath(file).name, table, faults)
        except ImportRefused as refusal:
            if table in _NEEDED or refusal.code not in ("import.no_rows", "import.empty"):
                raise
    return opened


def _recognised(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield what a file holds, and its name: project.csv, project_df_100.csv, projects.xlsx and the like."""
    for file in sorted(files, reverse=True):
        match = re.fullmatch(r"([a-z]+)(?:[_ .-].*)?\.(?:csv|tsv|xlsx|ods)", PurePath(file).name.casefold())
        if match and match[1] in _NAMES:
            yield _NAMES[match[1]], file


def money(cell: Cell) -> Decimal | None:
    """Return the amount; CORDIS groups no digits, so a single comma or point is the decimal mark."""
    if isinstance(cell, str):
        found = cell.strip().replace(",", ".")
        try:
            value = Decimal(found) if found else None
        except InvalidOperation as problem:
            raise FieldFault("field.number") from problem
        if value is not None and not value.is_finite():
            raise FieldFault("field.number")
        return value
    return parsers.decimal(cell)
