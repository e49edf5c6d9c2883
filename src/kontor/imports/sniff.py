"""What a file is, told by its content."""

from __future__ import annotations

from typing import Literal

from kontor.imports.limits import DEFAULT_LIMITS, Limits
from kontor.imports.refused import ImportRefused

Kind = Literal["zip", "xls", "csv"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"{\\rtf", b"\x1f\x8b", b"BZh",
    b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"SQLite format 3", b"MZ", b"\x7fELF", b"OggS", b"ID3", b"%!PS",
)  # fmt: skip


def require_size(file_bytes: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a file by its size alone, before it is read into memory."""
    if file_bytes > limits.file_bytes:
        size = -(-file_bytes // 1_000_000)
        raise ImportRefused("import.too_large", megabytes=limits.file_bytes // 1_000_000, size=size)


def kind_of(data: bytes, limits: Limits) -> Kind:
    """Return how to read the bytes; refuse what is no table."""
    require_size(len(data), limits)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise ImportRefused("import.empty")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return "zip"
    if data.startswith(_OLE):
        return _old_office(data)
    if b"%PDF-" in data[:1024]:
        raise ImportRefused("import.pdf")
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<workbook")):
        raise ImportRefused("import.web_page")
    if (data.startswith(_OTHER_FILES) and b"\x00" in data[:4096]) or data.startswith((b"{\\rtf", b"%!PS")):
        raise ImportRefused("import.not_a_table_file")
    return "csv"


def _old_office(data: bytes) -> Kind:
    """Tell an old workbook from an encrypted new one, an old document and a workbook with macros.

    The names of the streams stand as UTF-16 in the directory of the file.
    """

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise ImportRefused("import.encrypted")
    if not holds("Workbook") and not holds("Book"):
        raise ImportRefused("import.not_a_table_file")
    if holds("_VBA_PROJECT"):
        raise ImportRefused("import.macros")
    return "xls"
