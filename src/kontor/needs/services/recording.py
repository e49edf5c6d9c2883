"""Record, change and delete single needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.models import Organisation, Person
from kontor.needs.models import Need, NeedTopic
from kontor.needs.problems import NeedError
from kontor.needs.services.removal import Remains, remove


@transaction.atomic
def record_need(
    *,
    cluster: Cluster,
    organisation: Organisation,
    topic: NeedTopic,
    statement: str,
    kind: str = "",
    country: str = "",
    urgency: int = Need.Urgency.SOON,
    source: str = Need.Source.CALL,
    recorded_on: date | None = None,
    person: Person | None = None,
    reference: str = "",
) -> Need:
    """Return the new need; without a kind it takes the topic's, without a date today.

    reference: where it was said, as Need states; a place that gave a need already is refused.
    Raises NeedError "need.of_another_cluster" or "need.person_of_another_organisation", and Django's
    ValidationError where a field is refused.
    """
    need = Need(
        cluster=cluster,
        organisation=organisation,
        topic=topic,
        statement=statement.strip(),
        kind=kind or topic.kind,
        country=country,
        urgency=urgency,
        source=source,
        recorded_on=recorded_on or timezone.localdate(),
        person=person,
        reference=reference,
    )
    _check(need)
    need.save()
    return need


@transaction.atomic
def update_need(*, need: Need, expected_version: int, **fields: Any) -> Need:
    """Return the need with `fields` changed, or raise EditConflict and change nothing.

    fields: any of organisation, topic, statement, kind, country, urgency, source, recorded_on, person.
    Raises as `record_need` does.
    """
    current = claim_edit(need, expected_version)
    for name, value in fields.items():
        setattr(current, name, value)
    current.statement = current.statement.strip()
    current.kind = current.kind or current.topic.kind
    _check(current)
    current.save()
    return current


@transaction.atomic
def delete_need(*, need: Need) -> Remains:
    """Delete the need with its links to goals; `restore` brings back what is returned."""
    return remove(need)


def _check(need: Need) -> None:
    """Refuse what belongs to somebody else, then what the fields refuse."""
    if {need.organisation.cluster_id, need.topic.cluster_id} != {need.cluster_id}:
        raise NeedError("need.of_another_cluster")
    if need.person is not None and need.person.organisation_id != need.organisation_id:
        raise NeedError("need.person_of_another_organisation")
    need.full_clean()
