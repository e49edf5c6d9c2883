"""Begin a questionnaire and keep what is being built."""

from __future__ import annotations

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.stored import to_json


@transaction.atomic
def create_questionnaire(
    *,
    cluster: Cluster,
    definition: Definition,
    purpose: str = Questionnaire.Purpose.SURVEY,
    name: str = "",
    origin: str = "",
) -> Questionnaire:
    """Return a new questionnaire; without a name it takes its title in the first language."""
    title = definition.say(definition.title, next(iter(definition.languages), "de"))
    return Questionnaire.objects.create(
        cluster=cluster,
        name=(name or title)[:200],
        purpose=purpose,
        draft=to_json(definition),
        origin=origin[:200],
    )


@transaction.atomic
def store_draft(
    *, questionnaire: Questionnaire, expected_version: int, definition: Definition
) -> Questionnaire:
    """Keep the definition as the draft, faulty or not, or raise EditConflict and change nothing."""
    current = claim_edit(questionnaire, expected_version)
    current.draft = to_json(definition)
    current.save(update_fields=["draft", "updated_at"])
    return current
