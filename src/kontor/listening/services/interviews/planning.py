"""Begin, change, close and delete a series of interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.queries.segments import Dimension
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.problems import ListeningError
from kontor.questionnaires.models import QuestionnaireVersion

MOST_INTERVIEWS = 500
_FIXED_BY_THE_DRAW = ("size", "seed", "dimensions", "allocation", "population_on", "chosen")


@transaction.atomic
def create_study(
    *,
    cluster: Cluster,
    name: str,
    guide: QuestionnaireVersion | None,
    size: int,
    seed: int,
    dimensions: Sequence[str],
    allocation: str = InterviewStudy.Allocation.PROPORTIONAL,
    population_on: date | None = None,
    chosen: Mapping[str, Any] | None = None,
) -> InterviewStudy:
    """Return a new series in preparation; nobody is drawn yet.

    Raises ListeningError "interview.size", "interview.dimension" or "interview.guide_of_another_cluster".
    """
    study = InterviewStudy(
        cluster=cluster,
        name=name.strip(),
        guide=guide,
        size=size,
        seed=seed,
        dimensions=list(dimensions),
        allocation=allocation,
        population_on=population_on,
        chosen=dict(chosen or {}),
    )
    _check(study)
    study.save()
    return study


@transaction.atomic
def update_study(*, study: InterviewStudy, expected_version: int, **fields: Any) -> InterviewStudy:
    """Return the series with `fields` changed, or raise EditConflict and change nothing.

    Raises as `create_study` does, and "interview.already_drawn" where the draw depends on what would change.
    """
    current = claim_edit(study, expected_version)
    for name, value in fields.items():
        if current.drawn and name in _FIXED_BY_THE_DRAW and value != getattr(current, name):
            raise ListeningError("interview.already_drawn")
        setattr(current, name, value)
    if "guide" in fields and current.guide_id != study.guide_id and _has_notes(current):
        raise ListeningError("interview.guide_in_use")
    _check(current)
    current.save()
    return current


@transaction.atomic
def set_study_state(*, study: InterviewStudy, state: str) -> InterviewStudy:
    """Close a series, or open it again. Raises ListeningError "interview.not_drawn"."""
    current = InterviewStudy.objects.select_for_update().get(pk=study.pk)
    if not current.drawn:
        raise ListeningError("interview.not_drawn")
    current.state = state
    current.save(update_fields=["state", "updated_at"])
    return current


@transaction.atomic
def delete_study(*, study: InterviewStudy) -> None:
    """Delete a series that nobody has spoken in yet. Raises ListeningError "interview.has_talks"."""
    interviews = study.interviews.all()
    if interviews.filter(state=Interview.State.HELD).exists() or interviews.exclude(transcript="").exists():
        raise ListeningError("interview.has_talks")
    study.delete()


def _check(study: InterviewStudy) -> None:
    if not 1 <= study.size <= MOST_INTERVIEWS:
        raise ListeningError("interview.size", most=MOST_INTERVIEWS)
    if len(set(study.dimensions)) != len(study.dimensions) or set(study.dimensions) - set(Dimension):
        raise ListeningError("interview.dimension")
    if study.guide is not None and study.guide.cluster_id != study.cluster_id:
        raise ListeningError("interview.guide_of_another_cluster")
    study.clean_fields(exclude=["dimensions"])  # none is a sample drawn by lot from all


def _has_notes(study: InterviewStudy) -> bool:
    return study.interviews.exclude(fields={}).exists()
