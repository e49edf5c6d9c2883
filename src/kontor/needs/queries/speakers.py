"""The organisations that may speak."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.models import Membership, Organisation


def speakers(cluster: Cluster, also: int | None = None) -> QuerySet[Organisation]:
    """Return the organisations that needs can be recorded for: members of any time, and `also`."""
    membership = Membership.objects.filter(cluster=cluster, organisation=OuterRef("pk"))
    found = Organisation.objects.filter(Q(Exists(membership)) | Q(pk=also), cluster=cluster)
    return found.only("cluster", "name").order_by("name", "pk")
