"""Write an installation to one archive that any Kontor of the same or a later version can read.

The archive is a ZIP: `manifest.json`, `rows/<app.model>.jsonl`, `files/…` and the signing key. It does not
depend on the database, so a backup from SQLite restores into PostgreSQL and back.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kontor import __version__
from kontor.config.archive.rows import row_lines, stored_models

FORMAT = 1


def write_backup(target: Path, *, on_progress: Callable[[int, int], None]) -> int:
    """Write everything to `target` and return the number of rows; the rows are of one moment."""
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    # It holds the signing key and everybody's data: from its first byte on, its owner alone may read it.
    unfinished.touch(mode=0o600)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = _write_rows(archive, on_progress)
            _write_files(archive)
            archive.writestr("manifest.json", json.dumps(_manifest(counts), indent=1))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return sum(counts.values())


def _write_rows(archive: zipfile.ZipFile, on_progress: Callable[[int, int], None]) -> dict[str, int]:
    counts = {}
    found = stored_models(apps)
    is_outermost = not connection.in_atomic_block  # within another transaction the moment is its own
    with transaction.atomic():
        if is_outermost:
            _see_one_moment()
        for number, model in enumerate(found):
            on_progress(number, len(found))
            with archive.open(f"rows/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as part:
                count = 0
                for line in row_lines(model._base_manager.all()):
                    part.write(line.encode() + b"\n")
                    count += 1
            counts[model._meta.label_lower] = count
    return counts


def _see_one_moment() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _write_files(archive: zipfile.ZipFile) -> None:
    folder = Path(settings.MEDIA_ROOT)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file():
            archive.write(path, f"files/{path.relative_to(folder).as_posix()}")
    archive.writestr("secret_key", settings.SECRET_KEY)


def _manifest(counts: dict[str, int]) -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT,
        "kontor": __version__,
        "written_at": timezone.now().isoformat(),
        "migrations": sorted(applied),
        "rows": counts,
    }
