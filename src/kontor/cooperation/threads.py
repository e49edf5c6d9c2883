"""The partners with whom something is done for a goal, for the red thread."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse

from kontor.accounts.models import Cluster
from kontor.cooperation.models import Activity
from kontor.goals.following import Follow


def partners_of_goals(cluster: Cluster, goals: Collection[int]) -> Iterable[Follow]:
    """Yield the partners of the activities that serve these goals. One query."""
    rows = Activity.objects.filter(cluster=cluster, goals__in=goals).exclude(state=Activity.State.CANCELLED)
    named = rows.values_list("goals", "partner", "partner__short_name", "partner__name")
    for goal, partner, short, name in named.order_by("starts_on", "pk"):
        if goal in goals:
            url = reverse("cooperation:partner", args=[cluster.slug, partner])
            yield Follow(goal, short or name, url, "cooperation.view_cooperation")
