"""Take back the deletion of a small fact: a tie, a site, a membership, a participation."""

from __future__ import annotations

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction

from kontor.actors.errors import ActorError
from kontor.actors.models import Membership, Participation, Site, Tie

RESTORABLE = (Membership, Participation, Site, Tie)


def snapshot(row: models.Model) -> str:
    """Return everything that `row` holds, as text that `restore` takes."""
    return str(serializers.serialize("json", [row]))


def restore(text: str) -> models.Model:
    """Return the row as it was before its deletion.

    Raises ActorError "undo.impossible" where something it belongs to has gone meanwhile.
    """
    try:
        with transaction.atomic():
            kept = next(iter(serializers.deserialize("json", text)))
            if not isinstance(kept.object, RESTORABLE):
                raise ActorError("undo.impossible")
            kept.object.full_clean()
            kept.save()
            return kept.object
    except (DeserializationError, StopIteration, DatabaseError, ValueError, ValidationError) as error:
        raise ActorError("undo.impossible") from error
