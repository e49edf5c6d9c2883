"""Begin a study, change what it asks, let judging begin, throw it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import claim_edit
from kontor.criteria.models import CatalogueVersion
from kontor.goals.models import Goal
from kontor.studies.models import Study
from kontor.studies.problems import StudyError
from kontor.studies.services.inviting_links import links_of
from kontor.studies.services.locking import locked

_TEXTS = ("title", "question")


@transaction.atomic
def create_study(
    *,
    cluster: Cluster,
    title: Mapping[str, str],
    catalogue_version: CatalogueVersion,
    question: Mapping[str, str] | None = None,
    goals: Iterable[Goal] = (),
    judge_until: date | None = None,
    created_by: User | None = None,
) -> Study:
    """Return a new study without candidates and criteria.

    title, question: language → text; the title in at least one language. Raises StudyError "study.no_title",
    "study.version_of_another_cluster" or "study.goal_of_another_cluster".
    """
    study = Study(
        cluster=cluster,
        title=texts(title),
        question=texts(question or {}),
        catalogue_version=catalogue_version,
        judge_until=judge_until,
        created_by=created_by,
    )
    _check(study)
    study.save()
    _set_goals(study, goals)
    return study


@transaction.atomic
def update_study(*, study: Study, expected_version: int, **fields: Any) -> Study:
    """Return the study with `fields` changed, or raise EditConflict and change nothing.

    fields: any of title, question, catalogue_version, judge_until, goals. Criteria that are in the study
    stay as they are, whatever the version. Raises as `create_study` does, and StudyError "study.decided".
    """
    locked(study)
    current = claim_edit(study, expected_version)
    goals = fields.pop("goals", None)
    for name, value in fields.items():
        setattr(current, name, texts(value) if name in _TEXTS else value)
    _check(current)
    current.save()
    if goals is not None:
        _set_goals(current, goals)
    return current


@transaction.atomic
def start_judging(*, study: Study) -> Study:
    """Let people weigh and score from now on; what is missing may still be added.

    Raises StudyError "study.not_preparing", "study.no_candidates", "study.no_criteria" or "study.no_people".
    """
    current = locked(study, Study.State.PREPARING)
    if not current.candidates.exists():
        raise StudyError("study.no_candidates")
    if not current.criteria.exists():
        raise StudyError("study.no_criteria")
    if not current.assessors.exists():
        raise StudyError("study.no_people")
    current.state = Study.State.JUDGING
    current.save()
    return current


@transaction.atomic
def delete_study(*, study: Study) -> None:
    """Throw away a study with all that was judged in it, and its links; raises StudyError "study.decided"."""
    current = locked(study)
    links_of(current).delete()
    current.delete()


def texts(given: Mapping[str, str] | LazyI18nString) -> LazyI18nString:
    """Return the texts by language, without blanks around and without empty ones."""
    if isinstance(given, LazyI18nString):
        return given
    return LazyI18nString({code: text.strip() for code, text in given.items() if text and text.strip()})


def _check(study: Study) -> None:
    if not str(study.title).strip():
        raise StudyError("study.no_title")
    if study.catalogue_version.cluster_id != study.cluster_id:
        raise StudyError("study.version_of_another_cluster")


def _set_goals(study: Study, goals: Iterable[Goal]) -> None:
    chosen = list(goals)
    if any(goal.cluster_id != study.cluster_id for goal in chosen):
        raise StudyError("study.goal_of_another_cluster")
    study.goals.set(chosen)
