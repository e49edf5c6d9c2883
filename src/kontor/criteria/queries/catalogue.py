"""The catalogue as it is being worked on."""

from __future__ import annotations

from collections.abc import Iterable

from kontor.accounts.models import Cluster
from kontor.criteria.models import Catalogue, Criterion
from kontor.criteria.reference import DEFAULT_PURPOSE, families


def catalogue_of(cluster: Cluster, purpose: str = DEFAULT_PURPOSE) -> Catalogue | None:
    """Return the cluster's catalogue, None before anything has been put into it. One query."""
    return Catalogue.objects.filter(cluster=cluster, purpose=purpose).first()


def working_criteria(catalogue: Catalogue) -> list[Criterion]:
    """Return the criteria in the order of the catalogue: by family, then by place. One query."""
    return in_order(catalogue.criteria.all(), catalogue.purpose)


def in_order(criteria: Iterable[Criterion], purpose: str) -> list[Criterion]:
    """Return the criteria by family as the reference orders them, own ones last, then by place."""
    place = {family.code: number for number, family in enumerate(families(purpose))}
    return sorted(criteria, key=lambda each: (place.get(each.family, len(place)), each.position, each.pk))
