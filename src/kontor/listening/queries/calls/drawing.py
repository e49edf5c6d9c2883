"""Whom a campaign would reach, before it is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kontor.accounts.models import Cluster
from kontor.actors.models import Person
from kontor.listening.queries.audience import audience


@dataclass(frozen=True)
class Drawn:
    """How many members a choice means, how many of them were not heard, and how many have no number."""

    members: int
    silent: int
    numberless: int


def drawn(cluster: Cluster, chosen: Mapping[str, Any], on: date) -> Drawn:
    """Return whom the choice means on the day. Three queries."""
    found = audience(cluster, chosen, on)
    people = Person.objects.filter(cluster=cluster, consent_withdrawn_on__isnull=True).exclude(phone="")
    reachable = set(people.values_list("organisation_id", flat=True))
    return Drawn(
        members=len(found),
        silent=sum(not each.was_heard for each in found),
        numberless=sum(each.organisation.pk not in reachable for each in found),
    )
