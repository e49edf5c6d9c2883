"""Bring a backup into an installation: all of it, or nothing."""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from kontor.accounts.models import Cluster, User
from kontor.config.archive.backup import FORMAT
from kontor.config.archive.rows import stored_models, stored_values

BATCH = 500
LARGEST_SMALL_PART = 5_000_000


class ArchiveRefused(Exception):  # noqa: N818 - an answer to the operator
    """The archive cannot be restored; the message says why."""


def restore_backup(source: Path, *, may_replace: bool, on_progress: Callable[[int, int], None]) -> int:
    """Restore `source` and return the number of rows; an installation in use is refused unless told so."""
    if not may_replace and (Cluster.objects.exists() or User.objects.exists()):
        raise ArchiveRefused("this installation holds data. Restore into an empty one, or say --replace.")
    try:
        with zipfile.ZipFile(source) as archive:
            _require_room(archive)
            manifest = _manifest(archive)
            _require_sound(archive)
            rows = _restore_rows(archive, manifest, on_progress)
            _restore_files(archive)
    except (zipfile.BadZipFile, zlib.error) as error:
        raise ArchiveRefused("this file is not a backup of Kontor, or it is damaged.") from error
    call_command("migrate", interactive=False, verbosity=0)
    return rows


def _require_room(archive: zipfile.ZipFile) -> None:
    """Refuse what would fill disk or memory, by the sizes that the archive states and cannot exceed."""
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    small = max(sizes.get("manifest.json", 0), sizes.get("secret_key", 0))
    if small > LARGEST_SMALL_PART or sum(sizes.values()) > shutil.disk_usage(settings.KONTOR_HOME).free:
        raise ArchiveRefused(
            "unpacked, this archive is larger than the free space. Is it a backup of Kontor?"
        )


def _require_sound(archive: zipfile.ZipFile) -> None:
    try:
        damaged = archive.testzip()
    except zlib.error:
        damaged = "unreadable"
    if damaged:
        raise ArchiveRefused(f"the backup is damaged ({damaged}). Take another copy of it.")


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except KeyError as error:
        raise ArchiveRefused("this file is not a backup of Kontor.") from error
    known = set(MigrationExecutor(connection).loader.graph.nodes)
    unknown = [name for name in map(tuple, manifest["migrations"]) if name not in known]
    ours = [name for name in unknown if apps.is_installed(f"kontor.{name[0]}")]
    if manifest["format"] > FORMAT or ours:
        raise ArchiveRefused(f"the backup is of Kontor {manifest['kontor']}. Update Kontor first.")
    return manifest


def _restore_rows(
    archive: zipfile.ZipFile, manifest: dict[str, Any], on_progress: Callable[[int, int], None]
) -> int:
    # The tables are brought to where they were when the backup was written, filled, and then forward again.
    executor = MigrationExecutor(connection)
    reached = {tuple(name) for name in manifest["migrations"]} & set(executor.loader.graph.nodes)
    _go_back_to(reached)
    state = MigrationExecutor(connection).loader.project_state(sorted(reached), at_end=True)
    found = stored_models(state.apps)
    total = 0
    with transaction.atomic():
        for model in found:
            _empty(model)
        for number, model in enumerate(found):
            on_progress(number, len(found))
            total += _fill(model, _lines(archive, model))
        _reset_sequences(found)
    return total


def _go_back_to(reached: set[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    ahead = set(executor.loader.applied_migrations) - reached
    for app in sorted({app for app, _ in ahead}):
        last = max((str(name) for label, name in reached if label == app), default="zero")
        call_command("migrate", app, last, interactive=False, verbosity=0)


def _lines(archive: zipfile.ZipFile, model: type[models.Model]) -> Iterator[str]:
    name = f"rows/{model._meta.label_lower}.jsonl"
    if name not in archive.namelist():
        return
    with archive.open(name) as part:
        for line in part:
            yield line.decode()


def _empty(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  # nosec B608: our own table


def _fill(model: type[models.Model], lines: Iterable[str]) -> int:
    quote = connection.ops.quote_name
    fields = model._meta.concrete_fields
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # nosec B608: our own table and columns
    count = 0
    remaining = iter(lines)
    while batch := list(islice(remaining, BATCH)):
        rows = [
            [
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, stored_values(model, line), strict=True)
            ]
            for line in batch
        ]
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        count += len(rows)
    return count


def _reset_sequences(found: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def _restore_files(archive: zipfile.ZipFile) -> None:
    folder = Path(settings.MEDIA_ROOT)
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.parts[:1] == ("files",) and ".." not in path.parts and not name.endswith("/"):
            target = folder.joinpath(*path.parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as packed, target.open("wb") as file:
                shutil.copyfileobj(packed, file)
    key = settings.KONTOR_HOME / "secret_key"
    if key.exists():
        key.write_bytes(archive.read("secret_key"))
