"""Freeze a draft into the version that people are asked."""

from __future__ import annotations

from django.db import transaction

from kontor.accounts.models import User
from kontor.accounts.services import EditConflict
from kontor.questionnaires.models import Questionnaire, QuestionnaireVersion
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.soundness import problems
from kontor.questionnaires.stored import fingerprint, to_json


@transaction.atomic
def release(
    *, questionnaire: Questionnaire, user: User | None, expected_version: int | None = None
) -> QuestionnaireVersion:
    """Return the version that holds the draft as it stands; an unchanged draft gives the version there is.

    With `expected_version` only the draft that was looked at is released; else EditConflict is raised.
    Raises QuestionnaireError "questionnaire.not_sound" with the number of faults.
    """
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if expected_version is not None and locked.version != expected_version:
        raise EditConflict(locked)
    definition = locked.definition
    faults = problems(definition)
    if faults:
        raise QuestionnaireError("questionnaire.not_sound", faults=len(faults))
    digest = fingerprint(definition)
    last = locked.versions.order_by("-number").first()
    if last is not None and last.digest == digest:
        return last
    return QuestionnaireVersion.objects.create(
        cluster_id=locked.cluster_id,
        questionnaire=locked,
        number=last.number + 1 if last else 1,
        definition=to_json(definition),
        digest=digest,
        released_by=user,
    )
