"""Workbooks → named sheets of headed rows, as XLSForm lays them out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kontor.imports.cells import Cell, column_letter, is_error, shown
from kontor.imports.grid import Grid
from kontor.imports.limits import Limits
from kontor.imports.workbook import read_grids
from kontor.questionnaires.exchange.carried import Findings, Place

LIMITS = Limits(rows=20_000, columns=500, cells=2_000_000, unpacked_bytes=100_000_000, seconds=30)
READ = ("survey", "choices", "settings")
# Columns that may stand once for each language.
TRANSLATED = (
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "image",
    "audio",
    "video",
)
_ALIASES = {
    **{"command": "type", "tag": "name", "value": "name", "caption": "label", "relevance": "relevant"},
    **{"readonly": "read_only", "calculate": "calculation", "requiredmsg": "required_message"},
    **{"constraining_message": "constraint_message", "count": "repeat_count", "jr:count": "repeat_count"},
    **{"set_form_title": "form_title", "title": "form_title", "set_form_id": "form_id"},
    **{"bind::relevant": "relevant", "bind::required": "required", "bind::constraint": "constraint"},
    **{
        "bind::calculate": "calculation",
        "body::appearance": "appearance",
        "control::appearance": "appearance",
    },
}
_FIRST_SURE_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was


@dataclass(frozen=True)
class Heading:
    """A column heading. key: as XLSForm names it. language: as written behind "::", "" for none."""

    key: str
    language: str = ""

    @property
    def shown(self) -> str:
        """Return the heading as people find it above the column."""
        return f"{self.key}::{self.language}" if self.language else self.key


@dataclass(frozen=True)
class Line:
    """One row. number: as Excel shows it. cells: heading → text; empty cells are left out."""

    sheet: str
    number: int
    cells: Mapping[Heading, str]

    def get(self, key: str, language: str = "") -> str:
        """Return the text under a heading, "" where there is none."""
        return self.cells.get(Heading(key, language), "")

    def at(self, column: str = "") -> Place:
        """Return the place of the row, or of a cell in it."""
        return Place(self.sheet, self.number, column)

    def texts(self, key: str) -> dict[str, str]:
        """Return language name → text of the columns that begin with `key`."""
        return {heading.language: text for heading, text in self.cells.items() if heading.key == key}


@dataclass(frozen=True)
class Sheet:
    """A sheet with its headings in the order of the columns."""

    name: str
    headings: Sequence[Heading] = ()
    lines: Sequence[Line] = field(default=())


def read_sheets(data: bytes, kind: str, findings: Findings) -> dict[str, Sheet]:
    """Return the sheets of an XLSForm by name; what is wrong with headings and cells goes to `findings`.

    Raises ImportRefused where the workbook cannot be opened.
    """
    sheets: dict[str, Sheet] = {}
    for grid in read_grids(data, "xls" if kind == "xls" else "zip", LIMITS):
        name = grid.sheet.strip().lower()
        _check_dates(grid, findings)
        if name in READ and name not in sheets:
            sheets[name] = _sheet(grid, name, findings)
        elif not name.startswith("_"):
            findings.dropped("exchange.sheet_not_carried", Place(grid.sheet))
    return sheets


def heading_of(text: str) -> Heading:
    """Return what a heading means.

    >>> heading_of("label:English (en)"), heading_of("Read only").key, heading_of("media::image").key
    (Heading(key='label', language='English (en)'), 'read_only', 'image')
    """
    parts = [part.strip() for part in re.split(r"::|(?<!jr):(?!:)", text.strip())]
    parts = parts[1:] if len(parts) > 1 and parts[0].lower() == "media" else parts
    first = re.sub(r"\s+", "_", parts[0].lower())
    first = _ALIASES.get(first, first)
    if first in TRANSLATED and len(parts) > 1:
        return Heading(first, " ".join("::".join(parts[1:]).split()))
    key = "::".join([first, *(re.sub(r"\s+", "_", part.lower()) for part in parts[1:])])
    if first == "kontor":
        key = key.replace("::", "_")
    return Heading(_ALIASES.get(key, key))


def _sheet(grid: Grid, name: str, findings: Findings) -> Sheet:
    top = next((number for number, row in enumerate(grid.rows) if any(map(_text, row))), None)
    if top is None:
        return Sheet(name)
    headings = [heading_of(text) if (text := _text(cell)) else None for cell in grid.rows[top]]
    _check_headings(headings, name, top + 1, findings)
    lines = []
    for number, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells: dict[Heading, str] = {}
        for heading, cell in zip(headings, row, strict=False):
            text = _text(cell)
            if heading is None or not text:
                continue
            if is_error(cell):
                findings.fault("exchange.cell_error", Place(name, number, heading.shown), found=text)
            cells.setdefault(heading, text)
        if cells:
            lines.append(Line(name, number, cells))
    return Sheet(name, [heading for heading in headings if heading], lines)


def _check_headings(headings: Sequence[Heading | None], sheet: str, row: int, findings: Findings) -> None:
    columns: dict[Heading, list[str]] = {}
    for index, heading in enumerate(headings):
        if heading:
            columns.setdefault(heading, []).append(column_letter(index))
    for heading, letters in columns.items():
        if len(letters) > 1:
            place = Place(sheet, row, ", ".join(letters[:5]))
            findings.fault("exchange.column_twice", place, heading=heading.shown)


def _check_dates(grid: Grid, findings: Findings) -> None:
    """Refuse days before 1 March 1900: Excel's calendars disagree on which day such a number is."""
    for number, row in enumerate(grid.rows, 1):
        for index, cell in enumerate(row):
            if isinstance(cell, date) and _day(cell) < _FIRST_SURE_DAY:
                above = _text(grid.rows[0][index]) if index < len(grid.rows[0]) else ""
                letter = column_letter(index)
                place = Place(grid.sheet, number, f"{letter} ({above})" if above and number > 1 else letter)
                findings.fault("exchange.date_ambiguous", place, found=_day(cell).isoformat())


def _day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _text(cell: Cell) -> str:
    return shown(cell).replace("\r\n", "\n").strip()


def without(line: Line, *keys: str) -> Line:
    """Return the row without some columns."""
    return replace(
        line, cells={heading: text for heading, text in line.cells.items() if heading.key not in keys}
    )
