"""What somebody says about the importance of the criteria: kept as typed, counted once it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kontor.studies.models import Assessor, Study, WeightStatement
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import criteria_named
from kontor.studies.services.locking import locked
from kontor.studies.services.weighing_group import recompute
from kontor.studies.weighing_reading import TECHNIQUES, Reading, read_weights
from kontor.studies.weighing_structure import structure_of

RUNNING = (Study.State.JUDGING, Study.State.OPEN)


class SavedElsewhere(StudyError):  # noqa: N818 - it is an answer, not a fault
    """Another tab or device has saved meanwhile; `edition` is what it has saved."""

    def __init__(self, edition: int) -> None:
        super().__init__("weights.saved_elsewhere")
        self.edition = edition


@dataclass(frozen=True)
class TypedWeights:
    """What a page sends. edition: the one it was opened with, 0 before anything was saved."""

    technique: str
    fields: Mapping[str, str]
    edition: int
    comment: str = ""


def drafted(statement: WeightStatement | None) -> tuple[str, dict[str, str]]:
    """Return the technique that somebody is using and its fields as typed."""
    if statement is None:
        return WeightStatement.Technique.POINTS, {}
    technique = statement.answers.get("technique") or statement.technique
    return technique, dict(statement.answers.get("fields", {}).get(technique, {}))


@transaction.atomic
def save_weights(*, assessor: Assessor, typed: TypedWeights) -> WeightStatement:
    """Keep what was typed. What was handed in before goes on counting until it is handed in again.

    What was typed with another technique stays, too. Raises SavedElsewhere where another page was faster,
    StudyError "study.decided", "study.not_judging", "weights.not_asked" or "weights.technique_unknown".
    """
    study = locked(assessor.study, *RUNNING)
    statement, _reading = _kept(study, assessor, typed)
    statement.save()
    return statement


@transaction.atomic
def hand_in_weights(*, assessor: Assessor, typed: TypedWeights) -> WeightStatement:
    """Keep what was typed and let it count from now on.

    Raises as `save_weights` does; where no weights can be computed, StudyError "weights.unfinished" with the
    first reason: then everything is kept as a draft by `save_weights` first.
    """
    study = locked(assessor.study, *RUNNING)
    statement, reading = _kept(study, assessor, typed)
    if not reading.weights:
        raise StudyError("weights.unfinished")
    if study.weights_opened_at and statement.submitted_at and not statement.before:
        statement.before = {
            "technique": statement.technique,
            "weights": statement.weights,
            "at": statement.submitted_at.isoformat(),
        }
    statement.technique = typed.technique
    statement.weights, statement.findings = reading.weights, reading.findings()
    statement.submitted_at = timezone.now()
    statement.save()
    if study.state == Study.State.OPEN:
        recompute(study)
    return statement


def _kept(study: Study, assessor: Assessor, typed: TypedWeights) -> tuple[WeightStatement, Reading]:
    """Return the statement with what was typed, not stored yet, and how it reads."""
    if not assessor.weighs:
        raise StudyError("weights.not_asked")
    if typed.technique not in TECHNIQUES:
        raise StudyError("weights.technique_unknown")
    statement = WeightStatement.objects.select_for_update().filter(assessor=assessor).first()
    if typed.edition != (statement.version if statement else 0):
        raise SavedElsewhere(statement.version if statement else 0)
    if statement is None:
        statement = WeightStatement(cluster_id=assessor.cluster_id, assessor=assessor, version=0)
    reading = read_weights(structure_of(criteria_named(study)), typed.technique, typed.fields)
    fields = statement.answers.get("fields", {}) | {typed.technique: dict(typed.fields)}
    statement.answers = {"technique": typed.technique, "fields": fields}
    statement.comment = typed.comment.strip()[:4000]
    statement.version += 1
    if statement.submitted_at is None:
        statement.technique = typed.technique
        statement.weights, statement.findings = reading.weights, reading.findings()
    return statement, reading
