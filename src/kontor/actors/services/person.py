"""People: contacts, with what they have agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from kontor.accounts.models import User
from kontor.accounts.services import claim_edit
from kontor.actors.errors import ActorError
from kontor.actors.models import Organisation, Person
from kontor.actors.services.writing import store


@transaction.atomic
def create_person(*, organisation: Organisation, **fields: Any) -> Person:
    """Return a new contact of the organisation; raises ValidationError where a field is refused."""
    return store(Person(cluster_id=organisation.cluster_id, organisation=organisation), **fields)


@transaction.atomic
def update_person(*, person: Person, expected_version: int, **fields: Any) -> Person:
    """Return the person with `fields` changed; raises EditConflict or ValidationError."""
    return store(claim_edit(person, expected_version), **fields)


@transaction.atomic
def record_consent(*, person: Person, consent_on: date, consent_source: str) -> Person:
    """Record that the person agreed to be stored and written to; an earlier withdrawal is over."""
    if not consent_source.strip():
        raise ActorError("consent.source_missing")
    current = claim_edit(person, Person.objects.get(pk=person.pk).version)
    return store(
        current, consent_on=consent_on, consent_source=consent_source.strip(), consent_withdrawn_on=None
    )


@transaction.atomic
def withdraw_consent(*, person: Person, withdrawn_on: date) -> Person:
    """Record that the person no longer wants to be written to; takes effect at once."""
    current = claim_edit(person, Person.objects.get(pk=person.pk).version)
    return store(current, consent_withdrawn_on=withdrawn_on)


@transaction.atomic
def link_account(*, person: Person, user: User | None) -> Person:
    """Let `user` represent the person's organisation, or nobody."""
    return store(person, user=user)


@transaction.atomic
def delete_person(*, person: Person) -> None:
    """Delete the person; needs that the person told stay with the organisation."""
    person.delete()
