"""What counts as one need: a need that repeats another is counted there, under every heading it was said.

An organisation speaks under each topic, country and source under which it said something; merging takes no
voice away. A need counts once under each heading, however often it was said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from kontor.accounts.models import Cluster
from kontor.needs.models import Need

# Goals live one floor above and are reached through the database's own links, never imported. A goal that
# was given up answers nothing.
GIVEN_UP = "dropped"


def lead(prefix: str = "") -> Coalesce:
    """Return the number of the need that a need is counted as; prefix: the way to the need, "need__"."""
    own = prefix.removesuffix("__") if prefix else "pk"
    return Coalesce(F(f"{prefix}merged_into"), F(own))


def leads_of(needs: QuerySet[Need]) -> QuerySet[Any, Any]:
    """Return the numbers that the needs are counted as, to be used as a subquery."""
    return needs.order_by().annotate(counted_as=lead()).values("counted_as")


def counted(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Return each need of `needs` once: those that stand by themselves, and the leads of the others."""
    return Need.objects.filter(merged_into=None, pk__in=leads_of(needs))


def without_goal() -> Any:
    """Return the condition on needs "no goal answers it, nor anything that is counted as the same"."""
    links: Any = Need._meta.get_field("links").related_model
    answered = links.objects.exclude(goal__state=GIVEN_UP).annotate(counted_as=lead("need__"))
    is_answered = In(lead(), answered.values("counted_as"))
    return ExpressionWrapper(~Q(is_answered), output_field=BooleanField())


def needs_of(cluster: Cluster) -> QuerySet[Need]:
    """Return the cluster's needs with organisation, topic and person at hand."""
    return Need.objects.filter(cluster=cluster).select_related("organisation", "topic", "person")


def with_repeats(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Fetch along what is counted as each need, the latest first, as `merged.all()`. One query more."""
    repeats = Need.objects.select_related("topic").order_by("-recorded_on", "-pk")
    return needs.prefetch_related(Prefetch("merged", repeats))


def group_of(need: Need) -> list[Need]:
    """Return everything that is counted as one with the need, its lead first, then the latest. One query."""
    key = need.merged_into_id or need.pk
    found = needs_of(need.cluster).filter(Q(pk=key) | Q(merged_into=key)).order_by("-recorded_on", "-pk")
    return sorted(found, key=lambda each: each.pk != key)


def goals_without_need(cluster: Cluster) -> int:
    """Return how many standing goals answer no need. One query."""
    goals: Any = Need._meta.get_field("goals").related_model
    return int(goals.objects.filter(cluster=cluster, links=None).exclude(state=GIVEN_UP).count())


def goals_of(needs: Iterable[Need]) -> list[Any]:
    """Return the goals linked to any of the needs, those that were given up last. One query."""
    goals: Any = Need._meta.get_field("goals").related_model
    keys = [need.pk for need in needs]
    found = goals.objects.filter(links__need__in=keys).distinct()
    return sorted(found, key=lambda goal: (goal.state == GIVEN_UP, goal.pk))
