"""The files among the uploads: those inside an archive too, each bounded."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from kontor.imports.limits import Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size

# CEPII's pairs of countries are 50,176 rows; a country's file of the World Bank is some 1,500 rows wide.
LIMITS = Limits(file_bytes=20_000_000, rows=200_000, columns=200, cells=6_000_000)
MOST_FILES = 40
MOST_BYTES = 60_000_000
_CHUNK = 1 << 20
_TABLES = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods")
# How the standard library says that an archive is damaged.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, IndexError, OverflowError),
)


def unpacked(uploads: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes | ImportRefused]]:
    """Yield (name, content) of each table; an archive that cannot be opened gives its refusal.

    Raises ImportRefused where all together is too much.
    """
    files = size = 0
    for name, data in uploads:
        for inner, content in _opened(name, data):
            files += 1
            size += 0 if isinstance(content, ImportRefused) else len(content)
            if files > MOST_FILES or size > MOST_BYTES:
                raise ImportRefused(
                    "country.too_many_files", most=MOST_FILES, megabytes=MOST_BYTES // 1_000_000
                )
            yield inner, content


def unpacked_bytes(uploads: Iterable[tuple[str, bytes]]) -> int:
    """Return how large the uploads are once they are opened, as their archives say."""
    return sum(_declared(data) for _name, data in uploads)


def _declared(data: bytes) -> int:
    if not data.startswith(b"PK"):
        return len(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return max(len(data), sum(entry.file_size for entry in archive.infolist()))
    except _BROKEN:
        return len(data)


def _opened(name: str, data: bytes) -> Iterator[tuple[str, bytes | ImportRefused]]:
    """Yield the tables in an archive, or the file itself; a workbook is an archive too, but one table."""
    plain = PurePath(name.replace("\\", "/")).name[-200:] or "?"
    if not data.startswith(b"PK") or _is_workbook(data):
        yield plain, data
        return
    try:
        require_size(len(data), LIMITS)
        yield from _members(plain, data)
    except ImportRefused as refusal:
        yield plain, refusal
    except _BROKEN:
        yield plain, ImportRefused("import.damaged", name=plain)


def _is_workbook(data: bytes) -> bool:
    """Tell a workbook by the parts that each has; what cannot be opened is left to the archive's reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()[:5000]}
    except _BROKEN:
        return False
    return "[content_types].xml" in names or "mimetype" in names


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes | ImportRefused]]:
    found = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist()[: 10 * MOST_FILES]:
            inner = PurePath(entry.filename.replace("\\", "/")).name
            if entry.is_dir() or inner.startswith(".") or not inner.casefold().endswith(_TABLES):
                continue
            if entry.flag_bits & 1:
                raise ImportRefused("import.encrypted", name=name)
            found = True
            yield inner[-200:], _content(archive, entry, name)
    if not found:
        raise ImportRefused("country.archive_without_table", name=name)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Return a member, unpacked piece by piece, never more than one piece beyond the limit."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > LIMITS.file_bytes:
                most = LIMITS.file_bytes // 1_000_000
                raise ImportRefused("import.too_large_unpacked", name=name, megabytes=most)
            pieces.append(piece)
    return b"".join(pieces)
