"""The first steps: a file becomes a batch in preparation, its columns get their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from math import isfinite
from pathlib import PurePath
from typing import Any

from django.db import transaction

from kontor.accounts.models import Cluster, User
from kontor.actors.imports_members import FIELD_LABELS, guessed_mapping
from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.cordis_files import forget_files
from kontor.imports.cells import Cell, shown
from kontor.imports.refused import ImportRefused
from kontor.imports.table import Limits, Note, RawRow, RawTable, read_table

# A member list, not a statistical yearbook: every step of the assistant reads all of it.
MEMBER_LIMITS = Limits(
    file_bytes=10_000_000,
    unpacked_bytes=100_000_000,
    rows=5_000,
    columns=100,
    cells=300_000,
    cell_chars=5_000,
)


def stage_members(*, cluster: Cluster, data: bytes, filename: str, user: User | None) -> ImportBatch:
    """Return a batch in preparation that holds the table of the file; raises ImportRefused."""
    name = _storable(PurePath(filename).name)[-255:]
    table = read_table(data, name, limits=MEMBER_LIMITS)
    staged = {
        "table": packed_table(table),
        "mapping": guessed_mapping(table.headers),
        "choices": {},
        "leaves_out_faulty": False,
    }
    return ImportBatch.objects.create(
        cluster=cluster, kind=ImportBatch.Kind.MEMBERS, file_name=name, staged=staged, created_by=user
    )


@transaction.atomic
def choose_columns(*, batch: ImportBatch, meanings: Mapping[int, str]) -> ImportBatch:
    """Store which column (by index) means which field; choices made for other columns are forgotten.

    Raises ImportRefused "import.field_twice" where two columns are to be the same field.
    """
    current = prepared(batch)
    mapping: dict[str, int] = {}
    for index, name in sorted(meanings.items()):
        if name not in FIELD_LABELS or not 0 <= index < len(current.staged["table"]["headers"]):
            continue
        if name in mapping:
            raise ImportRefused("import.field_twice", field=str(FIELD_LABELS[name]))
        mapping[name] = index
    if mapping != current.staged["mapping"]:
        current.staged |= {"mapping": mapping, "choices": {}, "leaves_out_faulty": False}
        current.save(update_fields=["staged"])
    return current


@transaction.atomic
def store_choices(
    *, batch: ImportBatch, choices: Mapping[int, str], leaves_out_faulty: bool | None = None
) -> ImportBatch:
    """Store what the person has decided about rows (see `deciding`); other rows keep their choice."""
    current = prepared(batch)
    current.staged["choices"] |= {str(number): choice for number, choice in choices.items()}
    if leaves_out_faulty is not None:
        current.staged["leaves_out_faulty"] = leaves_out_faulty
    current.save(update_fields=["staged"])
    return current


@transaction.atomic
def discard_import(*, batch: ImportBatch) -> None:
    """Delete a batch that is still in preparation; raises ImportRefused afterwards."""
    current = prepared(batch)
    files = current.staged.get("files", [])
    transaction.on_commit(partial(forget_files, ImportBatch(pk=current.pk), files))
    current.delete()


def prepared(batch: ImportBatch) -> ImportBatch:
    """Return the batch fresh and locked; raises ImportRefused where it is no longer in preparation."""
    current = ImportBatch.objects.select_for_update().filter(pk=batch.pk).first()
    if current is None or current.state != ImportBatch.State.STAGED:
        raise ImportRefused("import.no_longer_prepared")
    return current


def packed_table(table: RawTable) -> dict[str, Any]:
    """Return the table as JSON holds it."""
    return {
        "headers": _packed_cells(table.headers),
        "rows": [[row.number, _packed_cells(row.cells)] for row in table.rows],
        "sheet": _storable(table.sheet),
        "notes": [
            [note.code, {k: _storable(str(v)) for k, v in note.params.items()}] for note in table.notes
        ],
        "header_row": table.header_row,
    }


def unpacked_table(packed: Mapping[str, Any]) -> RawTable:
    """Return the table as it was read from the file."""
    return RawTable(
        headers=tuple(packed["headers"]),
        rows=tuple(RawRow(number, tuple(map(_unpacked, cells))) for number, cells in packed["rows"]),
        sheet=packed["sheet"],
        notes=tuple(Note(code, params) for code, params in packed["notes"]),
        header_row=packed["header_row"],
    )


def _packed_cells(cells: Iterable[Cell]) -> list[Any]:
    packed: list[Any] = []
    for cell in cells:
        if isinstance(cell, date):
            packed.append({"at" if isinstance(cell, datetime) else "on": cell.isoformat()})
        elif cell is None or isinstance(cell, bool | int) or (isinstance(cell, float) and isfinite(cell)):
            packed.append(cell)
        else:
            packed.append(_storable(shown(cell)))
    return packed


def _storable(text: str) -> str:
    """Return the text without what a database refuses: the zero character and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _unpacked(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["on"]) if "on" in cell else datetime.fromisoformat(cell["at"])
    return cell  # type: ignore[no-any-return]
