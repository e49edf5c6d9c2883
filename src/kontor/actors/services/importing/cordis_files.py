"""The files of an export between upload and carrying out: kept in the store, gone afterwards."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kontor.actors.models import ImportBatch
from kontor.imports.refused import ImportRefused

SUFFIXES = (".csv", ".tsv", ".xlsx", ".ods")
MOST_FILES = 40
MOST_BYTES = 200_000_000
CHUNK = 1 << 20


def usable_files(uploads: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return name → content of the tables among the uploads, those inside .zip archives too.

    Raises ImportRefused for archives that are damaged, locked or too large, and where no table is left.
    """
    found: dict[str, bytes] = {}
    for name, data in uploads:
        is_archive = name.casefold().endswith(".zip")
        members = _unzipped(name, data) if is_archive else iter(((name, data),))
        for inner, content in members:
            plain = re.sub(r"[^\w.-]", "_", PurePath(inner).name)[-100:]
            if plain.casefold().endswith(SUFFIXES):
                found[plain] = content
            _require_moderate(name, found)
    if not found:
        raise ImportRefused("import.not_cordis")
    return found


def _require_moderate(name: str, found: dict[str, bytes]) -> None:
    size = sum(map(len, found.values()))
    if size > MOST_BYTES or len(found) > MOST_FILES:
        raise ImportRefused("import.too_large_unpacked", name=name, megabytes=MOST_BYTES // 1_000_000)


def _unzipped(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the tables of an archive, each unpacked piece by piece, never more than allowed."""
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist()[: 10 * MOST_FILES]:
                if entry.flag_bits & 1:
                    raise ImportRefused("import.encrypted", name=name)
                if entry.is_dir() or not entry.filename.casefold().endswith(SUFFIXES):
                    continue
                content = _unpacked(archive, entry, left)
                left -= len(content)
                if left < 0:
                    raise ImportRefused(
                        "import.too_large_unpacked", name=name, megabytes=MOST_BYTES // 1_000_000
                    )
                yield entry.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise ImportRefused("import.damaged", name=name) from problem


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while size <= most and (piece := stream.read(CHUNK)):
            size += len(piece)
            pieces.append(piece)
    return b"".join(pieces)


def keep_files(batch: ImportBatch, files: dict[str, bytes]) -> None:
    """Keep the files until the batch is over."""
    for name, content in files.items():
        default_storage.save(_path(batch, name), ContentFile(content))


def kept_files(batch: ImportBatch) -> dict[str, bytes]:
    """Return the files of the batch; raises ImportRefused where they are gone."""
    found: dict[str, bytes] = {}
    for name in batch.staged.get("files", ()):
        if not default_storage.exists(_path(batch, name)):
            raise ImportRefused("import.files_gone")
        with default_storage.open(_path(batch, name)) as file:
            found[name] = file.read()
    return found


def forget_files(batch: ImportBatch, names: Iterable[str]) -> None:
    """Delete the files of a batch that is over."""
    for name in names:
        default_storage.delete(_path(batch, name))


def _path(batch: ImportBatch, name: str) -> str:
    return f"imports/{batch.pk}/{name}"
