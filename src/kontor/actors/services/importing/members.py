"""Carrying out a member list: all of it or nothing, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.examining import Examination, directory_mark, examine
from kontor.actors.services.importing.faults import packed_fault
from kontor.actors.services.importing.staging import packed_table, prepared, stage_members
from kontor.imports.refused import ImportRefused


def carry_out(*, batch: ImportBatch) -> ImportBatch:
    """Write what the batch's examination promises, and return the finished batch.

    Raises ImportRefused and writes nothing where faults are neither corrected nor left out, where a question
    is open, where somebody else was first, or where the directory changed in between.
    """
    batch = ImportBatch.objects.select_related("cluster").get(pk=batch.pk)
    if batch.state != ImportBatch.State.STAGED:
        raise ImportRefused("import.no_longer_prepared")
    examination = examine(batch)
    require_ready(examination)
    return _write(batch, examination)


def require_ready(examination: Examination) -> None:
    """Raise ImportRefused with the first reason why this cannot be carried out yet."""
    if examination.lacks_a_column:
        raise ImportRefused("import.column_missing")
    if examination.undecided:
        raise ImportRefused("import.undecided", number=len(examination.undecided))
    if examination.faulty_rows and not examination.leaves_out_faulty:
        raise ImportRefused("import.has_faults", number=len(examination.faulty_rows))
    if not examination.outcomes:
        raise ImportRefused("import.nothing_left")


@transaction.atomic
def _write(batch: ImportBatch, examination: Examination) -> ImportBatch:
    current = prepared(batch)
    if current.staged != batch.staged:
        raise ImportRefused("import.choices_changed")
    if directory_mark(batch.cluster) != examination.directory:
        raise ImportRefused("import.directory_changed")
    current.changes = examination.ledger.write(current)
    current.report = _report(examination)
    current.staged = {}
    current.state = ImportBatch.State.DONE
    current.finished_at = timezone.now()
    current.save()
    return current


def _report(examination: Examination) -> dict[str, Any]:
    faulty = set(examination.faulty_rows)
    chosen = {question.row.number for question in examination.questions if question.choice == "out"}
    return {
        "rows": len(examination.rows),
        **{state: examination.count(state) for state in ("new", "updated", "unchanged", "joined")},
        "left_out_faulty": sorted(faulty),
        "left_out_by_choice": sorted(chosen),
        "new_competences": list(examination.new_competences),
        "headers": list(examination.table.headers),
        "left_out": _left_out(examination, faulty | chosen),
    }


def _left_out(examination: Examination, numbers: set[int]) -> list[dict[str, Any]]:
    """Return the left out rows as they stood in the file, with their faults."""
    by_row: dict[int, list[dict[str, Any]]] = {}
    for fault in examination.faults:
        by_row.setdefault(fault.row, []).append(packed_fault(fault))
    packed = packed_table(examination.table)["rows"]
    return [
        {"row": number, "cells": cells, "faults": by_row.get(number, [])}
        for number, cells in packed
        if number in numbers
    ]


def import_members_file(
    cluster: Cluster, path: Path, on_progress: Callable[[int, int], None] | None = None
) -> ImportBatch | Examination:
    """Import a member list without asking anybody: return the finished batch, or what stands in the way.

    Faults and undecided duplicates refuse the whole file; then nothing is written and no batch stays behind.
    Raises ImportRefused for a file that is no table.
    """
    tell = on_progress or (lambda done, total: None)
    tell(0, 3)
    batch = stage_members(cluster=cluster, data=path.read_bytes(), filename=path.name, user=None)
    try:
        tell(1, 3)
        examination = examine(batch)
        tell(2, 3)
        if examination.faults or examination.undecided or not examination.outcomes:
            batch.delete()
            return examination
        done = _write(batch, examination)
    except BaseException:
        ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.STAGED).delete()
        raise
    tell(3, 3)
    return done
