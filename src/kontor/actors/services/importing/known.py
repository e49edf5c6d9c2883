"""What is known of an organisation, with all that an import may touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from kontor.accounts.models import Cluster
from kontor.actors.models import (
    Membership,
    Organisation,
    OrganisationCompetence,
    Person,
    SizePeriod,
    StartUpPeriod,
)
from kontor.actors.services.importing.ledger import portions


@dataclass
class Known:
    """An organisation, stored or new, with its people and facts."""

    organisation: Organisation
    is_new: bool = False
    people: list[Person] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    sizes: list[SizePeriod] = field(default_factory=list)
    start_ups: list[StartUpPeriod] = field(default_factory=list)
    competences: list[OrganisationCompetence] = field(default_factory=list)


def load_known(cluster: Cluster, keys: Collection[int]) -> dict[int, Known]:
    """Return key → what is known, for the organisations of the cluster among the keys. Six queries."""
    found: dict[int, Known] = {}
    for part in portions(sorted(keys)):
        rows = Organisation.objects.filter(cluster=cluster, pk__in=part)
        found |= {row.pk: Known(row) for row in rows}
    if found:
        for model, name in (
            (Person, "people"),
            (Membership, "memberships"),
            (SizePeriod, "sizes"),
            (StartUpPeriod, "start_ups"),
            (OrganisationCompetence, "competences"),
        ):
            for row in _belonging(model, list(found)):
                getattr(found[row.organisation_id], name).append(row)
    return found


def _belonging(model: type[models.Model], keys: list[int]) -> Iterable[Any]:
    for part in portions(keys):
        yield from model._default_manager.filter(organisation__in=part).order_by("pk")
