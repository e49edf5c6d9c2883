"""Begin a survey, change it while nobody has been asked, throw it away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.listening.models import Survey
from kontor.listening.problems import ListeningError
from kontor.questionnaires.models import Questionnaire

Texts = Mapping[str, str]
FREE = ("name", "one_per", "is_anonymous", "chosen", "closes_at")


@transaction.atomic
def create_survey(
    *,
    cluster: Cluster,
    name: str,
    questionnaire: Questionnaire,
    one_per: str = Survey.OnePer.ORGANISATION,
    is_anonymous: bool = False,
    chosen: Mapping[str, Any] | None = None,
    closes_at: datetime | None = None,
    subject: Texts | None = None,
    message: Texts | None = None,
) -> Survey:
    """Return a new survey in preparation; raises ListeningError "survey.of_another_cluster"."""
    _require_same_cluster(cluster.pk, questionnaire)
    return Survey.objects.create(
        cluster=cluster,
        name=name,
        questionnaire=questionnaire,
        one_per=one_per,
        is_anonymous=is_anonymous,
        chosen=dict(chosen or {}),
        closes_at=closes_at,
        subject=LazyI18nString(dict(subject or {})),
        message=LazyI18nString(dict(message or {})),
    )


@transaction.atomic
def update_survey(
    *,
    survey: Survey,
    expected_version: int,
    questionnaire: Questionnaire,
    subject: Texts,
    message: Texts,
    **fields: Any,
) -> Survey:
    """Change a survey in preparation; raises EditConflict or ListeningError "survey.already_open"."""
    _require_same_cluster(survey.cluster_id, questionnaire)
    current = claim_edit(survey, expected_version)
    if current.state != Survey.State.DRAFT:
        raise ListeningError("survey.already_open")
    current.questionnaire = questionnaire
    current.subject, current.message = LazyI18nString(dict(subject)), LazyI18nString(dict(message))
    for name in FREE:
        setattr(current, name, fields[name])
    current.save()
    return current


@transaction.atomic
def update_reminder(
    *, survey: Survey, expected_version: int, subject: Texts, message: Texts, remind_at: datetime | None
) -> Survey:
    """Change what a reminder says and when it goes out by itself; raises EditConflict."""
    current = claim_edit(survey, expected_version)
    current.reminder_subject = LazyI18nString(dict(subject))
    current.reminder_message = LazyI18nString(dict(message))
    current.remind_at = remind_at
    current.save(update_fields=["reminder_subject", "reminder_message", "remind_at", "updated_at"])
    return current


@transaction.atomic
def delete_survey(*, survey: Survey) -> None:
    """Delete a survey that nobody was asked to answer; raises ListeningError "survey.already_open"."""
    if survey.state != Survey.State.DRAFT:
        raise ListeningError("survey.already_open")
    survey.delete()


def _require_same_cluster(cluster_id: int, questionnaire: Questionnaire) -> None:
    if questionnaire.cluster_id != cluster_id:
        raise ListeningError("survey.of_another_cluster")
