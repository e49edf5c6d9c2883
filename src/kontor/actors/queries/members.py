"""Who is a member on a date, and who speaks for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Membership, Organisation, Person
from kontor.actors.models.period import valid_on


def member_ids(cluster: Cluster, on: date) -> QuerySet[Membership, int]:
    """Return the ids of the cluster's members on `on`, to be used as a subquery."""
    return Membership.objects.filter(valid_on(on), cluster=cluster).values_list("organisation_id", flat=True)


def members(cluster: Cluster, on: date) -> QuerySet[Organisation]:
    """Return the organisations that are members on `on`, each once, by name."""
    return Organisation.objects.filter(cluster=cluster, pk__in=member_ids(cluster, on))


def organisations(cluster: Cluster) -> QuerySet[Organisation]:
    """Return everything the cluster knows, members and others."""
    return Organisation.objects.filter(cluster=cluster)


def own_organisation_ids(user: User, cluster: Cluster) -> frozenset[int]:
    """Return the organisations that `user` represents in `cluster`. One query."""
    own = Person.objects.filter(user=user, cluster=cluster).values_list("organisation_id", flat=True)
    return frozenset(own)
