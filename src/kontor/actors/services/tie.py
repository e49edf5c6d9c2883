"""Ties between two organisations, outside of joint projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from kontor.accounts.services import claim_edit
from kontor.actors.errors import ActorError
from kontor.actors.models import Organisation, Tie
from kontor.actors.services.timeline import require_order
from kontor.actors.services.writing import store


@transaction.atomic
def create_tie(*, organisation: Organisation, partner: Organisation, **fields: Any) -> Tie:
    """Return a new tie; raises ActorError "tie.needs_two" or "tie.other_cluster"."""
    _require_two(organisation, partner)
    require_order(fields.get("valid_from"), fields.get("valid_to"))
    row = Tie(cluster_id=organisation.cluster_id, organisation=organisation, partner=partner)
    return store(row, **fields)


@transaction.atomic
def update_tie(*, tie: Tie, expected_version: int, **fields: Any) -> Tie:
    """Return the tie with `fields` changed; raises EditConflict, ActorError or ValidationError."""
    current = claim_edit(tie, expected_version)
    _require_two(current.organisation, fields.get("partner", current.partner))
    require_order(fields.get("valid_from", current.valid_from), fields.get("valid_to", current.valid_to))
    return store(current, **fields)


@transaction.atomic
def end_tie(*, tie: Tie, valid_to: date) -> Tie:
    """Let the tie end with `valid_to`; it stays in the history."""
    return update_tie(tie=tie, expected_version=Tie.objects.get(pk=tie.pk).version, valid_to=valid_to)


@transaction.atomic
def delete_tie(*, tie: Tie) -> None:
    """Delete a tie that never was."""
    tie.delete()


def _require_two(organisation: Organisation, partner: Organisation) -> None:
    if organisation.pk == partner.pk:
        raise ActorError("tie.needs_two", name=organisation.name)
    if organisation.cluster_id != partner.cluster_id:
        raise ActorError("tie.other_cluster")
