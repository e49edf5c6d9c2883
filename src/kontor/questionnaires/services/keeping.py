"""Put a questionnaire away, take it out again, delete one that nobody was asked."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from kontor.questionnaires.definition import Definition
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.services.building import store_draft


@transaction.atomic
def keep_frame(
    *, questionnaire: Questionnaire, expected_version: int, name: str, purpose: str, definition: Definition
) -> Questionnaire:
    """Keep name, purpose and draft in one edit, or raise EditConflict and change nothing."""
    current = store_draft(
        questionnaire=questionnaire, expected_version=expected_version, definition=definition
    )
    current.name, current.purpose = name[:200], purpose
    current.save(update_fields=["name", "purpose", "updated_at"])
    return current


@transaction.atomic
def set_archived(*, questionnaire: Questionnaire, is_archived: bool) -> Questionnaire:
    """Put the questionnaire away or take it out again; what runs with it goes on."""
    current = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    current.is_archived = is_archived
    current.save(update_fields=["is_archived", "updated_at"])
    return current


@transaction.atomic
def delete_questionnaire(*, questionnaire: Questionnaire) -> None:
    """Delete a questionnaire that was never released and that nothing builds on.

    Raises QuestionnaireError "questionnaire.released" or "questionnaire.in_use".
    """
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if locked.versions.exists():
        raise QuestionnaireError("questionnaire.released")
    try:
        locked.delete()
    except ProtectedError as problem:
        raise QuestionnaireError("questionnaire.in_use") from problem
