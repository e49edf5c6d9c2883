"""CSV and TSV → grid: encoding and delimiter are told from the content, every guess is noted."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from kontor.imports.cells import Cell
from kontor.imports.grid import Grid, Note
from kontor.imports.limits import HEADER_WITHIN_ROWS, Limits
from kontor.imports.refused import ImportRefused

DELIMITERS = (";", ",", "\t")
_SNIFFED_CHARS, _SNIFFED_ROWS = 65_536, 40
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\ufffd]")


def read_grid(data: bytes, limits: Limits) -> Grid:
    """Return the records; the record number is the row number that Excel shows. Raises ImportRefused."""
    text, notes = decoded(data)
    text = text.rstrip("\x1a")  # end mark of old DOS programs
    delimiter, text = _delimiter(text)
    rows: list[list[Cell]] = []
    filled = 0
    for record in _records(text, delimiter):
        while record and not record[-1].strip():
            record.pop()
        filled += bool(record)
        _check(record, len(rows) + 1, filled, limits)
        rows.append([cell if cell.strip() else None for cell in record])
    return Grid(rows, notes=notes)


def _check(record: list[str], number: int, filled: int, limits: Limits) -> None:
    if filled > limits.rows + HEADER_WITHIN_ROWS or number > 10 * limits.rows:
        raise ImportRefused("import.too_many_rows", rows=limits.rows)
    if len(record) > limits.columns:
        raise ImportRefused("import.too_many_columns", columns=limits.columns, found=len(record))


def decoded(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """Return the text and a note where the encoding had to be guessed.

    UTF-8 with or without mark, UTF-16 with mark, else Windows-1252, which is what Excel writes in Germany.
    """
    notes: tuple[Note, ...] = ()
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as problem:
            raise ImportRefused("import.encoding") from problem
        notes = (Note("import.encoding_guessed", {"encoding": "Windows-1252"}),)
    if _CONTROLS.search(text.rstrip("\x1a")):
        raise ImportRefused("import.encoding")
    return text, notes


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter and the text without the line in which Excel names it (sep=;)."""
    if match := re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE):
        return match[1], text[match.end() :]
    sample = text[:_SNIFFED_CHARS]
    return max(DELIMITERS, key=lambda mark: _fitness(sample, mark)), text


def _fitness(sample: str, delimiter: str) -> tuple[float, int]:
    """Return how evenly the delimiter cuts the first records, and into how many cells."""
    widths: list[int] = []
    try:
        for record in _records(sample, delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == _SNIFFED_ROWS:
                break
    except ImportRefused:
        # A cut sample ends inside quotes; a wrong delimiter breaks quotes, and then few records came.
        pass
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 0
    width, times = max(counts.items(), key=lambda item: (item[1] * item[0], item[0]))
    return times / len(widths) * min(len(widths), 3), width


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the records; a quotation mark that does not close is named with the line of its record."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise ImportRefused("import.quotes", line=line) from problem
        line = reader.line_num + 1
        yield record
