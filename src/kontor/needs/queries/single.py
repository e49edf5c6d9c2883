"""Single needs, the goals that answer them, and the organisations that may speak."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.models import Membership, Organisation
from kontor.needs.models import Need

# Goals live one floor above and are reached through the database's own links, never imported. A goal that
# was given up answers nothing.
GIVEN_UP = "dropped"


def needs_of(cluster: Cluster) -> QuerySet[Need]:
    """Return the cluster's needs with organisation, topic and person at hand."""
    return Need.objects.filter(cluster=cluster).select_related("organisation", "topic", "person")


def without_goal() -> Any:
    """Return the condition on needs "no goal answers it"."""
    links: Any = Need._meta.get_field("links").related_model
    return ~Exists(links.objects.filter(need=OuterRef("pk")).exclude(goal__state=GIVEN_UP))


def goals_of(need: Need) -> list[Any]:
    """Return the goals linked to the need, those that were given up last. One query."""
    goals: Any = Need._meta.get_field("goals").related_model
    return sorted(goals.objects.filter(links__need=need), key=lambda goal: (goal.state == GIVEN_UP, goal.pk))


def speakers(cluster: Cluster, also: int | None = None) -> QuerySet[Organisation]:
    """Return the organisations that needs can be recorded for: members of any time, and `also`."""
    membership = Membership.objects.filter(cluster=cluster, organisation=OuterRef("pk"))
    found = Organisation.objects.filter(Q(Exists(membership)) | Q(pk=also), cluster=cluster)
    return found.only("cluster", "name").order_by("name", "pk")
