"""Scores from Excel: read the table, say every fault, write all or nothing, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import User
from kontor.imports.cells import Cell, shown
from kontor.imports.table import RawRow, RawTable, read_table
from kontor.studies.importing_plan import ImportPlan, plan_import
from kontor.studies.models import Assessor, Score, ScoreImport, Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import criteria_named
from kontor.studies.services.judging import Judgement, written
from kontor.studies.services.locking import locked

STATES = ScoreImport.State
_KEPT = (
    *("value", "low", "high", "is_unknown", "confidence", "evidence", "source", "source_url", "as_of"),
    "version",
)


@dataclass(frozen=True)
class Origin:
    """Whose judgement a file holds. assessor None: the group's. source: stands with each score."""

    assessor: Assessor | None
    source: str


@transaction.atomic
def stage(*, study: Study, user: User | None, file_name: str, data: bytes, origin: Origin) -> ScoreImport:
    """Return an import with the table as read; raises ImportRefused or StudyError and keeps nothing then."""
    locked(study)
    table = read_table(data, file_name)
    return ScoreImport.objects.create(
        cluster_id=study.cluster_id,
        study=study,
        assessor=origin.assessor,
        source=origin.source.strip()[:300],
        file_name=PurePath(file_name).name[:255],
        staged={
            "sheet": table.sheet,
            "headers": list(table.headers),
            "header_row": table.header_row,
            "rows": [[row.number, [_plain(cell) for cell in row.cells]] for row in table.rows],
        },
        created_by=user,
    )


def planned(batch: ScoreImport) -> ImportPlan:
    """Return what a staged import would write, with every fault. Two queries."""
    rows = tuple(RawRow(number, tuple(cells)) for number, cells in batch.staged["rows"])
    headers = tuple(batch.staged["headers"])
    table = RawTable(headers, rows, sheet=batch.staged["sheet"], header_row=batch.staged["header_row"])
    candidates = list(batch.study.candidates.select_related("partner"))
    return plan_import(table, candidates, criteria_named(batch.study))


@transaction.atomic
def carry_out(*, batch: ScoreImport) -> ScoreImport:
    """Write every score of the file or none, remembering what stood there before.

    Raises StudyError "study.decided", "score_import.not_staged", "score_import.has_faults",
    "score_import.nothing_to_write" or "score.opened".
    """
    current = _locked(batch, STATES.STAGED, "score_import.not_staged")
    _require_unopened(current)
    plan = planned(current)
    if plan.faults:
        raise StudyError("score_import.has_faults", number=len(plan.faults))
    if not plan.ready:
        raise StudyError("score_import.nothing_to_write")
    before = {(row.candidate_id, row.criterion_id): row for row in _cells(current)}
    changes = []
    for (candidate, criterion), judgement in plan.ready.items():
        old = before.get((candidate, criterion))
        changes.append([candidate, criterion, _as_data(old)])
        _write(current, candidate, criterion, judgement, old)
    current.report = {
        "written": len(plan.ready),
        "changed": sum(old is not None for _candidate, _criterion, old in changes),
        "empty": plan.empty,
    }
    current.changes, current.staged = changes, {}
    if current.assessor is not None and current.assessor.submitted_scores_at is None:
        current.assessor.submitted_scores_at = timezone.now()
        current.assessor.save(update_fields=["submitted_scores_at"])
        current.report["handed_in"] = True
    return _closed(current, STATES.DONE)


@transaction.atomic
def take_back(*, batch: ScoreImport) -> ScoreImport:
    """Put every cell back as it was before; cells that somebody has changed since stay as they are.

    Raises StudyError "study.decided", "score_import.not_done" or "score.opened".
    """
    current = _locked(batch, STATES.DONE, "score_import.not_done")
    _require_unopened(current)
    mine = {
        (row.candidate_id, row.criterion_id): row for row in _cells(current) if row.imported_in_id == batch.pk
    }
    for candidate, criterion, old in current.changes:
        row = mine.get((candidate, criterion))
        if row is None:
            continue
        if old is None:
            row.delete()
        else:
            _restore(row, old)
    kept = len(current.changes) - len(mine)
    current.report |= {"removed": len(mine), "kept": kept}
    if current.assessor is not None and current.report.get("handed_in"):
        current.assessor.submitted_scores_at = None
        current.assessor.save(update_fields=["submitted_scores_at"])
    return _closed(current, STATES.UNDONE)


def _require_unopened(batch: ScoreImport) -> None:
    """Refuse to change one person's scores after the opening; what the group agrees on may change."""
    if batch.assessor_id and batch.study.weights_opened_at:
        raise StudyError("score.opened")


def _locked(batch: ScoreImport, state: str, code: str) -> ScoreImport:
    study = locked(batch.study)
    rows = ScoreImport.objects.select_for_update(of=("self",)).select_related("assessor")
    current = rows.get(pk=batch.pk)
    if current.state != state:
        raise StudyError(code)
    current.study = study
    return current


def _cells(batch: ScoreImport) -> Any:
    rows = Score.objects.select_for_update().filter(candidate__study=batch.study_id)
    if batch.assessor_id:
        return rows.filter(assessor=batch.assessor_id)
    return rows.filter(origin=Score.Origin.AGREED)


def _write(
    batch: ScoreImport, candidate: int, criterion: int, judgement: Judgement, old: Score | None
) -> None:
    score = old or Score(
        cluster_id=batch.cluster_id,
        candidate_id=candidate,
        criterion_id=criterion,
        assessor=batch.assessor,
        origin=Score.Origin.ASSESSOR if batch.assessor_id else Score.Origin.AGREED,
        version=0,
    )
    written(score, judgement)
    score.source = batch.source or batch.file_name
    score.version += 1
    score.imported_in = batch
    score.save()


def _as_data(score: Score | None) -> dict[str, Any] | None:
    if score is None:
        return None
    plain = {name: getattr(score, name) for name in _KEPT}
    plain["as_of"] = score.as_of.isoformat() if score.as_of else None
    return plain


def _restore(score: Score, old: dict[str, Any]) -> None:
    version = score.version + 1
    for name, value in old.items():
        setattr(score, name, value)
    score.version, score.imported_in = version, None
    score.save()


def _closed(batch: ScoreImport, state: str) -> ScoreImport:
    batch.state, batch.finished_at = state, timezone.now()
    batch.version += 1
    batch.save()
    return batch


def _plain(cell: Cell) -> Cell:
    """Return a cell that JSON can hold; numbers stay numbers."""
    return cell if cell is None or isinstance(cell, int | float) else shown(cell)
