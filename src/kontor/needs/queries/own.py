"""What a member's representative sees: the own organisation and its needs, nothing else."""

from __future__ import annotations

from django.db.models import QuerySet

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Organisation
from kontor.actors.queries.members import own_organisation_ids
from kontor.needs.models import Need


def own_organisations(cluster: Cluster, user: User) -> QuerySet[Organisation]:
    """Return the organisations that the user speaks for in the cluster."""
    own = own_organisation_ids(user, cluster)
    return Organisation.objects.filter(cluster=cluster, pk__in=own).order_by("name", "pk")


def own_needs(cluster: Cluster, user: User) -> QuerySet[Need]:
    """Return the needs of the organisations that the user speaks for, newest first."""
    mine = own_organisations(cluster, user)
    needs = Need.objects.filter(cluster=cluster, organisation__in=mine.order_by().values("pk"))
    return needs.select_related("organisation", "topic").order_by("-recorded_on", "-pk")
