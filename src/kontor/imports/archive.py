"""Inspection of an .xlsx or .ods archive before any reader touches it.

Nothing of the uploaded archive is handed on: what was read and found harmless is packed anew, so no other
reader can see something else in it than this one (lying sizes, overlapping entries, data between entries).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat  # nosec B407 # document types are refused below, so no entity is ever declared

from kontor.imports.limits import HEADER_WITHIN_ROWS, Limits
from kontor.imports.refused import ImportRefused

_SMALL_BYTES = 10_000_000
_CHUNK = 1 << 18
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_IGNORED = re.compile(
    r"(^|/)(docprops|customxml|theme|drawings|charts|media|comments|threadedcomments|persons)/?"
)
# An error cell loses its text in calamine, so it is turned into a text cell that says #REF!.
_XLSX_ERROR = re.compile(rb"(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(?:\"e\"|'e')")
_ODS_ERROR = re.compile(rb"<table:table-cell\b[^<>]*calcext:value-type=\"error\"[^<>]*>")
_ODS_NO_TEXT = re.compile(rb"\soffice:string-value=\"\"")


def inspected(data: bytes, limits: Limits) -> bytes:
    """Return a new archive with the harmless parts that a reader needs. Raises ImportRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, limits)
            _check_kind(archive, {entry.filename.lower() for entry in entries})
            parts = _read_parts(archive, entries, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        UnicodeDecodeError,
    ) as problem:
        raise ImportRefused("import.damaged") from problem
    except (ValueError, RuntimeError, IndexError, OverflowError) as problem:
        if isinstance(problem, ImportRefused):
            raise
        raise ImportRefused("import.damaged") from problem
    return _packed(parts)


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse what the directory of the archive already tells."""
    if len(entries) > limits.entries:
        raise ImportRefused("import.too_many_parts", parts=limits.entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise ImportRefused("import.encrypted")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise ImportRefused("import.damaged")
    if any(
        name.endswith("vbaproject.bin") or "macrosheets/" in name or name.startswith("basic/")
        for name in names
    ):
        raise ImportRefused("import.macros")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > _SMALL_BYTES and unpacked > packed * limits.unpacked_ratio
    if unpacked > limits.unpacked_bytes or too_dense:
        raise ImportRefused("import.too_large_unpacked", megabytes=limits.unpacked_bytes // 1_000_000)


def _check_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Refuse archives that are neither a workbook nor a spreadsheet."""
    if "xl/workbook.bin" in names:
        raise ImportRefused("import.binary_workbook")
    if "mimetype" in names:
        entry = archive.getinfo("mimetype") if "mimetype" in archive.namelist() else None
        if entry is None or entry.file_size > 200 or archive.read(entry).strip() != _ODS:
            raise ImportRefused("import.not_a_table_file")
        return
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ImportRefused("import.not_a_table_file")


def _read_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> dict[str, bytes]:
    """Return the parts that a reader needs, each one unpacked, counted and checked."""
    parts: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    for entry in entries:
        name = entry.filename.lower()
        needed = name == "mimetype" or name.endswith((".xml", ".rels"))
        if not needed or _IGNORED.search(name):
            continue
        content = _unpacked(archive, entry, left)
        left -= len(content)
        if "worksheets/" in name:
            content = _shortened(content, limits.rows + HEADER_WITHIN_ROWS + 1)
        if left < 0:
            raise ImportRefused("import.too_large_unpacked", megabytes=limits.unpacked_bytes // 1_000_000)
        if name != "mimetype":
            _check_xml(content)
        if b"macroEnabled" in content[:20_000] and name == "[content_types].xml":
            raise ImportRefused("import.macros")
        if name == "meta-inf/manifest.xml" and b"encryption-data" in content:
            raise ImportRefused("import.encrypted")
        parts[entry.filename] = _with_errors_as_text(content)
    return parts


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Return the content, unpacked piece by piece, at most one piece more than allowed."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while size <= most and (piece := stream.read(_CHUNK)):
            size += len(piece)
            pieces.append(piece)
    return b"".join(pieces)


def _shortened(content: bytes, most_rows: int) -> bytes:
    """Return the sheet with at most so many filled rows, which is one more than will be taken.

    The refusal then comes as fast for a million rows as for one row too many.
    """
    if content.count(b"</row>") <= most_rows:
        return content
    filled = end = 0
    while filled < most_rows:
        start, end = end, content.find(b"</row>", end) + len(b"</row>")
        if end < start:
            return content
        filled += any(content.find(mark, start, end) >= 0 for mark in (b"<v", b"<is"))
    return content[:end] + content[max(end, content.rfind(b"</sheetData>")) :]


def _check_xml(content: bytes) -> None:
    """Refuse XML that declares a document type (entities live there) or that is not well-formed."""

    def refuse(*_declaration: object) -> None:
        raise ImportRefused("import.external_entities")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except ImportRefused:
        raise
    except (expat.ExpatError, LookupError, ValueError) as problem:  # the latter two: unknown encodings
        raise ImportRefused("import.damaged") from problem


def _with_errors_as_text(content: bytes) -> bytes:
    if b'calcext:value-type="error"' in content:
        return _ODS_ERROR.sub(lambda match: _ODS_NO_TEXT.sub(b"", match[0]), content)
    if b'"e"' in content or b"'e'" in content:
        return _XLSX_ERROR.sub(rb'\1"str"', content)
    return content


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
